/** The proof that what the Hub serves is what was signed: every entry re-read, every signature checked, every document made anew. Holds AUD-2, AUD-5. */
import { equalBytes } from '../base/bytes.ts';
import type { CryptoPort } from '../base/world.ts';
import { applyUpdate, emptyState, encodeState } from '../doc/state.ts';
import type { DocState } from '../doc/state.ts';
import { parseUpdate } from '../doc/update.ts';
import type { DeviceId, DocumentId, FolderId } from '../model/ids.ts';
import { CHAIN_START, entryHash } from './audit.ts';
import { parseEnvelope, verifyEnvelope } from './envelope.ts';
import { entryBody } from './hub-record.ts';
import type { DeviceRow, DocumentHead, FeedEntry, FeedStore } from './ports.ts';
import { IdsWalk } from './verify-ids.ts';
import { PeopleWalk } from './verify-people.ts';
import type { PeopleDamage } from './verify-people.ts';
import { ScopeWalk } from './verify-scopes.ts';

/** What is wrong in a Hub's store, and where. */
export type Damage =
  /** an entry missing, changed, inserted or out of order */
  | { readonly is: 'chain'; readonly seq: number }
  /** an envelope that its device did not sign, or that says something else than its entry */
  | { readonly is: 'signature'; readonly seq: number }
  /** an update that does not follow its document */
  | { readonly is: 'update'; readonly seq: number }
  /** the chain does not run through a head that was noted outside: cut off, or made anew */
  | { readonly is: 'head'; readonly seq: number }
  /** somebody’s rights, or a device’s keys, that are not those of the log */
  | PeopleDamage
  /** the epoch, or the next client id to be given out: a device would get ids that another one has */
  | { readonly is: 'ids' }
  /** a folder that is or was labelled as of another village, school or team than its documents say */
  | { readonly is: 'scope'; readonly folder: FolderId }
  /** a document served in another state, or as another's or of another time or number, than its entries make, or one too many or missing */
  | { readonly is: 'state'; readonly document: DocumentId };

/** What was found. */
export interface Verification {
  readonly entries: number;
  readonly documents: number;
  readonly damages: readonly Damage[];
}

const ENTRIES_AT_ONCE = 500;
const STATES_AT_ONCE = 200;

/** What a verification reads. */
export type VerifiedStore = Pick<
  FeedStore,
  'load' | 'readEntries' | 'readStates' | 'readMembersOf' | 'readScopesOf' | 'readJudged'
>;

/** Heads of the chain that were noted where the Hub's operator cannot reach: hashes by seq. */
export type NotedHeads = ReadonlyMap<number, Uint8Array>;

/** Re-reads everything in the store; rejects with an Outage when it cannot be read. */
export async function verifyStore(
  store: VerifiedStore,
  crypto: CryptoPort,
  noted: NotedHeads = new Map(),
): Promise<Verification> {
  const image = await store.load();
  const devices = new Map(image.devices.map((row) => [row.device, row]));
  const walk = new Walk(devices, crypto, noted);
  for (let seq = 0; seq < image.headSeq;) {
    const entries = await store.readEntries(seq, image.headSeq, ENTRIES_AT_ONCE);
    await walk.take(entries);
    if (entries.length === 0) break;
    seq = entries.at(-1)?.seq ?? image.headSeq;
  }
  walk.end(image.headSeq, image.headHash);
  walk.damages.push(...(await walk.people.compare(image, store, crypto)));
  if (!walk.ids.agreesWith(image)) walk.damages.push({ is: 'ids' });
  for (const folder of await walk.scopes.compare(image, store)) walk.damages.push({ is: 'scope', folder });
  await compareStates(store, image.documents, walk);
  return { entries: walk.count, documents: image.documents.length, damages: walk.damages };
}

/** One pass over the entries. */
class Walk {
  count = 0;
  readonly damages: Damage[] = [];
  readonly states = new Map<DocumentId, DocState>();
  readonly first = new Map<DocumentId, FeedEntry>();
  readonly last = new Map<DocumentId, FeedEntry>();
  readonly numbers = new Map<DocumentId, Uint8Array>();
  readonly people = new PeopleWalk();
  readonly scopes = new ScopeWalk();
  readonly ids = new IdsWalk();
  readonly #devices: ReadonlyMap<DeviceId, DeviceRow>;
  readonly #crypto: CryptoPort;
  readonly #noted: Map<number, Uint8Array>;
  #seq = 0;
  #hash: Uint8Array = CHAIN_START;

