/** What must hold of the Hub's Feed and of what it serves, whatever happened. */
import { equalBytes, hexOf } from '@chungtay/core/base/bytes';
import { applyUpdate, type DocState, emptyState, encodeState } from '@chungtay/core/doc/state';
import { openYjs, viewState, viewYjs } from '@chungtay/core/doc/yjs.support';
import type { DocumentId } from '@chungtay/core/model/ids';
import { CHAIN_START, entryHash } from '@chungtay/core/sync/audit';
import { nodeCrypto } from '../fixtures/world.ts';
import type { Check } from './check.ts';
import { holds } from './memory.ts';
import type { Scene, Told } from './scene.ts';

/** In the order in which they are worth reading. */
export const FEED_CHECKS: readonly Check[] = [
  { id: 'P2', find: keepsWhatItSaid },
  { id: 'P4', find: onceEach },
  { id: 'P5', find: sameInOtherOrder },
  { id: 'P7', find: backAfterRestore },
  { id: 'P13', find: nothingOfDismissed },
  { id: 'P16', find: ownWordsOnly },
  { id: 'P17', find: opensInYjs },
  { id: 'P18', find: signedByItsDevice },
  { id: 'P20', find: servedAsRebuilt },
  { id: 'SY-5', find: chainVerifies },
];

/** What a device was told to be stored is there, as it was signed, unless the Hub was put back since. */
async function keepsWhatItSaid({ commune }: Scene): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const owed of commune.memory.acknowledged.values())
    if (!(await holds(commune.store, owed)))
      lost.push(`the Hub lost ${owed.n} of ${owed.device}, which it had acknowledged`);
  return lost;
}

/** Each envelope is in the Feed once, whatever was resent. */
function onceEach({ told }: Scene): readonly string[] {
  const known = new Set<string>();
  return told.flatMap(({ entry: { device, n } }) => {
    const id = `${device} ${n}`;
    const isTwice = known.has(id);
    known.add(id);
    return isTwice ? [`${id} is there twice`] : [];
  });
}

/** The same envelopes in any order that their clocks allow make the same documents. */
function sameInOtherOrder({ told, rebuilt }: Scene): readonly string[] {
  return [...Map.groupBy(told, ({ document }) => document)].flatMap(([document, own]) => {
    const other = inReverse(own);
    const state = rebuilt.get(document);
    return state && hexOf(encodeState(state)) === hexOf(encodeState(other)) ? [] : [`${document} depends on the order`];
  });
}

/** Takes the newest that fits, again and again. */
function inReverse(told: readonly Told[]): DocState {
  const state = emptyState();
  let left = told.toReversed();
  for (let before = -1; left.length !== before;) {
    before = left.length;
    left = left.filter(({ update }) => !applyUpdate(state, update).ok);
  }
  return state;
}

/** What a Hub put back from an older backup had forgotten, and a tablet in use holds, is there again, or was judged anew for its writer to see. */
async function backAfterRestore({ commune }: Scene): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const owed of commune.memory.toComeBack.values()) {
    const tablets = commune.tabletsOf(owed.device).filter(({ isGone }) => !isGone);
    // a copy at work under the same key stops the other: a person decides
    if (tablets.length === 0 || tablets.some(({ isCloned }) => isCloned)) continue;
    const isAnswered = tablets.some(({ replica }) =>
      replica.quarantine().some(({ id }) => id.startsWith(idOf(owed.n))),
    );
    if (!isAnswered && !(await holds(commune.store, owed)))
      missing.push(`${owed.n} of ${tablets[0]?.name} is not back, and it is on the tablet`);
  }
  return missing;
}

function idOf(n: number): string {
  return String(n).padStart(12, '0');
}

/** After the Hub has dismissed a device, nothing that it signed becomes part of a document. */
function nothingOfDismissed({ entries, told }: Scene): readonly string[] {
  const dismissedAt = new Map<string, number>();
  for (const { type, device, seq, body } of entries)
    if (type === 'device' && device && new TextDecoder().decode(body).includes('"revoked":true'))
      dismissedAt.set(device, seq);
  return told.flatMap(({ entry: { device, seq, n } }) =>
    seq > (dismissedAt.get(device ?? '') ?? Infinity) ? [`${n} of ${device} was merged after its dismissal`] : [],
  );
}

