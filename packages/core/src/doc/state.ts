/** What one document holds now, as an index over bytes: all that the gate, the rows and the screens need; no Y.Doc. Rules DOC-9 … DOC-12. */
import { assert, must } from '../base/assert.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { ByteWriter } from '../base/writer.ts';
import { STRUCT_GC, writeEntry } from './entry.ts';
import type { Entry, GrammarError } from './entry.ts';
import { opOf } from './field-key.ts';
import { type Snapshot, readSnapshot } from './snapshot.ts';
import { StoredEntry } from './stored-entry.ts';
import { type StoredItems, scanItems } from './stored-items.ts';
import type { DeleteRange, DocUpdate } from './update.ts';

/** One document. Read it freely; only `applyUpdate` changes it. Entries and the arrays of `fields` never change, so clones share them. */
export interface DocState {
  /** Client → its next clock. */
  readonly clocks: ReadonlyMap<number, number>;
  /** Op → the value that stands. */
  readonly live: ReadonlyMap<string, Entry>;
  /** Path of a field → its live values, unordered; never empty. */
  readonly fields: ReadonlyMap<string, readonly Entry[]>;
  /** What the live values take in a snapshot. */
  readonly liveBytes: number;
  /** The same where it lies in the bytes it came in, to look at a few values; null where only the rest of this is there. */
  readonly items: StoredItems | null;
}

class WritableState implements DocState {
  // made when asked for: whoever lists documents looks at a fifth of their values
  #snapshot: Snapshot | null;
  #items: StoredItems | null;
  #live: Map<string, Entry> | null = null;

  constructor(snapshot: Snapshot | null, items: StoredItems | null) {
    this.#snapshot = snapshot;
    this.#items = items;
  }

  get items(): StoredItems | null {
    return this.#items;
  }

  get clocks(): Map<number, number> {
    return this.#whole().clocks;
  }

  get fields(): Map<string, readonly Entry[]> {
    return this.#whole().fields;
  }

  get liveBytes(): number {
    return this.#whole().liveBytes;
  }

  get live(): Map<string, Entry> {
    if (this.#live === null) {
      this.#live = new Map();
      for (const entries of this.fields.values()) for (const entry of entries) this.#live.set(entry.op, entry);
    }
    return this.#live;
  }

  clone(): WritableState {
    const { clocks, fields, liveBytes } = this.#whole();
    const clone = new WritableState({ clocks: new Map(clocks), fields: new Map(fields), liveBytes }, null);
    if (this.#live !== null) clone.#live = new Map(this.#live);
    return clone;
  }

  /** From here on it is no longer what lies in the bytes. */
  grow(addedBytes: number): void {
    this.#whole().liveBytes += addedBytes;
    this.#items = null;
  }

  #whole(): Snapshot {
    this.#snapshot ??= wholeOf(must(this.#items, 'the bytes of a document'));
    return this.#snapshot;
  }
}

function wholeOf({ bytes }: StoredItems): Snapshot {
  const snapshot = readSnapshot(bytes);
  assert(snapshot.ok, 'what was checked is not of the grammar');
  return snapshot.value;
}

/** Returns a document that nobody has written in. */
export function emptyState(): DocState {
  return new WritableState({ clocks: new Map(), fields: new Map(), liveBytes: 0 }, null);
}

/** Returns a copy that `applyUpdate` may change without touching the first: the overlay of a batch. Copies maps, not entries. */
export function cloneState(state: DocState): DocState {
  return (state as WritableState).clone();
}

/**
 * Adds one update and takes away what it supersedes. Returns `known`, changing nothing, when its items are here already; refuses with
 * `clock-gap`, changing nothing, when it does not begin at its client's next clock or deletes what has not arrived: it came out of
 * order, and Yjs would keep it pending. Rules DOC-9, DOC-10.
 */