  constructor(devices: ReadonlyMap<DeviceId, DeviceRow>, crypto: CryptoPort, noted: NotedHeads) {
    this.#devices = devices;
    this.#crypto = crypto;
    this.#noted = new Map(noted);
  }

  async take(entries: readonly FeedEntry[]): Promise<void> {
    const signed = await Promise.all(
      entries.map((entry) => isSignedByItsDevice(entry, (device) => this.#devices.get(device) ?? null, this.#crypto)),
    );
    for (const [i, entry] of entries.entries()) {
      this.count += 1;
      const isNext = entry.seq === this.#seq + 1;
      if (!isNext || !equalBytes(entryHash(entry, this.#hash, this.#crypto), entry.hash))
        this.damages.push({ is: 'chain', seq: entry.seq });
      this.#seq = entry.seq;
      this.#hash = entry.hash;
      if (equalBytes(this.#noted.get(entry.seq) ?? entry.hash, entry.hash)) this.#noted.delete(entry.seq);
      if (entry.type === 'number' && entry.document) this.numbers.set(entry.document, entry.body);
      this.people.take(entry);
      this.ids.take(entry);
      if (!signed[i]) this.damages.push({ is: 'signature', seq: entry.seq });
      else if (entry.type === 'envelope') this.#apply(entry);
    }
  }

  end(headSeq: number, headHash: Uint8Array): void {
    for (const seq of this.#noted.keys()) this.damages.push({ is: 'head', seq });
    if (this.#seq !== headSeq || !equalBytes(this.#hash, headHash)) this.damages.push({ is: 'chain', seq: headSeq });
  }

  /** Says whether a head says what the document's entries say. */
  agreesWith(head: DocumentHead): boolean {
    const [first, last] = [this.first.get(head.document), this.last.get(head.document)];
    const number = this.numbers.get(head.document) ?? null;
    const isNumbered =
      head.number === null || number === null
        ? head.number === null && number === null
        : equalBytes(number, entryBody({ number: head.number }));
    const isFirst = first?.atMs === head.firstAtMs && first.member === head.owner && first.device === head.ownerDevice;
    return isNumbered && isFirst && last?.seq === head.lastSeq && last.atMs === head.lastAtMs;
  }

  #apply(entry: FeedEntry): void {
    const { seq, body, document } = entry;
    const parsed = parseEnvelope(body);
    if (parsed.ok) this.people.wroteUnder(parsed.value.envelope);
    const update = parsed.ok ? parseUpdate(parsed.value.envelope.update) : null;
    const state = (document && this.states.get(document)) || emptyState();
    const applied = update?.ok ? applyUpdate(state, update.value) : null;
    if (document && !this.first.has(document)) this.first.set(document, entry);
    if (document) this.last.set(document, entry);
    if (document) this.states.set(document, state);
    if (document) this.scopes.wrote(seq, document, state, this.first.get(document)?.atMs ?? entry.atMs);
    if (!applied?.ok || applied.value !== 'applied') this.damages.push({ is: 'update', seq });
  }
}

/** Says whether an entry that holds an envelope says what its device signed; true of every other entry. */
export async function isSignedByItsDevice(
  entry: FeedEntry,
  rowOf: (device: DeviceId) => DeviceRow | null,
  crypto: CryptoPort,
): Promise<boolean> {
  if (entry.type !== 'envelope' && entry.type !== 'judged') return true;
  const parsed = parseEnvelope(entry.body);
  const row = entry.device && rowOf(entry.device);
  if (!parsed.ok || !row) return false;
  const { envelope } = parsed.value;
  const isSame =
    envelope.device === entry.device &&
    envelope.n === entry.n &&
    envelope.document === entry.document &&
    envelope.member === entry.member;
  return isSame && verifyEnvelope(parsed.value, row.signKey, crypto);
}

async function compareStates(store: VerifiedStore, heads: readonly DocumentHead[], walk: Walk): Promise<void> {
  const served = heads.map(({ document }) => document);
  for (let i = 0; i < served.length; i += STATES_AT_ONCE) {
    const some = heads.slice(i, i + STATES_AT_ONCE);
    const states = await store.readStates(some.map(({ document }) => document));
    for (const head of some) {
      const { document } = head;
      const bytes = states.get(document);
      const rebuilt = walk.states.get(document);
      const isServedRight = bytes && rebuilt && equalBytes(bytes, encodeState(rebuilt));
      if (!isServedRight || !walk.agreesWith(head)) walk.damages.push({ is: 'state', document });
    }
  }
  const known = new Set(served);
  for (const document of walk.states.keys()) {
    if (!known.has(document)) walk.damages.push({ is: 'state', document });
  }
}
