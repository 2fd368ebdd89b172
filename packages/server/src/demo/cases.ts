import type { Clock, Random } from '@chungtay/core/base/world';
import type { CaseStage } from '@chungtay/core/model/case-stage';
import { documentIdOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import type { DocumentId, FolderId, MemberNumber } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import { DAY_MS, HOUR_MS, dayOf } from '@chungtay/core/policy/calendar';
import { CASE_STORIES } from './case-stories.ts';
import type { CaseStory } from './case-stories.ts';
import type { PastWorld } from './clock.ts';
import type { DemoDevice } from './devices.ts';
import type { DemoChild } from './register.ts';

/** The tablets that write cases. `filers` hand in reports. */
export interface CaseCrew {
  readonly lead: DemoDevice;
  readonly chair: DemoDevice;
  readonly police: DemoDevice;
  readonly nurse: DemoDevice;
  readonly filers: readonly DemoDevice[];
}

/** One open case of the demo. */
export interface DemoCase {
  readonly folder: FolderId;
  readonly child: DemoChild;
}

/** Where the open cases stand, the latest first; the first ones are late, the last ones fresh. */
const PATHS: readonly (readonly (readonly [CaseStage, Role])[])[] = [
  [],
  [['assessingInitial', 'lead']],
  [
    ['assessingInitial', 'lead'],
    ['assessingSpecific', 'lead'],
  ],
  [
    ['assessingInitial', 'lead'],
    ['assessingSpecific', 'lead'],
    ['needsMeeting', 'lead'],
    ['planDraft', 'lead'],
    ['planSubmitted', 'lead'],
  ],
  [
    ['assessingInitial', 'lead'],
    ['assessingSpecific', 'lead'],
    ['needsMeeting', 'lead'],
    ['planDraft', 'lead'],
    ['planSubmitted', 'lead'],
    ['approved', 'chair'],
    ['implementing', 'lead'],
  ],
];

/**
 * Writes one case as it would have come about: a report handed in, opened by the lead, worked on by police and health station. The clock
 * of `world` moves along.
 */
export async function writeCase(crew: CaseCrew, world: PastWorld, child: DemoChild, index: number): Promise<DemoCase> {
  const story = CASE_STORIES[index % CASE_STORIES.length] as CaseStory;
  const filer = crew.filers[index % crew.filers.length] as DemoDevice;
  const folder = makeFolderId(world);
  const intake = await handIn(filer, world, folder, story, child);
  await crew.lead.sees(intake);
  world.moveTo(world.nowMs() + HOUR_MS);
  await openCase(crew, world, { folder, intake, child, story });
  world.moveTo(world.nowMs() + 2 * HOUR_MS);
  const opened = documentIdOf(folder, 'case');
  await Promise.all([crew.police, crew.nurse, crew.chair].map((device) => device.sees(opened)));
  await crew.police.write([noteEdit(world, folder, 'verification', story.police)]);
  await crew.nurse.write([noteEdit(world, folder, 'injuryCare', story.health)]);
  await crew.police.settled();
  await crew.nurse.settled();
  await walk(crew, world, folder, PATHS[index % PATHS.length] ?? []);
  return { folder, child };
}

/** Hands in a report and nothing else: the lead has not looked yet, the clock runs. */
export async function handIn(
  filer: DemoDevice,
  world: Random & Clock,
  folder: FolderId,
  story: CaseStory,
  child: DemoChild,
): Promise<DocumentId> {
  const intake = documentIdOf(folder, 'intake', makeUlid(world));
  await filer.write([
    {
      document: intake,
      sets: [
        { name: 'receivedAt', value: world.nowMs() },
        { name: 'channel', value: 'inPerson' },
        { name: 'subjects', value: ['abused'] },
        { name: 'childName', value: child.name },
        { name: 'sex', value: child.sex },
        { name: 'village', value: child.village },
        { name: 'summary', value: story.summary },
        { name: 'currentCondition', value: story.condition },
        { name: 'abuseTypes', value: [...story.abuseTypes] },
        { name: 'dangerSigns', value: [...story.dangerSigns] },
        { name: 'severity', value: story.severity },
        { name: 'isChildSafeNow', value: story.dangerSigns.length === 0 },
      ],
    },
  ]);
  await filer.settled();
  return intake;
}

async function openCase(
  { lead, nurse }: CaseCrew,
  world: PastWorld,
  { folder, intake, child, story }: { folder: FolderId; intake: DocumentId; child: DemoChild; story: CaseStory },
): Promise<void> {
  await lead.write([
    {
      document: documentIdOf(folder, 'case'),
      sets: [
        { name: 'child', value: child.folder },
        { name: 'childName', value: child.name },
        { name: 'intakes', value: [intake] },
        { name: 'lead', value: lead.member },
        { name: 'incidentVillage', value: child.village },
        { name: 'abuseTypes', value: [...story.abuseTypes] },
        { name: 'dangerSigns', value: [...story.dangerSigns] },
        { name: 'riskLevel', value: story.severity },
        { name: 'currentResidence', value: 'Ở nhà với gia đình' },
        { name: 'narrative', value: story.narrative },
        {
          name: 'team',
          code: `m${nurse.member}`,
          value: { member: nurse.member, role: 'nurse', agency: 'healthStation' },
        },
      ],
      appends: [{ name: 'stage', value: { n: 1, from: null, to: 'received' } }],
    },
    {
      document: intake,
      sets: [
        { name: 'screening', value: 'newCase' },
        { name: 'screenedAt', value: world.nowMs() },
        { name: 'case', value: folder },
        { name: 'child', value: child.folder },
      ],
    },
    taskEdit(world, folder, nurse.member),
  ]);
  await lead.settled();
}

async function walk(
  crew: CaseCrew,
  world: PastWorld,
  folder: FolderId,
  path: readonly (readonly [CaseStage, Role])[],
): Promise<void> {
  let from: CaseStage = 'received';
  for (const [i, [to, role]] of path.entries()) {
    const device = role === 'chair' ? crew.chair : crew.lead;
    world.moveTo(world.nowMs() + 3 * HOUR_MS);
    await device.write([
      { document: documentIdOf(folder, 'case'), appends: [{ name: 'stage', value: { n: i + 2, from, to } }] },
    ]);
    await device.settled();
    from = to;
  }
}

function noteEdit(world: Random & Clock, folder: FolderId, contact: string, text: string) {
  return {
    document: documentIdOf(folder, 'contact-note', makeUlid(world)),
    sets: [
      { name: 'on', value: dayOf(world.nowMs()) },
      { name: 'contact', value: contact },
      { name: 'text', value: text },
      { name: 'childSeen', value: true },
    ],
  };
}

function taskEdit(world: Random & Clock, folder: FolderId, assignee: MemberNumber) {
  return {
    document: documentIdOf(folder, 'task', makeUlid(world)),
    sets: [
      { name: 'title', value: 'Khám và theo dõi sức khỏe cho trẻ' },
      { name: 'assignee', value: assignee },
      { name: 'agency', value: 'healthStation' },
      { name: 'due', value: dayOf(world.nowMs() + 5 * DAY_MS) },
      { name: 'state', value: 'open' },
    ],
  };
}