export function applyUpdate(state: DocState, update: DocUpdate): Result<'applied' | 'known', 'clock-gap'> {
  const writable = state as WritableState;
  const next = nextClock(state, update.client);
  const end = update.clock + update.items.length;
  if (end <= next) return ok('known');
  if (update.clock !== next) return err('clock-gap');
  for (const range of update.deletes) {
    if (range.clock + range.length > nextClock(state, range.client)) return err('clock-gap');
  }
  removeEntries(writable, update.deletes);
  for (const entry of update.items) addEntry(writable, entry);
  writable.clocks.set(update.client, end);
  return ok('applied');
}

/** Returns the clock that the client's next item must have; 0 for one that never wrote here. */
export function nextClock(state: DocState, client: number): number {
  return state.clocks.get(client) ?? 0;
}

/** Returns the live values of the field at `path`, unordered. */
export function liveOf(state: DocState, path: string): readonly Entry[] {
  return state.items?.entriesAt(path) ?? state.fields.get(path) ?? [];
}

/**
 * Returns the document of a compacted snapshot: all clients descending, each from clock 0, live items and joined GC runs, nothing
 * deleted apart. Never throws; bounded by the bytes given, whose size the caller bounds. Rules DOC-11, DOC-12.
 */
export function parseState(bytes: Uint8Array): Result<DocState, GrammarError> {
  const snapshot = readSnapshot(bytes);
  return snapshot.ok ? ok(new WritableState(snapshot.value, null)) : err(snapshot.error);
}

/**
 * Returns the same as `parseState`, checked as strictly, in a third of the time: for whoever looks at a few values, as a list does. What
 * else is asked of it is made then, and costs more than having parsed it at once.
 */
export function glanceState(bytes: Uint8Array): Result<DocState, GrammarError> {
  const items = scanItems(bytes);
  // what the quick look does not vouch for is read in full, which also says what is wrong with it
  return items === null ? parseState(bytes) : ok(new WritableState(null, items));
}

/** Returns the compacted snapshot: loads in Yjs to the same values and the same state vector, and parses back to an equal state. */
export function encodeState(state: DocState): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  const byClient = Map.groupBy([...state.fields.values()].flat(), (entry) => entry.client);
  writer.uint(state.clocks.size);
  for (const [client, end] of [...state.clocks].toSorted((a, b) => b[0] - a[0])) {
    writeSection(
      writer,
      client,
      end,
      (byClient.get(client) ?? []).toSorted((a, b) => a.clock - b.clock),
    );
  }
  writer.uint(0);
  return writer.finish();
}

function addEntry(state: WritableState, entry: Entry): void {
  const path = entry.field.path;
  state.live.set(entry.op, entry);
  state.fields.set(path, [...(state.fields.get(path) ?? []), entry]);
  state.grow(entry.sizeBytes);
}

/** Goes through each touched field once, however many of its values go. */
function removeEntries(state: WritableState, deletes: readonly DeleteRange[]): void {
  const touched = new Set<string>();
  for (const { client, clock, length } of deletes) {
    for (let i = 0; i < length; i += 1) {
      const entry = state.live.get(opOf(client, clock + i));
      if (entry === undefined) continue;
      state.live.delete(entry.op);
      state.grow(-entry.sizeBytes);
      touched.add(entry.field.path);
    }
  }
  for (const path of touched) {
    const rest = (state.fields.get(path) ?? []).filter(({ op }) => state.live.has(op));
    if (rest.length === 0) state.fields.delete(path);
    else state.fields.set(path, rest);
  }
}

function writeSection(writer: ByteWriter, client: number, end: number, entries: readonly Entry[]): void {
  let gaps = 0;
  let clock = 0;
  for (const entry of entries) {
    if (entry.clock > clock) gaps += 1;
    clock = entry.clock + 1;
  }
  writer.uint(entries.length + gaps + (end > clock ? 1 : 0));
  writer.uint(client);
  writer.uint(0);
  clock = 0;
  for (const entry of entries) {
    writeGap(writer, entry.clock - clock);
    if (entry instanceof StoredEntry) entry.writeTo(writer);
    else writeEntry(writer, entry);
    clock = entry.clock + 1;
  }
  writeGap(writer, end - clock);
}

function writeGap(writer: ByteWriter, length: number): void {
  if (length === 0) return;
  writer.byte(STRUCT_GC);
  writer.uint(length);
}
