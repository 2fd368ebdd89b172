/** The files of the play: one of every kind at least, in place and out of it, each field a canary. */
import { type DocumentId, type FolderId, documentIdOf, parseUlid } from '@chungtay/core/model/ids';
import { PLACES, type Who } from './cast.ts';
import { type Placed, expectedOf } from './expected.ts';
import type { Play } from './play.ts';
import type { Tablet } from './tablet.ts';
import { type Given, fill, kindNamed } from './writing.ts';

/** The folders. */
export interface Files {
  readonly childHere: FolderId;
  readonly childThere: FolderId;
  readonly home: FolderId;
  readonly homeThere: FolderId;
  readonly openCase: FolderId;
  readonly otherCase: FolderId;
  readonly sealedCase: FolderId;
  readonly carer: FolderId;
  readonly adult: FolderId;
}

/** Writes everything, as the people who may. */
export async function writeFiles(play: Play): Promise<Files> {
  const childHere = folderOf(play);
  const childThere = folderOf(play);
  const home = folderOf(play);
  const homeThere = folderOf(play);
  await writeChild(play, childHere, 'collaborator', [PLACES.here], [PLACES.school]);
  await writeChild(play, childThere, 'collaboratorThere', [PLACES.there], [PLACES.otherSchool]);
  await writeHome(play, home, 'collaborator', PLACES.here);
  await writeHome(play, homeThere, 'collaboratorThere', PLACES.there);
  const openCase = await writeOpenCase(play);
  const otherCase = await writeOtherCase(play);
  const sealedCase = await writeSealedCase(play);
  const carer = await writeCare(play);
  const adult = await writeAdult(play);
  await make(play, folderOf(play), 'gift', 'union');
  for (const who of play.cast()) await make(play, folderOf(play), 'desk', who);
  return { childHere, childThere, home, homeThere, openCase, otherCase, sealedCase, carer, adult };
}

async function writeChild(
  play: Play,
  folder: FolderId,
  collaborator: Who,
  villages: readonly string[],
  schools: readonly string[],
): Promise<void> {
  const where = { villages, schools };
  const child = { villages, schools: [] };
  await make(play, folder, 'identity', collaborator, child, { village: villages[0] ?? null });
  await make(play, folder, 'education', 'lead', where, { school: schools[0] ?? null });
  play.replace(folder, () => where);
  await make(play, folder, 'health', 'nurse', where, { vaccines: { vaccine: 'BCG' } });
  await make(play, folder, 'support', 'lead', where);
  await make(play, folder, 'proposal', collaborator, where);
  await make(play, folder, 'hiv', 'nurseNamed', where);
  await make(play, folder, 'reads-hiv', 'nurseNamed', where);
  await make(play, folder, 'offence', 'police', where);
  for (const who of ['police', 'chair'] as const) await make(play, folder, 'reads-legal', who, where);
}

async function writeCare(play: Play): Promise<FolderId> {
  const folder = folderOf(play);
  await make(play, folder, 'carer', 'lead', { villages: [PLACES.here] }, { village: PLACES.here });
  return folder;
}

async function writeAdult(play: Play): Promise<FolderId> {
  const folder = folderOf(play);
  const where = { villages: [PLACES.here] };
  await make(play, folder, 'adult', 'collaborator', where, { village: PLACES.here, agrees: true });
  await makeTask(play, folder, 'watch-task', 'lead', 'unionTasked', where);
  return folder;
}

async function writeHome(play: Play, folder: FolderId, collaborator: Who, village: string): Promise<void> {
  const where = { villages: [village] };
  await make(play, folder, 'household', collaborator, where, { village });
  await make(play, folder, 'visit', collaborator, where);
}

