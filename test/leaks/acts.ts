/** The play in three acts, each ending with every device looked at. */
import type { DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import { documentIdOf, parseDocumentId } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { PLACES, type Who } from './cast.ts';
import { expectedOf } from './expected.ts';
import { type Files, writeFiles } from './files.ts';
import { endGrants, openByGrants, writeRequests } from './grants.ts';
import { lookAtPasts } from './pasts.ts';
import type { DeviceUse, Play } from './play.ts';
import { type Scan, look } from './scan.ts';
import type { Tablet } from './tablet.ts';
import { editOf, fill, kindNamed } from './writing.ts';

/** Who loses his rights with work under way, and what he was writing. */
const HELD_WORK: readonly {
  readonly who: Who;
  readonly file: keyof Files;
  readonly kind: string;
  readonly field: string;
}[] = [
  { who: 'outCollaborator', file: 'childHere', kind: 'identity', field: 'address' },
  { who: 'outTeacher', file: 'childHere', kind: 'education', field: 'absencesNote' },
  { who: 'outNurse', file: 'childHere', kind: 'health', field: 'diagnosis' },
  { who: 'outLead', file: 'childHere', kind: 'support', field: 'notes' },
  { who: 'outLead', file: 'openCase', kind: 'case', field: 'narrative' },
  { who: 'outNurseNamed', file: 'childHere', kind: 'hiv', field: 'treatmentPlace' },
  { who: 'outPolice', file: 'childHere', kind: 'offence', field: 'narrative' },
  { who: 'outLead', file: 'carer', kind: 'carer', field: 'villageOpinion' },
  { who: 'outLead', file: 'adult', kind: 'adult', field: 'need' },
  { who: 'outPolice', file: 'sealedCase', kind: 'sealed-case', field: 'narrative' },
];

/** Enrols the devices that are on from the first, and those that will be away; the latter meet the Hub once. */
export async function enrolAll(play: Play, uses: readonly DeviceUse[]): Promise<void> {
  for (const who of play.cast()) {
    for (const use of uses) {
      const tablet = await play.enrol(who, use);
      await tablet.meet();
      if (use === 'absent') tablet.leave();
    }
  }
}

/** Act one: everything is written while the devices of everybody are on. */
export async function writeAct(play: Play, scan: Scan): Promise<Files> {
  play.placeMembers(play.tablet('administrator'));
  await lookAll(play, 'absent', 'first meeting', scan);
  const files = await writeFiles(play);
  await writeRequests(play, files);
  await openByGrants(play, files);
  noteNumbers(play);
  await play.everywhere(play.live());
  await lookAtPasts(play, play.live(), 'live fan-out', scan);
  await lookAll(play, 'live', 'live fan-out', scan);
  return files;
}

/** Act two: six people lose their rights with work under way. Then those who were away come back, and new devices start from nothing. */
export async function absenceAct(play: Play, files: Files, scan: Scan): Promise<void> {
  const outs = [...new Set(HELD_WORK.map(({ who }) => who))];
  // who has no rights any more gets no new device: those that begin from nothing later are enrolled while everybody may
  for (const who of play.cast()) for (const use of ['new', 'newer'] as const) await play.enrol(who, use);
  for (const work of HELD_WORK) await writeOffline(play, files, work);
  await play.hub.office(async (hub) => {
    for (const who of outs) await hub.suspendMember(play.watched(who).member);
  });
  for (const who of outs) play.putOut(who);
  await Promise.all(play.live().map((tablet) => tablet.meet()));
  await placeHeld(play, files);
  await askForEverything(play);
  await play.everywhere(entitled(play, 'live'));
  // whoever has no rights any more is told nothing: what he might have been sent comes with the next meeting
  for (const who of outs) await play.tablet(who).meet();
  await lookAtPasts(play, play.live(), 'after five people were suspended', scan);
  await lookAll(play, 'live', 'after five people were suspended', scan);
  await meetAll(play, 'absent');
  await lookAll(play, 'absent', 'catch-up after absence', scan);
  await meetAll(play, 'new');
  await lookAll(play, 'new', 'cold bootstrap', scan, true);
}

/** Act three: a child moves, a team changes, a task goes to somebody else, a device is revoked, a person is suspended; then everything is written on. */
export async function changeAct(play: Play, files: Files, scan: Scan): Promise<void> {
  for (const who of play.cast()) for (const use of ['absent', 'new'] as const) play.tablet(who, use).leave();
  const revoked = play.tablet('policeRevoked');
  await play.hub.revoke(revoked.identity.device);
  await revoked.isTurnedAway();
  await play.hub.office((hub) => hub.suspendMember(play.watched('councilLater').member));
  play.putOut('councilLater');
  const live = play.live().filter((tablet) => tablet !== revoked);
  await Promise.all(live.map((tablet) => tablet.meet()));
  await endGrants(play, files);
  await moveChild(play, files);
  await changeTeam(play, files);
  await writeOn(play, live);
  await play.everywhere(entitled(play, 'live').filter((tablet) => tablet !== revoked));
  await play.tablet('councilLater').meet();
  await revoked.isTurnedAway();
  await look(play, revoked, { phase: 'a revoked device', isGone: true }, scan);
  await lookAtPasts(play, live, 'live, after the changes', scan);
  for (const tablet of live) await look(play, tablet, { phase: 'live, after the changes' }, scan);
  await meetAll(play, 'absent');
  await lookAll(play, 'absent', 'catch-up over the changes', scan);
  await meetAll(play, 'newer');
  await lookAll(play, 'newer', 'cold bootstrap after the changes', scan, true);
}

async function lookAll(play: Play, use: DeviceUse, phase: string, scan: Scan, isFresh = false): Promise<void> {
  for (const who of play.cast()) await look(play, play.tablet(who, use), { phase, isFresh }, scan);
}

async function meetAll(play: Play, use: DeviceUse): Promise<void> {
  await Promise.all(play.cast().map((who) => play.tablet(who, use).meet()));
}

function entitled(play: Play, use: DeviceUse): readonly Tablet[] {
  return play
    .cast()
    .filter((who) => !play.watched(who).isOut)
    .map((who) => play.tablet(who, use));
}

async function writeOffline(play: Play, files: Files, work: (typeof HELD_WORK)[number]): Promise<void> {
  const tablet = play.tablet(work.who);
  tablet.leave();
  const document = documentIdOf(files[work.file], work.kind);
  const before = play.canaries.all.length;
  await tablet.write([editOf(document, kindNamed(work.kind), [work.field], {}, play.canaries)]);
  play.noteHeldWork(tablet, play.canaries.all.slice(before));
}

/** Finds the documents in which the Hub keeps held work, says where they stand, and has their deciders answer. */
async function placeHeld(play: Play, files: Files): Promise<void> {
  for (const { who, file, kind } of HELD_WORK) {
    const of = play.documents.get(documentIdOf(files[file], kind));
    const id = of?.compartment === 'protection' ? 'held' : `held-${of?.compartment ?? ''}`;
    const found = await heldIn(play, files[file], id);
    const placed = play.place(
      id,
      found,
      0 as MemberNumber,
      of && { villages: of.villages, schools: of.schools, team: of.team },
    );
    for (const canary of play.canaries.all) {
      if (!play.isHeldWorkOf(play.tablet(who), canary) || canary.document !== of?.document) continue;
      canary.document = found;
      canary.place = 'edits';
    }
    const readers = play.live().filter((tablet) => expectedOf(play.watched(tablet.who), placed) === 'whole');
    for (const reader of readers) await reader.until(() => reader.replica.read(found) !== null, `to see ${found}`);
    const decider = readers.find(({ replica }) => replica.writableFields(found).includes('outcomeReason'));
    if (!decider) throw new Error(`nobody decides ${id}`);
    play.noteWritten(decider, found, HUB_WRITES);
    await fill(play, placed, decider);
  }
}

const HUB_WRITES = ['document', 'member', 'atMs', 'receivedAt', 'code', 'edits'];

async function heldIn(play: Play, folder: string, kind: string): Promise<DocumentId> {
  const reader = play.live().find(
    ({ who }) =>
      expectedOf(play.watched(who), {
        ...NOWHERE,
        kind,
        compartment: kindNamed(kind).compartment,
        ...sameFolder(play, folder),
      }) === 'whole',
  );
  if (!reader) throw new Error(`nobody may read ${kind}`);
  const find = (): DocumentId | undefined =>
    [...reader.replica.documents()].find((document) => {
      const path = parseDocumentId(document);
      return path?.folder === folder && path.kind === kind;
    });
  await reader.until(() => find() !== undefined, `to see ${kind}`);
  return find() as DocumentId;
}

const NOWHERE = {
  document: '' as DocumentId,
  owner: 0 as MemberNumber,
  assignee: null,
  villages: [],
  schools: [],
  team: [],
};

function sameFolder(play: Play, folder: string) {
  const placed = [...play.documents.values()].find(({ document }) => document.startsWith(folder));
  return { villages: placed?.villages ?? [], schools: placed?.schools ?? [], team: placed?.team ?? [] };
}

/** Official numbers, as those have them who may. */
function noteNumbers(play: Play): void {
  for (const document of play.documents.keys()) {
    const held = play.live().map(({ replica }) => replica.read(document));
    const number = held.find((one) => one?.access === 'whole' && one.number !== null)?.number;
    if (number) play.canaries.note(document, '(number)', number);
  }
}

/** Everybody asks who holds each document there is, as only a curious program would. */
async function askForEverything(play: Play): Promise<void> {
  for (const tablet of play.live()) tablet.askReceipts([...play.documents.keys()]);
  const lead = play.tablet('leadNamed');
  const isAnswered = (): boolean =>
    [...play.documents.keys()].some((document) => (lead.replica.read(document)?.receipts.length ?? 0) > 0);
  await lead.until(isAnswered, 'receipts');
}

async function moveChild(play: Play, files: Files): Promise<void> {
  const { childHere } = files;
  await change(play, 'lead', {
    document: documentIdOf(childHere, 'identity'),
    sets: [{ name: 'village', value: PLACES.there }],
  });
  await change(play, 'lead', {
    document: documentIdOf(childHere, 'education'),
    sets: [{ name: 'school', value: PLACES.otherSchool }],
  });
  play.replace(childHere, () => ({ villages: [PLACES.there], schools: [PLACES.otherSchool] }));
}

async function changeTeam(play: Play, { openCase, sealedCase }: Files): Promise<void> {
  for (const [folder, kind, by] of [
    [openCase, 'case', 'lead'],
    [sealedCase, 'sealed-case', 'leadNamed'],
  ] as const) {
    const document = documentIdOf(folder, kind);
    const held = play.tablet(by).replica.read(document);
    const paths = held?.access === 'whole' ? [...held.state.fields.keys()] : [];
    const codes = paths.filter((path) => path.startsWith('team:')).map((path) => path.slice('team:'.length));
    await change(play, by, { document, sets: codes.map((code) => ({ name: 'team', code, value: null })) });
    play.canaries.supersede(document, 'team');
    play.replace(folder, () => ({ team: [] }));
  }
  const task = [...play.documents.values()].find(
    ({ kind, assignee }) => kind === 'task' && assignee === play.watched('unionTasked').member,
  );
  const { member } = play.watched('union');
  if (!task) throw new Error('no task of the union');
  await change(play, 'lead', { document: task.document, sets: [{ name: 'assignee', value: member }] });
  play.documents.set(task.document, { ...task, assignee: member });
}

async function change(play: Play, who: Who, edit: DocumentEdit): Promise<void> {
  const tablet = play.tablet(who);
  await tablet.write([edit]);
  await tablet.settled();
}

const SCOPE_FIELDS = ['village', 'school', 'team', 'assignee', 'stage'];

/** Every document gets new words, from the first who may write them: nobody who lost it may see one. */
async function writeOn(play: Play, tablets: readonly Tablet[]): Promise<void> {
  for (const placed of play.documents.values()) {
    const { document, kind } = placed;
    // new words in a request that is open would close it
    if (kind === 'member' || (kind.startsWith('access-') && placed.granted?.length)) continue;
    const readers = tablets.filter(({ who }) => expectedOf(play.watched(who), placed) === 'whole');
    for (const reader of readers)
      await reader.until(() => reader.replica.read(document)?.access === 'whole', `to see ${document}`);
    const writer = readers.find(({ replica }) => fieldsOf(replica.writableFields(document)).length > 0);
    if (!writer) continue;
    const fields = fieldsOf(writer.replica.writableFields(document));
    const { fields: definitions } = kindNamed(kind);
    for (const field of fields) if (definitions[field]?.type === 'register') play.canaries.supersede(document, field);
    await writer.write([editOf(document, kindNamed(kind), fields, {}, play.canaries)]);
    await writer.settled();
    play.noteWritten(writer, document, fields);
  }
}

function fieldsOf(writable: readonly string[]): readonly string[] {
  return writable.filter((field) => !SCOPE_FIELDS.includes(field));
}
