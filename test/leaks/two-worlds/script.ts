/** A few weeks in a commune. What is open happens in both; what is closed happens for the children who are of group 5, and to no one else. */
import type { Json } from '@chungtay/core/base/any';
import { must } from '@chungtay/core/base/assert';
import {
  type DocumentId,
  type FolderId,
  documentIdOf,
  makeFolderId,
  makeUlid,
  parseUlid,
} from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { testWorld } from '../../fixtures/world.ts';
import { HERE, NAMED, PEOPLE, SCHOOL, THERE, type Who, type WatchedHub } from './commune.ts';
import { meetInTheRooms, readTheLog } from './office.ts';
import { probe } from './probes.ts';

/** Which children are of group 5, and what somebody may do wrong so that it shows. */
export interface Story {
  readonly closed: readonly number[];
  /** How many children there are; 90 when left out. */
  readonly children?: number;
  /** A planted mistake: done right after the closed part of each such child was written. */
  readonly betray?: (commune: WatchedHub, child: FolderId) => Promise<void>;
}

const CHILDREN = 90;
const AT_ONCE = 10;
const NAMES = ['Mỷ', 'Páo', 'Thảo', 'H’Bia', 'Én', 'Dợ', 'Chớ', 'Sáng', 'Y Moan', 'Hải'];

type Fields = Readonly<Record<string, Json>>;

function edit(document: DocumentId, set: Fields, rows: Readonly<Record<string, Fields>> = {}): DocumentEdit {
  const ofRows = Object.entries(rows).flatMap(([name, byCode]) =>
    Object.entries(byCode).map(([code, value]) => ({ name, code, value })),
  );
  return { document, sets: [...Object.entries(set).map(([name, value]) => ({ name, value })), ...ofRows] };
}

/** Plays the whole story; returns the children, in order. */
export async function play(commune: WatchedHub, story: Story): Promise<readonly FolderId[]> {
  const world = testWorld(commune.timeline, 9_000);
  const children = Array.from({ length: story.children ?? CHILDREN }, () => makeFolderId(world));
  for (const who of people()) commune.tablet(who).join();
  await commune.pass();
  await writeRegister(commune, children, story);
  await writeCase(commune, children, makeFolderId(world), makeUlid(world));
  await whileSomeAreAway(commune, children, story);
  await inOneBreath(commune, children, story);
  await loseTheNaming(commune, children, story);
  await askEverything(commune, children);
  await readTheLog(commune);
  await meetInTheRooms(commune, children, story.closed);
  await probe(commune, children);
  await readTheLog(commune);
  await startAnew(commune);
  return children;
}

function people(): readonly Who[] {
  return Object.keys(PEOPLE) as Who[];
}

async function writeRegister(commune: WatchedHub, children: readonly FolderId[], story: Story): Promise<void> {
  for (let from = 0; from < children.length; from += AT_ONCE) {
    const some = children.slice(from, from + AT_ONCE);
    const isHere = from % (2 * AT_ONCE) === 0;
    const village = isHere ? HERE : THERE;
    const of = (kind: string, fields: (nth: number) => Fields) =>
      some.map((child, i) => edit(documentIdOf(child, kind), fields(from + i)));
    await write(
      commune,
      isHere ? 'collaborator' : 'collaboratorThere',
      of('identity', (n) => identity(n, village)),
    );
    await write(
      commune,
      'lead',
      of('education', () => ({ school: SCHOOL, status: 'attending' })),
    );
    await write(
      commune,
      'nurseNamed',
      of('health', (n) => ({ diagnosis: `Khám định kỳ ${n}`, needs: ['glasses'] })),
    );
    // one stroke of the nurse holds the open and the closed: the open half travels alone
    for (const [i, child] of some.entries()) if (i % 3 === 0) await nurseVisits(commune, child, from + i, story);
    await write(commune, 'lead', some.map(allowanceOf));
  }
}

function identity(nth: number, village: string): Fields {
  return { name: `Lò Thị ${NAMES[nth % NAMES.length] ?? ''}`, village, birth: `201${nth % 10}-0${1 + (nth % 9)}-11` };
}

/** What the register of supports shows is the same line for every child that has one, whatever it is for. */
function allowanceOf(child: FolderId): DocumentEdit {
  const row = { policy: 'allowance-5-6', state: 'paid', since: '2026-01' };
  return edit(documentIdOf(child, 'support'), { healthCard: 'valid' }, { entitlements: { first: row } });
}

async function nurseVisits(commune: WatchedHub, child: FolderId, nth: number, story: Story): Promise<void> {
  const open = edit(documentIdOf(child, 'health'), { nextCheckupOn: '2026-12-0' + String(1 + (nth % 9)) });
  const isOfGroup = story.closed.includes(nth);
  await write(commune, 'nurseNamed', isOfGroup ? [membership(child), open] : [open]);
  if (isOfGroup) await story.betray?.(commune, child);
}

function membership(child: FolderId): DocumentEdit {
  return edit(
    documentIdOf(child, 'hiv'),
    { treatmentPlace: 'Phòng khám ngoại trú Điện Biên', caregiverInformed: true },
    {
      membership: { one: { clause: 'a', since: '2025' } },
      tests: { first: { on: '2026-02-01', result: 'positive', resultAt: 1_772_000_000_000 } },
      allowances: { one: { policy: 'allowance', coefficient: 2.5, decision: '114/QĐ-UBND', from: '2026-03-01' } },
    },
  );
}

