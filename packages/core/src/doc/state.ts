/** What one document holds now, as an index over bytes: all that the gate, the rows and the screens need; no Y.Doc. Rules DOC-9 … DOC-12. */
import { ByteReader } from '../base/reader.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { ByteWriter } from '../base/writer.ts';
import { MAX_CLIENT, MAX_CLOCK, STRUCT_GC, STRUCT_ITEM, readEntry, writeEntry } from './entry.ts';
import type { Entry, GrammarError } from './entry.ts';
import { opOf, opPrefixOf } from './field-key.ts';
import { StoredEntry, storedEntryAt } from './stored-entry.ts';
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
}

class WritableState implements DocState {
  readonly clocks: Map<number, number>;
  readonly fields: Map<string, readonly Entry[]>;
  liveBytes: number;
  // made when asked for: whoever derives a row never does
  #live: Map<string, Entry> | null;

  constructor(clocks: Map<number, number>, fields: Map<string, readonly Entry[]>, liveBytes: number) {
    this.clocks = clocks;
    this.fields = fields;
    this.liveBytes = liveBytes;
    this.#live = null;
  }

  get live(): Map<string, Entry> {
    if (this.#live === null) {
      this.#live = new Map();
      for (const entries of this.fields.values()) for (const entry of entries) this.#live.set(entry.op, entry);
    }
    return this.#live;
  }

  clone(): WritableState {
    const clone = new WritableState(new Map(this.clocks), new Map(this.fields), this.liveBytes);
    if (this.#live !== null) clone.#live = new Map(this.#live);
    return clone;
  }
}

/** A state that nobody has seen yet. */
interface LoadingState {
  readonly clocks: Map<number, number>;
  readonly fields: Map<string, Entry[]>;
  liveBytes: number;
}

/** Returns a document that nobody has written in. */
export function emptyState(): DocState {
  return new WritableState(new Map(), new Map(), 0);
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
  return state.fields.get(path) ?? [];
}

/**
 * Returns the document of a compacted snapshot: all clients descending, each from clock 0, live items and joined GC runs, nothing
 * deleted apart. Never throws; bounded by the bytes given, whose size the caller bounds. Rules DOC-11, DOC-12.
 */
export function parseState(bytes: Uint8Array): Result<DocState, GrammarError> {
  const reader = new ByteReader<GrammarError>(bytes);
  const state: LoadingState = { clocks: new Map(), fields: new Map(), liveBytes: 0 };
  const sections = reader.uint();
  let lastClient = MAX_CLIENT + 1;
  for (let i = 0; i < sections && reader.error === null; i += 1) {
    const count = reader.uint();
    const client = reader.uint();
    if (client >= lastClient || reader.uint() !== 0 || count === 0) reader.fail('sections');
    lastClient = client;
    const end = readSection(reader, state, client, count);
    state.clocks.set(client, end);
  }
  if (reader.uint() !== 0) reader.fail('deletes');
  reader.end();
  if (reader.error !== null) return err(reader.error);
  return ok(new WritableState(state.clocks, state.fields, state.liveBytes));
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
  state.fields.set(path, [...liveOf(state, path), entry]);
  state.liveBytes += entry.sizeBytes;
}

/** As `addEntry`, for a state that nobody has seen yet: grows the arrays in place, or a log of a thousand entries took a million copies. */
function loadEntry(state: LoadingState, entry: Entry): void {
  const siblings = state.fields.get(entry.field.path);
  if (siblings === undefined) state.fields.set(entry.field.path, [entry]);
  else siblings.push(entry);
  state.liveBytes += entry.sizeBytes;
}

/** Goes through each touched field once, however many of its values go. */
function removeEntries(state: WritableState, deletes: readonly DeleteRange[]): void {
  const touched = new Set<string>();
  for (const { client, clock, length } of deletes) {
    for (let i = 0; i < length; i += 1) {
      const entry = state.live.get(opOf(client, clock + i));
      if (entry === undefined) continue;
      state.live.delete(entry.op);
      state.liveBytes -= entry.sizeBytes;
      touched.add(entry.field.path);
    }
  }
  for (const path of touched) {
    const rest = liveOf(state, path).filter(({ op }) => state.live.has(op));
    if (rest.length === 0) state.fields.delete(path);
    else state.fields.set(path, rest);
  }
}

function readSection(reader: ByteReader<GrammarError>, state: LoadingState, client: number, count: number): number {
  const prefix = opPrefixOf(client);
  let clock = 0;
  let isAfterGap = false;
  for (let i = 0; i < count && reader.error === null; i += 1) {
    const struct = reader.byte();
    if (struct === STRUCT_GC) {
      const length = reader.uint();
      if (length === 0 || isAfterGap) reader.fail('struct');
      clock += length;
    } else {
      if (struct !== STRUCT_ITEM) reader.fail('struct');
      const entry = readStored(reader, client, clock, prefix);
      if (entry !== null) loadEntry(state, entry);
      clock += 1;
    }
    isAfterGap = struct === STRUCT_GC;
    if (clock > MAX_CLOCK) reader.fail('id');
  }
  return clock;
}

/** What the quick look does not vouch for is read in full, which also says what is wrong with it. */
function readStored(reader: ByteReader<GrammarError>, client: number, clock: number, prefix: string): Entry | null {
  const stored = reader.error === null ? storedEntryAt(reader.bytes, reader.at - 1, client, clock, prefix) : null;
  if (stored === null) return readEntry(reader, client, clock, opOf(client, clock));
  reader.at = stored.end;
  return stored;
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
