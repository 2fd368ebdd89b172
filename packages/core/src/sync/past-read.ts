/**
 * What a reader may see of a document's past: the entries that came while he held it, as long as he holds it now. Of what was before there
 * is the state in which it was opened to him, and no more: as the Feed gave it. Holds HIS-1 … HIS-3.
 */
import { assert } from '../base/assert.ts';
import type { World } from '../base/world.ts';
import { applyUpdate, emptyState } from '../doc/state.ts';
import type { DocState } from '../doc/state.ts';
import { parseUpdate } from '../doc/update.ts';
import type { DocUpdate } from '../doc/update.ts';
import { EMPTY_SCOPE } from '../model/principal.ts';
import { readAccess } from '../policy/access.ts';
import { parseEnvelope } from './envelope.ts';
import { accessNow } from './feed-plan.ts';
import type { Reader } from './feed-plan.ts';
import { principalOf } from './hub-index.ts';
import type { HubIndex, IndexedDocument } from './hub-index.ts';
import type { FeedEntry, FeedStore } from './ports.ts';

/** Where the past is read from. */
export interface PastSources {
  readonly store: Pick<FeedStore, 'readDocumentEntries' | 'readScopesOf' | 'readMembersOf'>;
  readonly world: World;
  readonly index: () => HubIndex;
}

/** One entry of a document, taken apart. */
export interface PastEntry {
  readonly seq: number;
  readonly atMs: number;
  readonly member: number;
  readonly bytes: Uint8Array;
}

/** What a reader may see. */
export interface ReadablePast {
  /** The document before the first entry; null when the first is its beginning. */
  readonly base: DocState | null;
  readonly entries: readonly PastEntry[];
}

/** Entries told at most, and their bytes: what was before counts as closed. */
export const PAST_LIMITS = { entries: 1_000, bytes: 2 * 1024 * 1024 } as const;
const NOTHING = { entries: 0, bytes: 0 } as const;
const ENTRIES_AT_ONCE = 128;

/** Returns what the reader may see of a document, or null when he may not read it whole now. Rejects with an Outage. */
export async function readPast(
  reader: Reader,
  document: IndexedDocument,
  sources: PastSources,
): Promise<ReadablePast | null> {
  const { store, world } = sources;
  const walk = new PastWalk();
  for (let after = 0; ;) {
    if (!mayRead(reader, document, sources)) return null;
    const entries = await store.readDocumentEntries(document.head.document, after, ENTRIES_AT_ONCE);
    // after the entries: what stands with them is among it
    const then = await standingsOf(reader, document, sources);
    for (const [i, entry] of entries.entries()) {
      const isFirst = after === 0 && i === 0;
      walk.take(entry, wasHeld(document, entry, isFirst, then));
    }
    after = entries.at(-1)?.seq ?? after;
    if (entries.length < ENTRIES_AT_ONCE) return walk.past();
    // a long past is read in pieces: the others' work goes on between them
    await new Promise<void>((resolve) => void world.after(0, resolve));
  }
}

/** Returns the entries after `seq`, up to `limit`, or null when one among them came while the reader did not hold the document. */
export async function readPastAfter(
  reader: Reader,
  document: IndexedDocument,
  seq: number,
  limit: number,
  sources: PastSources,
): Promise<readonly PastEntry[] | null> {
  if (!mayRead(reader, document, sources)) return null;
  const entries = await sources.store.readDocumentEntries(document.head.document, seq, limit);
  const then = await standingsOf(reader, document, sources);
  for (const entry of entries) if (!wasHeld(document, entry, false, then)) return null;
  return entries.map((entry) => partsOf(entry).entry);
}

function mayRead(reader: Reader, document: IndexedDocument, { index, world }: PastSources): boolean {
  return accessNow(reader, document, index(), world.nowMs()).access === 'whole';
}

/** What rights in a folder were judged by, from which seq on: read with each piece, in two reads however long it is. */
interface Standings {
  readonly scopes: Awaited<ReturnType<FeedStore['readScopesOf']>>;
  readonly members: Awaited<ReturnType<FeedStore['readMembersOf']>>;
}

async function standingsOf({ member }: Reader, { parts }: IndexedDocument, { store }: PastSources): Promise<Standings> {
  return { scopes: await store.readScopesOf(parts.folder), members: await store.readMembersOf(member) };
}

/** The entry that opens or closes a document to somebody is not his: it tells what was before, or what he was not to see. */
function wasHeld(document: IndexedDocument, { seq, atMs }: FeedEntry, isFirst: boolean, then: Standings): boolean {
  const after = wasWhole(document, { seq, atMs }, then);
  return after && (isFirst || wasWhole(document, { seq: seq - 1, atMs }, then));
}

function wasWhole(
  { head, parts }: IndexedDocument,
  { seq, atMs }: { readonly seq: number; readonly atMs: number },
  { scopes, members }: Standings,
): boolean {
  const row = members.findLast((each) => each.seq <= seq);
  if (!row) return false;
  const scope = scopes.findLast((each) => each.seq <= seq)?.scope ?? EMPTY_SCOPE;
  return readAccess(principalOf(row), { ...parts, owner: head.owner, scope }, atMs).access === 'whole';
}

/** Goes through the entries in order; what is not told goes into the base. */
class PastWalk {
  #base: DocState | null = null;
  #told: { readonly entry: PastEntry; readonly update: DocUpdate }[] = [];
  #toldBytes = 0;

  take(entry: FeedEntry, isHeld: boolean): void {
    const parts = partsOf(entry);
    this.#told.push(parts);
    this.#toldBytes += parts.entry.bytes.length;
    const limits = isHeld ? PAST_LIMITS : NOTHING;
    while (this.#told.length > limits.entries || this.#toldBytes > limits.bytes) this.#fold();
  }

  past(): ReadablePast {
    return { base: this.#base, entries: this.#told.map(({ entry }) => entry) };
  }

  #fold(): void {
    const oldest = this.#told.shift();
    if (!oldest) return;
    this.#toldBytes -= oldest.entry.bytes.length;
    this.#base ??= emptyState();
    const applied = applyUpdate(this.#base, oldest.update);
    assert(applied.ok && applied.value === 'applied', 'a stored update does not follow its document');
  }
}

function partsOf({ seq, atMs, member, body }: FeedEntry): { readonly entry: PastEntry; readonly update: DocUpdate } {
  const parsed = parseEnvelope(body);
  assert(parsed.ok, 'a stored envelope is damaged');
  const bytes = parsed.value.envelope.update;
  const update = parseUpdate(bytes);
  assert(update.ok, 'a stored update is damaged');
  return { entry: { seq, atMs, member, bytes }, update: update.value };
}
