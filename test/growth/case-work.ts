/** Five hundred reports a year and what becomes of each: screened out, or a case of six to twelve months written by three to five people. */
import type { CaseStage } from '@chungtay/core/model/case-stage';
import { documentIdOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import type { DocumentId, FolderId } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { CASE_STORIES } from '@chungtay/server/demo/case-stories';
import type { DemoChild } from '@chungtay/server/demo/register';
import type { Job, Planning } from './agenda.ts';
import { dateOf } from './child-work.ts';
import type { Commune } from './commune.ts';
import type { Tablet } from './tablet.ts';

/** The people of one case. */
interface Team {
  readonly filer: Tablet;
  readonly lead: Tablet;
  readonly chair: Tablet;
  readonly police: Tablet;
  readonly nurse: Tablet;
  /** Whoever a task is given to beside the nurse. */
  readonly neighbour: Tablet;
}

interface CasePlan {
  readonly folder: FolderId;
  readonly intake: DocumentId;
  readonly file: DocumentId;
  readonly child: DemoChild;
  readonly team: Team;
  readonly fromDay: number;
  readonly lastsDays: number;
  readonly index: number;
}

/** From being received to the plan at work, by days after the report; then reviews until the end. */
const OPENING: readonly (readonly [day: number, to: CaseStage, by: 'lead' | 'chair'])[] = [
  [2, 'assessingInitial', 'lead'],
  [6, 'assessingSpecific', 'lead'],
  [14, 'needsMeeting', 'lead'],
  [18, 'planDraft', 'lead'],
  [21, 'planSubmitted', 'lead'],
  [24, 'approved', 'chair'],
  [26, 'implementing', 'lead'],
];
const SCREENED_OUT_SHARE = 0.12;
const TASKS = 6;

/** Plans all reports of the year; returns the folders in which cases will be. */
export function planCases(commune: Commune, plan: Planning, children: readonly DemoChild[], cases: number): void {
  for (let index = 0; index < cases; index += 1) {
    const fromDay = 3 + Math.floor((index * (plan.days - 10)) / cases);
    const child = plan.words.pick(children);
    planCase(plan, caseOf(commune, plan, child, { index, fromDay, lastsDays: 180 + plan.words.upTo(180) }));
  }
}

function caseOf(
  commune: Commune,
  { words, random }: Planning,
  child: DemoChild,
  part: Pick<CasePlan, 'index' | 'fromDay' | 'lastsDays'>,
): CasePlan {
  const folder = makeFolderId(random);
  const villagers = commune.collaboratorsOf(child.village);
  const team = {
    filer: words.pick([...villagers, ...commune.of('teacher'), ...commune.of('nurse')]),
    lead: words.pick(commune.of('lead')),
    chair: words.pick(commune.of('chair')),
    police: words.pick(commune.of('police')),
    nurse: words.pick(commune.of('nurse')),
    neighbour: words.pick(villagers),
  };
  const intake = documentIdOf(folder, 'intake', makeUlid(random));
  return { ...part, folder, child, team, intake, file: documentIdOf(folder, 'case') };
}

function planCase(plan: Planning, one: CasePlan): void {
  const { agenda, words } = plan;
  const { filer, lead } = one.team;
  agenda.add(one.fromDay, { by: filer, make: (_by, day) => [reportOf(one, words, day)] });
  if (words.chance(SCREENED_OUT_SHARE)) {
    agenda.add(one.fromDay + 1, { by: lead, make: once(one.intake, (day) => [screenedOut(one, words, day)]) });
    return;
  }
  agenda.add(one.fromDay + 1, { by: lead, make: once(one.intake, (day) => openingOf(one, words, day)) });
  planStages(plan, one);
  planNotes(plan, one);
  for (let n = 0; n < TASKS; n += 1) planTask(plan, one, n);
}

function once(document: DocumentId, make: (day: number) => readonly DocumentEdit[]): Job['make'] {
  return (by, day) => (by.holds(document) ? make(day) : null);
}

function reportOf({ intake, child, index }: CasePlan, words: Planning['words'], day: number): DocumentEdit {
  const story = CASE_STORIES[index % CASE_STORIES.length];
  return {
    document: intake,
    sets: [
      { name: 'receivedAt', value: Date.UTC(2026, 2, 2 + day, 3) },
      { name: 'channel', value: 'inPerson' },
      { name: 'subjects', value: ['abused'] },
      { name: 'childName', value: child.name },
      { name: 'sex', value: child.sex },
      { name: 'village', value: child.village },
      { name: 'summary', value: `${story?.summary ?? ''} ${words.say(30)}` },
      { name: 'currentCondition', value: story?.condition ?? '' },
      { name: 'familySituation', value: words.say(25) },
      { name: 'actionsTaken', value: words.say(15) },
      { name: 'severity', value: story?.severity ?? 'medium' },
      { name: 'isChildSafeNow', value: true },
    ],
  };
}

function screenedOut({ intake }: CasePlan, words: Planning['words'], day: number): DocumentEdit {
  return {
    document: intake,
    sets: [
      { name: 'screening', value: 'noRisk' },
      { name: 'screeningReason', value: words.say(15) },
      { name: 'screenedAt', value: Date.UTC(2026, 2, 2 + day, 6) },
    ],
  };
}

function openingOf(one: CasePlan, words: Planning['words'], day: number): readonly DocumentEdit[] {
  const { file, intake, child, team, index, folder } = one;
  const story = CASE_STORIES[index % CASE_STORIES.length];
  const seat = (tablet: Tablet, agency: string) => ({
    name: 'team',
    code: `m${tablet.member}`,
    value: { member: tablet.member, role: tablet.parts.role, agency },
  });
  return [
    {
      document: file,
      sets: [
        { name: 'child', value: child.folder },
        { name: 'childName', value: child.name },
        { name: 'intakes', value: [intake] },
        { name: 'lead', value: team.lead.member },
        { name: 'incidentVillage', value: child.village },
        { name: 'abuseTypes', value: [...(story?.abuseTypes ?? [])] },
        { name: 'riskLevel', value: story?.severity ?? 'medium' },
        { name: 'currentResidence', value: words.say(5) },
        { name: 'narrative', value: `${story?.narrative ?? ''} ${words.say(60)}` },
        seat(team.nurse, 'healthStation'),
        seat(team.police, 'police'),
      ],
      appends: [{ name: 'stage', value: { n: 1, from: null, to: 'received' } }],
    },
    {
      document: intake,
      sets: [
        { name: 'screening', value: 'newCase' },
        { name: 'screenedAt', value: Date.UTC(2026, 2, 2 + day, 6) },
        { name: 'case', value: folder },
        { name: 'child', value: child.folder },
      ],
    },
  ];
}

/** The stages in their order: each waits for the one before to be on the tablet. */
function planStages({ agenda, words }: Planning, one: CasePlan): void {
  const { fromDay, lastsDays, team, file } = one;
  const steps: (readonly [number, CaseStage, 'lead' | 'chair'])[] = [...OPENING];
  for (let day = 56; day < lastsDays - 40; day += 60) {
    // a review that goes back to the plan
    steps.push([day, 'reviewing', 'lead'], [day + 3, 'planDraft', 'lead'], [day + 5, 'planSubmitted', 'lead']);
    steps.push([day + 8, 'approved', 'chair'], [day + 10, 'implementing', 'lead']);
  }
  steps.push([lastsDays - 12, 'reviewing', 'lead'], [lastsDays - 8, 'closeProposed', 'lead']);
  steps.push([lastsDays, 'closed', 'chair']);
  let from: CaseStage = 'received';
  for (const [i, [day, to, by]] of steps.entries()) {
    const before = from;
    from = to;
    const value = { n: i + 2, from: before, to, reason: words.say(12) };
    const sets =
      to === 'reviewing' || to === 'implementing'
        ? [
            { name: 'nextReviewOn', value: dateOf(fromDay + day + 30) },
            { name: 'riskReason', value: words.say(20) },
          ]
        : [];
    agenda.add(fromDay + day, {
      by: team[by],
      make: (tablet) =>
        stepsIn(tablet, file) === i + 1 ? [{ document: file, sets, appends: [{ name: 'stage', value }] }] : null,
    });
  }
}

function stepsIn(tablet: Tablet, file: DocumentId): number {
  const held = tablet.replica.read(file);
  return held?.access === 'whole' ? (held.state.fields.get('stage#')?.length ?? 0) : 0;
}

/** A contact every nine days or so, by turns; what is said beside goes into the case itself. */
function planNotes({ agenda, words, random }: Planning, one: CasePlan): void {
  const { fromDay, lastsDays, team, folder, file } = one;
  const turns = [team.lead, team.police, team.lead, team.nurse] as const;
  for (let day = 3, turn = 0; day < lastsDays - 1; day += 6 + words.upTo(7), turn += 1) {
    const by = turns[turn % turns.length] ?? team.lead;
    const document = documentIdOf(folder, 'contact-note', makeUlid(random));
    const [text, nextStep] = [words.say(60), words.say(8)];
    const note = (today: number): DocumentEdit => ({
      document,
      sets: [
        { name: 'on', value: dateOf(today) },
        { name: 'contact', value: 'homeVisit' },
        { name: 'withWhom', value: ['child', 'mother'] },
        { name: 'text', value: text },
        { name: 'childSeen', value: true },
        { name: 'isChildSafe', value: true },
        { name: 'nextStep', value: nextStep },
      ],
    });
    // the nurse sees of the case what she needs, and knows of her seat by that
    const mayBegin =
      by === team.nurse
        ? (tablet: Tablet) => tablet.replica.read(file) !== null
        : (tablet: Tablet) => tablet.holds(file);
    agenda.add(fromDay + day, { by, make: (tablet, today) => (mayBegin(tablet) ? [note(today)] : null) });
    if (words.chance(0.2)) {
      const more = [{ name: 'nextStep', value: words.say(10) }];
      agenda.add(fromDay + day + 1, {
        by,
        make: (tablet) => (tablet.holds(document) ? [{ document, sets: more }] : null),
      });
    }
    if (by === team.lead && turn % 3 === 0) {
      const said = [{ name: 'notes', value: { text: words.say(25) } }];
      agenda.add(fromDay + day, {
        by,
        make: (tablet) => (tablet.holds(file) ? [{ document: file, appends: said }] : null),
      });
    }
  }
}

/** Given by the lead, taken on, worked at, done. */
function planTask({ agenda, words, random }: Planning, one: CasePlan, n: number): void {
  const { fromDay, team, folder, file } = one;
  const document = documentIdOf(folder, 'task', makeUlid(random));
  const assignee = n % 2 === 0 ? team.nurse : team.neighbour;
  const day = fromDay + 4 + n * 24;
  const [title, instructions, result] = [words.say(6), words.say(20), words.say(25)];
  const sets = [
    { name: 'title', value: title },
    { name: 'instructions', value: instructions },
    { name: 'assignee', value: assignee.member },
    { name: 'due', value: dateOf(day + 10) },
    { name: 'state', value: 'open' },
  ];
  agenda.add(day, { by: team.lead, make: (tablet) => (tablet.holds(file) ? [{ document, sets }] : null) });
  const states = [
    ['accepted', []],
    ['started', []],
    [
      'done',
      [
        { name: 'result', value: result },
        { name: 'doneOn', value: dateOf(day + 9) },
      ],
    ],
  ] as const;
  for (const [i, [state, more]] of states.entries()) {
    const step = [{ name: 'state', value: state }, ...more];
    agenda.add(day + 1 + i * 4, {
      by: assignee,
      make: (tablet) => (tablet.holds(document) ? [{ document, sets: step }] : null),
    });
  }
}