async function writeCase(
  commune: WatchedHub,
  children: readonly FolderId[],
  folder: FolderId,
  own: ReturnType<typeof makeUlid>,
): Promise<void> {
  const intake = documentIdOf(folder, 'intake', own);
  await write(commune, 'teacher', [edit(intake, { childName: 'Lò Thị Mỷ', currentCondition: 'Cháu nghỉ học' })]);
  const stage = { name: 'stage', value: { n: 1, from: null, to: 'received' } };
  const opened = edit(documentIdOf(folder, 'case'), { child: children[0] ?? null, childName: 'Lò Thị Mỷ' });
  await write(commune, 'lead', [{ ...opened, appends: [stage] }]);
  const task = documentIdOf(folder, 'task', own);
  const assignee = commune.members.get('collaborator') ?? 0;
  await write(commune, 'lead', [edit(task, { title: 'Đến nhà hỏi thăm', assignee, state: 'open' })]);
}

/** Police, teacher and both named nurses are away; the nurses disagree about the same child, in the open and in the closed. */
async function whileSomeAreAway(commune: WatchedHub, children: readonly FolderId[], story: Story): Promise<void> {
  const away: readonly Who[] = ['police', 'teacher', ...NAMED];
  for (const who of away) commune.tablet(who).leave();
  for (const [i, child] of children.entries()) {
    if (i % 9 !== 0) continue;
    for (const who of NAMED) {
      const health = edit(documentIdOf(child, 'health'), { chronicDisease: `Theo ${who}` });
      const closed = edit(documentIdOf(child, 'hiv'), { treatmentPlace: `Nơi ${who} ghi` });
      await write(commune, who, story.closed.includes(i) ? [health, closed] : [health]);
    }
    const village = edit(documentIdOf(child, 'identity'), { address: `Nhà số ${i}` });
    await write(commune, 'lead', [village]);
  }
  for (const who of away) {
    commune.tablet(who).join();
    await commune.pass();
  }
  for (const nth of story.closed) await takeBack(commune, children[nth], nth);
}

const CONSENT = must(parseUlid('01K9ZZZZZZZZZZZZZZZZZZZZZY'), 'an id');

/** Rows struck out, consents given and withdrawn, new records: whatever happens to a file happens to this one too. */
async function takeBack(commune: WatchedHub, child: FolderId | undefined, nth: number): Promise<void> {
  if (!child) return;
  const closed = documentIdOf(child, 'hiv');
  const consent = documentIdOf(child, 'hiv-consent', CONSENT);
  await say(commune, 'nurseNamed', [edit(consent, { by: 'child', agreed: true, purpose: 'Uống thuốc ở trường' })]);
  await say(commune, 'nurseNamed', [edit(closed, {}, { tests: { first: null } })]);
  const note = { name: 'notes', value: { text: `Tái khám lần ${nth}` } };
  await say(commune, 'secondNamed', [{ document: closed, appends: [note] }]);
  await say(commune, 'nurseNamed', [edit(closed, {}, { allowances: { one: null } })]);
}

/** Within milliseconds of something closed, open work: whether a change travels at once or with the next must not tell of the other. */
async function inOneBreath(commune: WatchedHub, children: readonly FolderId[], story: Story): Promise<void> {
  for (const [i, child] of children.entries()) {
    if (i % 9 !== 0) continue;
    if (story.closed.includes(i))
      await say(commune, 'nurseNamed', [edit(documentIdOf(child, 'hiv'), { caregiverInformed: false })]);
    for (const word of ['một', 'hai', 'ba']) {
      await commune.pass(1);
      await say(commune, 'lead', [edit(documentIdOf(child, 'identity'), { nicknames: `Bé ${word}` })]);
    }
    await commune.pass();
  }
}

/** The second nurse is named no more while she writes: what is closed is held, what is open is stored. */
async function loseTheNaming(commune: WatchedHub, children: readonly FolderId[], story: Story): Promise<void> {
  const second = commune.members.get('secondNamed');
  const tablet = commune.tablet('secondNamed');
  tablet.leave();
  await commune.pass();
  for (const nth of story.closed) {
    const child = children[nth];
    if (child) await say(commune, 'secondNamed', [edit(documentIdOf(child, 'hiv'), { treatmentPlace: 'Viết muộn' })]);
  }
  if (second !== undefined) await commune.hub.changeMember(second, { ...PEOPLE.secondNamed, namedFor: [] });
  await commune.pass();
  tablet.join();
  await commune.pass();
}

/** Everybody asks for everything, also for what only a curious program would ask: pasts and receipts of files he may not hold. */
async function askEverything(commune: WatchedHub, children: readonly FolderId[]): Promise<void> {
  const asked = children
    .filter((_child, i) => i % 6 === 0)
    .flatMap((child) => ['identity', 'health', 'support', 'hiv', 'held-hiv'].map((kind) => documentIdOf(child, kind)));
  for (const who of people()) {
    const tablet = commune.tablet(who);
    tablet.askReceipts(asked);
    for (const document of asked) tablet.askPast(document);
    await commune.pass(5_000);
  }
}

/** Everybody begins on a new tablet, from nothing. */
async function startAnew(commune: WatchedHub): Promise<void> {
  for (const who of people()) {
    (await commune.enrolTablet(who, `${who}, anew`)).join();
    await commune.pass(500);
  }
}

async function write(commune: WatchedHub, who: Who, edits: readonly DocumentEdit[]): Promise<void> {
  const answer = await commune.tablet(who).write(edits);
  if (answer !== 'saved') throw new Error(`${who}: ${answer}`);
  await commune.pass();
}

/** As `write`, without a step of time: what only happens in one commune must not move the clock of that one alone. */
async function say(commune: WatchedHub, who: Who, edits: readonly DocumentEdit[]): Promise<void> {
  const answer = await commune.tablet(who).write(edits);
  if (answer !== 'saved') throw new Error(`${who}: ${answer}`);
  await commune.pass(0);
}