/** Every item bears its author's name, no client id has two writers, and an update takes away only values of the fields that it sets. */
function ownWordsOnly({ commune, told }: Scene): readonly string[] {
  const found: string[] = [];
  const writers = new Map<number, string>();
  const states = new Map<DocumentId, DocState>();
  for (const { entry, document, signed, update } of told) {
    const { client } = signed.envelope;
    if (!update.items.every(({ member }) => member === entry.member))
      found.push(`entry ${entry.seq} speaks in somebody else's name`);
    if ((writers.get(client) ?? entry.device) !== entry.device) found.push(`client ${client} has two writers`);
    writers.set(client, entry.device ?? '');
    const state = states.get(document) ?? emptyState();
    states.set(document, state);
    found.push(...takenAway(entry.seq, update, state));
    applyUpdate(state, update);
    if (entry.device === commune.hostile?.device && !HOSTILE_KINDS.some((kind) => document.includes(`/${kind}`)))
      found.push(`entry ${entry.seq} is of a hostile member, who may not write ${document}`);
  }
  return found;
}

/** What a collaborator may make or complete. */
const HOSTILE_KINDS = ['identity', 'household', 'visit', 'intake', 'sealed-intake', 'informant', 'task', 'desk'];

function takenAway(seq: number, { items, deletes }: Told['update'], state: DocState): readonly string[] {
  const set = new Set(items.filter(({ field }) => field.type !== 'log').map(({ field }) => field.path));
  return [...state.live.values()].flatMap(({ client, clock, field, op }) => {
    const isDeleted = deletes.some(
      (range) => range.client === client && clock >= range.clock && clock < range.clock + range.length,
    );
    return isDeleted && !set.has(field.path) ? [`entry ${seq} takes ${op} of ${field.path} away`] : [];
  });
}

/** No document is such that Yjs could not open it, or would wait for something. */
function opensInYjs({ states }: Scene): readonly string[] {
  return [...states].flatMap(([document, state]) => {
    const shown = viewYjs(openYjs(encodeState(state)));
    return JSON.stringify(shown) === JSON.stringify(viewState(state))
      ? []
      : [`${document} does not open in Yjs as it is`];
  });
}

function signedByItsDevice({ commune, told, unreadable }: Scene): readonly string[] {
  commune.counters.add('signatures', told.length);
  const forged = told.filter(({ isSigned, entry: { device, n, member, document }, signed: { envelope } }) => {
    const isSame =
      envelope.device === device && envelope.n === n && envelope.member === member && envelope.document === document;
    return !isSigned || !isSame;
  });
  return [
    ...forged.map(({ entry }) => `entry ${entry.seq} is not signed by its device`),
    ...unreadable.map((seq) => `entry ${seq} is no envelope`),
  ];
}

/** The states are what the entries make, hash by hash, each received when its first entry was. */
function servedAsRebuilt({ heads, states, rebuilt, told, unfit }: Scene): readonly string[] {
  const found = unfit.map((seq) => `entry ${seq} does not follow`);
  const firstAtMs = new Map<DocumentId, number>();
  for (const { document, entry } of told) if (!firstAtMs.has(document)) firstAtMs.set(document, entry.atMs);
  for (const [document, head] of heads) {
    const state = states.get(document);
    const again = rebuilt.get(document);
    const hash = (of: DocState): string => hexOf(nodeCrypto.sha256(encodeState(of)));
    if (!state || !again || hash(state) !== hash(again)) found.push(`${document} is not what its entries make`);
    if (head.firstAtMs !== firstAtMs.get(document)) found.push(`${document} was received at another time`);
  }
  return found;
}

function chainVerifies({ entries }: Scene): readonly string[] {
  const found: string[] = [];
  let hash = CHAIN_START;
  for (const [i, entry] of entries.entries()) {
    const { hash: claimed, ...body } = entry;
    hash = entryHash(body, hash, nodeCrypto);
    if (entry.seq !== i + 1 || !equalBytes(hash, claimed)) found.push(`entry ${entry.seq} breaks the chain`);
  }
  return found;
}