async function writeOpenCase(play: Play): Promise<FolderId> {
  const folder = folderOf(play);
  const { member: nurse } = play.watched('nurseSeated');
  const { member: teacher } = play.watched('teacherSeated');
  // the filer hands in first: the case is opened on his report
  await make(play, folder, 'intake', 'collaborator');
  await make(play, folder, 'informant', 'collaborator');
  const seat = { team: [nurse] };
  await make(play, folder, 'case', 'lead', seat, { stage: FIRST_STAGE, team: seatOf(nurse) });
  await play
    .tablet('lead')
    .write([
      { document: documentIdOf(folder, 'case'), sets: [{ name: 'team', code: 'second', value: seatOf(teacher) }] },
    ]);
  await play.tablet('lead').settled();
  play.replace(folder, () => ({ team: [nurse, teacher] }));
  const where = { team: [nurse, teacher] };
  for (const who of ['nurseSeated', 'police', 'lead'] as const) await make(play, folder, 'contact-note', who, where);
  for (const who of ['collaboratorTasked', 'unionTasked', 'teacherSeated'] as const)
    await makeTask(play, folder, 'task', 'lead', who, where);
  await make(play, folder, 'informant', 'lead', where);
  return folder;
}

async function writeOtherCase(play: Play): Promise<FolderId> {
  const folder = folderOf(play);
  await make(play, folder, 'intake', 'police');
  await make(play, folder, 'intake', 'teacher');
  await make(play, folder, 'case', 'lead', {}, { stage: FIRST_STAGE, team: seatOf(play.watched('leadNamed').member) });
  play.replace(folder, () => ({ team: [play.watched('leadNamed').member] }));
  await make(play, folder, 'contact-note', 'lead', { team: [play.watched('leadNamed').member] });
  return folder;
}

async function writeSealedCase(play: Play): Promise<FolderId> {
  const folder = folderOf(play);
  const { member: nurse } = play.watched('nurseSeated');
  const where = { team: [nurse] };
  for (const who of ['collaborator', 'nurse', 'lead'] as const) await make(play, folder, 'sealed-intake', who);
  await make(play, folder, 'informant', 'police');
  await make(play, folder, 'sealed-case', 'leadNamed', where, { stage: FIRST_STAGE, team: seatOf(nurse) });
  play.replace(folder, () => where);
  for (const who of ['nurseSeated', 'police'] as const) await make(play, folder, 'sealed-contact-note', who, where);
  for (const who of ['leadNamed', 'nurseSeated'] as const) await make(play, folder, 'reads-sealed', who, where);
  await makeTask(play, folder, 'sealed-task', 'leadNamed', 'nurseSeated', where);
  return folder;
}

const FIRST_STAGE = { n: 1, from: null, to: 'received' };

/** A seat that does not end. */
function seatOf(member: number): Given {
  return { member, until: null };
}

async function makeTask(
  play: Play,
  folder: FolderId,
  kind: string,
  by: Who,
  to: Who,
  where: Partial<Placed>,
): Promise<void> {
  const { member } = play.watched(to);
  await make(play, folder, kind, by, { ...where, assignee: member }, { assignee: member });
}

/** Makes a document of a kind, filled by all who may. */
export async function make(
  play: Play,
  folder: FolderId,
  kind: string,
  by: Who,
  where: Partial<Placed> = {},
  given: Given = {},
): Promise<DocumentId> {
  const own = kindNamed(kind).singleton ? null : parseUlid(play.canaries.ulid());
  const document = documentIdOf(folder, kind, own);
  const maker = play.tablet(by);
  await hasWhatIsThere(play, maker, folder);
  const placed = play.place(kind, document, play.watched(by).member, where);
  await fill(play, placed, maker, given);
  return document;
}

/** Resolves once the device was given what its person may have of the folder: it writes into no file that it does not know. */
async function hasWhatIsThere(play: Play, tablet: Tablet, folder: FolderId): Promise<void> {
  const person = play.watched(tablet.who);
  for (const placed of play.documents.values()) {
    const { document } = placed;
    if (!document.startsWith(folder) || expectedOf(person, placed) === 'nothing') continue;
    await tablet.until(() => tablet.replica.read(document) !== null, `to see ${document}`);
  }
}

function folderOf(play: Play): FolderId {
  const folder = play.canaries.ulid();
  play.canaries.note(folder as DocumentId, '(folder)', folder);
  return folder as FolderId;
}
