import { equalBytes } from '@chungtay/core/base/bytes';
import type { CryptoPort } from '@chungtay/core/base/world';
import { applyUpdate, emptyState, encodeState } from '@chungtay/core/doc/state';
import type { DocState } from '@chungtay/core/doc/state';
import { parseUpdate } from '@chungtay/core/doc/update';
import type { DeviceId, DocumentId } from '@chungtay/core/model/ids';
import { CHAIN_START, entryHash } from '@chungtay/core/sync/audit';
import { envelopeHash, parseEnvelope, verifyEnvelope } from '@chungtay/core/sync/envelope';
import type { SignedEnvelope } from '@chungtay/core/sync/envelope';
import type { DeviceRow, FeedEntry, FeedImage, FeedStore } from '@chungtay/core/sync/ports';

/** Something in the Feed that is not as it must be. */
export type VerifyProblem =
  /** The entry was changed, removed, inserted or reordered: its hash does not follow from the one before. */
  | { readonly code: 'chain'; readonly seq: number }
  /** The entry cannot be read back from the disk. */
  | { readonly code: 'damaged'; readonly seq: number }
  /** The envelope is not what its device signed. */
  | { readonly code: 'signature'; readonly seq: number }
  /** The envelope is signed, but stands under another device, number or document. */
  | { readonly code: 'misplaced'; readonly seq: number }
  /** The envelope does not follow the device's one before it. */
  | { readonly code: 'device-chain'; readonly seq: number }
  /** The document that is served is not what its envelopes make. */
  | { readonly code: 'state'; readonly document: DocumentId };

/** What a verification went through, and what it found. */
export interface Verification {
  readonly entries: number;
  readonly envelopes: number;
  readonly documents: number;
  /** Hash of the last entry, hexadecimal: what to keep outside. */
  readonly head: string;
  readonly problems: readonly VerifyProblem[];
}

const ENTRIES_AT_ONCE = 500;
const STATES_AT_ONCE = 200;

/**
 * Walks the whole Feed: the hash chain, every signature, every device's own chain, and every document rebuilt from its envelopes beside
 * the one that is served (P18, P19, P20). Reads only; safe beside a working Hub, up to the head it saw first. Rule CLI-3.
 */
export async function verifyFeed(store: FeedStore, crypto: CryptoPort): Promise<Verification> {
  const image = await store.load();
  const walk = new Walk(image, crypto);
  let after = 0;
  while (after < image.headSeq && !walk.isStuck) {
    const entries = await readSome(store, after, image.headSeq);
    if (entries.length === 0) walk.problems.push({ code: 'damaged', seq: after + 1 });
    await walk.take(entries);
    if (entries.length === 0) break;
    after += entries.length;
  }
  if (!equalBytes(walk.hash, image.headHash) && walk.problems.length === 0)
    walk.problems.push({ code: 'chain', seq: after });
  if (!walk.isStuck) walk.problems.push(...(await wrongStates(store, image, walk.states)));
  return {
    entries: walk.entries,
    envelopes: walk.envelopes,
    documents: image.documents.length,
    head: Buffer.from(walk.hash).toString('hex'),
    problems: walk.problems,
  };
}

/** Returns entries after a seq; one at a time where a damaged one is among them, none when the next one is it. */
async function readSome(store: FeedStore, after: number, upTo: number): Promise<readonly FeedEntry[]> {
  try {
    return await store.readEntries(after, upTo, ENTRIES_AT_ONCE);
  } catch {
    return store.readEntries(after, after + 1, 1).catch(() => []);
  }
}

/** One walk through the entries, in order. */
class Walk {
  entries = 0;
  envelopes = 0;
  hash: Uint8Array = CHAIN_START;
  /** An entry is missing or unreadable: what follows cannot be judged. */
  isStuck = false;
  readonly problems: VerifyProblem[] = [];
  readonly states = new Map<DocumentId, DocState>();
  readonly #devices: ReadonlyMap<DeviceId, DeviceRow>;
  readonly #lastOfDevice = new Map<DeviceId, { readonly n: number; readonly hash: Uint8Array }>();
  readonly #crypto: CryptoPort;

