/** What is asked for, approved and ended in the play: who is given a compartment for a while gets every byte of it, and nobody else one more. */
import { type DocumentId, documentIdOf, parseUlid } from '@chungtay/core/model/ids';
import { addDays, dayOf } from '@chungtay/core/policy/calendar';
import { PLACES, type Who } from './cast.ts';
import { PAPERWORK } from './expected.ts';
import { type Files, make } from './files.ts';
import type { Play } from './play.ts';

/** One grant of the play. */
interface Opened {
  readonly file: keyof Files;
  readonly compartment: string;
  readonly maker: Who;
  readonly asker: Who;
  readonly approvers: readonly Who[];
  /** It is ended in the last act. */
  readonly isEnded?: boolean;
}

const OPENED: readonly Opened[] = [
  { file: 'childHere', compartment: 'education', maker: 'police', asker: 'police', approvers: ['lead'] },
  { file: 'childHere', compartment: 'health', maker: 'police', asker: 'police', approvers: ['nurse'], isEnded: true },
  { file: 'childThere', compartment: 'identity', maker: 'lead', asker: 'union', approvers: ['lead'] },
  {
    file: 'openCase',
    compartment: 'protection',
    maker: 'lead',
    asker: 'province',
    approvers: ['chair'],
    isEnded: true,
  },
  {
    file: 'sealedCase',
    compartment: 'sealed',
    maker: 'leadNamed',
    asker: 'province',
    approvers: ['leadNamed', 'police'],
  },
];

const documents = new WeakMap<Play, Map<Opened, DocumentId>>();

/** Makes one request of every kind, filled to the last field: refused and ended as they are, they open nothing. */
export async function writeRequests(play: Play, { childHere, openCase, sealedCase }: Files): Promise<void> {
  const here = { villages: [PLACES.here], schools: [PLACES.school] };
  const calm = { isEmergency: false };
  await make(play, childHere, 'consent', 'collaborator', here);
  await make(play, childHere, 'hiv-consent', 'nurseNamed', here);
  await make(play, childHere, 'access-identity', 'union', here, calm);
  await make(play, childHere, 'access-education', 'police', here, calm);
  await make(play, childHere, 'access-health', 'police', here, calm);
  await make(play, childHere, 'access-hiv', 'lead', here);
  await make(play, childHere, 'access-support', 'province', here);
  await make(play, childHere, 'access-care', 'province', here);
  const { team } = placedIn(play, openCase);
  await make(play, openCase, 'access-protection', 'province', { team }, calm);
  await make(play, sealedCase, 'access-sealed', 'province', { team: placedIn(play, sealedCase).team });
}

/** Opens five compartments, each to one person. */
export async function openByGrants(play: Play, files: Files): Promise<void> {
  const made = new Map<Opened, DocumentId>();
  documents.set(play, made);
  for (const opened of OPENED) made.set(opened, await open(play, files, opened));
}

/** Ends some of them. */
export async function endGrants(play: Play, files: Files): Promise<void> {
  for (const [opened, document] of documents.get(play) ?? []) {
    if (!opened.isEnded) continue;
    const ender = play.tablet(opened.approvers[0] ?? 'lead');
    await ender.write([{ document, appends: [{ name: 'ended', value: { reason: play.canaries.word() } }] }]);
    await ender.settled();
    grantTo(play, files, opened, document, false);
  }
}

async function open(play: Play, files: Files, opened: Opened): Promise<DocumentId> {
  const { file, compartment, maker, asker, approvers } = opened;
  const own = parseUlid(play.canaries.ulid());
  const document = documentIdOf(files[file], `access-${compartment}`, own);
  const today = dayOf(play.world.nowMs());
  const terms = {
    reason: play.canaries.word(),
    member: play.watched(asker).member as number,
    basis: 'written-request',
    from: addDays(today, -1),
    until: addDays(today, 30),
  };
  const sets = Object.entries(terms).map(([name, value]) => ({ name, value }));
  const { villages, schools, team } = placedIn(play, files[file]);
  play.place(`access-${compartment}`, document, play.watched(maker).member, { villages, schools, team });
  await play.tablet(maker).write([{ document, sets }]);
  await play.tablet(maker).settled();
  play.noteWritten(play.tablet(maker), document, Object.keys(terms));
  for (const who of approvers) {
    const tablet = play.tablet(who);
    await tablet.until(() => tablet.replica.read(document) !== null, `to see ${document}`);
    await tablet.write([{ document, appends: [{ name: 'approvals', value: terms }] }]);
    await tablet.settled();
  }
  grantTo(play, files, opened, document, true);
  return document;
}

function grantTo(
  play: Play,
  files: Files,
  { file, compartment, asker }: Opened,
  request: DocumentId,
  isOn: boolean,
): void {
  const granted = isOn ? [play.watched(asker).member] : [];
  play.replace(files[file], (placed) => {
    const isOpened = placed.compartment === compartment && !PAPERWORK.test(placed.kind);
    return isOpened || placed.document === request ? { granted } : {};
  });
}

function placedIn(play: Play, folder: string) {
  const [{ villages, schools, team } = { villages: [], schools: [], team: [] }] = [...play.documents.values()].filter(
    ({ document, kind }) => document.startsWith(folder) && /^(?:education|case|sealed-case)$/u.test(kind),
  );
  return { villages, schools, team };
}