  constructor(image: FeedImage, crypto: CryptoPort) {
    this.#devices = new Map(image.devices.map((row) => [row.device, row]));
    this.#crypto = crypto;
  }

  async take(entries: readonly FeedEntry[]): Promise<void> {
    if (entries.length === 0) this.isStuck = true;
    for (const entry of entries) this.#takeLink(entry);
    const envelopes = entries.filter(({ type }) => type === 'envelope');
    const parsed = envelopes.map((entry) => ({ entry, signed: parseEnvelope(entry.body) }));
    await Promise.all(parsed.map(({ entry, signed }) => this.#takeSignature(entry, signed.ok ? signed.value : null)));
    for (const { entry, signed } of parsed) if (signed.ok) this.#takeContent(entry, signed.value);
  }

  #takeLink(entry: FeedEntry): void {
    this.entries += 1;
    const isNext = entry.seq === this.entries;
    if (!isNext || !equalBytes(entryHash(entry, this.hash, this.#crypto), entry.hash)) {
      this.problems.push({ code: 'chain', seq: entry.seq });
    }
    this.hash = entry.hash;
  }

  async #takeSignature(entry: FeedEntry, signed: SignedEnvelope | null): Promise<void> {
    this.envelopes += 1;
    const key = signed ? this.#devices.get(signed.envelope.device)?.signKey : undefined;
    const isSigned = signed !== null && key !== undefined && (await verifyEnvelope(signed, key, this.#crypto));
    if (!isSigned) this.problems.push({ code: 'signature', seq: entry.seq });
  }

  #takeContent(entry: FeedEntry, signed: SignedEnvelope): void {
    const { envelope } = signed;
    const { document, device, member, n } = envelope;
    if (document !== entry.document || device !== entry.device || member !== entry.member || n !== entry.n) {
      this.problems.push({ code: 'misplaced', seq: entry.seq });
    }
    const before = this.#lastOfDevice.get(device);
    // between two that were stored there may be some that were refused
    const isNext =
      before === undefined || n > before.n + 1 || (n === before.n + 1 && equalBytes(envelope.prev, before.hash));
    if (!isNext) this.problems.push({ code: 'device-chain', seq: entry.seq });
    this.#lastOfDevice.set(device, { n, hash: envelopeHash(signed, this.#crypto) });
    const state = this.states.get(document) ?? emptyState();
    const update = parseUpdate(envelope.update);
    if (update.ok) applyUpdate(state, update.value);
    this.states.set(document, state);
  }
}

async function wrongStates(
  store: FeedStore,
  { documents }: FeedImage,
  rebuilt: ReadonlyMap<DocumentId, DocState>,
): Promise<readonly VerifyProblem[]> {
  const wrong = new Set<DocumentId>();
  for (let at = 0; at < documents.length; at += STATES_AT_ONCE) {
    const some = documents.slice(at, at + STATES_AT_ONCE).map(({ document }) => document);
    const served = await statesOf(store, some);
    for (const document of some) {
      const [state, bytes] = [rebuilt.get(document), served.get(document)];
      if (!state || !bytes || !equalBytes(encodeState(state), bytes)) wrong.add(document);
    }
  }
  if (wrong.size === 0) return [];
  // beside a working Hub some were written in since the walk began
  const now = await store.load();
  const then = new Map(documents.map(({ document, lastSeq }) => [document, lastSeq]));
  for (const { document, lastSeq } of now.documents) if (lastSeq !== then.get(document)) wrong.delete(document);
  return [...wrong].map((document) => ({ code: 'state', document }));
}

/** A damaged state is left out, as a missing one is. */
async function statesOf(
  store: FeedStore,
  documents: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, Uint8Array>> {
  try {
    return await store.readStates(documents);
  } catch {
    const found = new Map<DocumentId, Uint8Array>();
    for (const document of documents) {
      const one = await store.readStates([document]).catch(() => null);
      const bytes = one?.get(document);
      if (bytes) found.set(document, bytes);
    }
    return found;
  }
}
