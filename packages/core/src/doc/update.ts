/** One transaction of one client, as it travels in an envelope. Rules DOC-1 … DOC-8. */
import { ByteReader } from '../base/reader.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { ByteWriter } from '../base/writer.ts';
import { MAX_CLIENT, MAX_CLOCK, STRUCT_ITEM, readEntry, writeEntry } from './entry.ts';
import type { Entry, GrammarError } from './entry.ts';
import { opOf } from './field-key.ts';

/** Ids `clock … clock + length - 1` of `client`. */
export interface DeleteRange {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

/** An update taken apart. Its items have the clocks `clock, clock + 1, …`. */
export interface DocUpdate {
  readonly client: number;
  readonly clock: number;
  readonly items: readonly Entry[];
  /** Clients descending, clocks ascending, neighbours joined: the one order that Yjs writes. */
  readonly deletes: readonly DeleteRange[];
}

/** Most items of one update. */
export const MAX_ITEMS = 200;
/** Most clients whose items one update may delete. */
export const MAX_DELETE_CLIENTS = 64;
/** Most live values that one register or map element may have at once. */
export const MAX_LIVE_PER_FIELD = 64;
/** Most ids that one update may delete: every value of every field it sets. */
export const MAX_DELETED_IDS = MAX_ITEMS * MAX_LIVE_PER_FIELD;
/** Most bytes of one update: an envelope of 64 KiB must hold it with everything it says around it. */
export const MAX_UPDATE_BYTES = 64_512;

/**
 * Returns the update that `bytes` hold, when they are of the grammar: exactly what one transaction of an honest edit makes. Each update
 * has one form: encoding the result gives the same bytes. Says nothing about rights or about the document; see `checkUpdate`. Never throws.
 */
export function parseUpdate(bytes: Uint8Array): Result<DocUpdate, GrammarError> {
  if (bytes.length > MAX_UPDATE_BYTES) return err('size');
  const reader = new ByteReader<GrammarError>(bytes);
  const sections = reader.uint();
  if (reader.error === null && sections !== 1) return err(sections === 0 ? 'empty' : 'sections');
  const count = reader.uint();
  if (count === 0) reader.fail('empty');
  if (count > MAX_ITEMS) reader.fail('count');
  const client = reader.uint();
  const clock = reader.uint();
  if (client > MAX_CLIENT || clock + count > MAX_CLOCK) reader.fail('id');
  const items = readItems(reader, client, clock, count);
  const deletes = readDeletes(reader, client, clock);
  reader.end();
  return reader.error === null ? ok({ client, clock, items, deletes }) : err(reader.error);
}

/** Returns the bytes of an update, as Yjs writes them. Items and deletes must be of the grammar already. */
export function encodeUpdate(update: {
  readonly client: number;
  readonly clock: number;
  readonly items: readonly Omit<Entry, 'sizeBytes'>[];
  readonly deletes: readonly DeleteRange[];
}): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.uint(1);
  writer.uint(update.items.length);
  writer.uint(update.client);
  writer.uint(update.clock);
  for (const item of update.items) writeEntry(writer, item);
  writeDeletes(writer, update.deletes);
  return writer.finish();
}

function readItems(reader: ByteReader<GrammarError>, client: number, clock: number, count: number): Entry[] {
  const items: Entry[] = [];
  for (let i = 0; i < count && reader.error === null; i += 1) {
    if (reader.byte() !== STRUCT_ITEM) reader.fail('struct');
    const entry = readEntry(reader, client, clock + i, opOf(client, clock + i));
    if (entry !== null) items.push(entry);
  }
  return items;
}

function readDeletes(reader: ByteReader<GrammarError>, client: number, clock: number): DeleteRange[] {
  const clients = reader.uint();
  if (clients > MAX_DELETE_CLIENTS) reader.fail('count');
  const deletes: DeleteRange[] = [];
  let lastClient = MAX_CLIENT + 1;
  let idsLeft = MAX_DELETED_IDS;
  for (let i = 0; i < clients && reader.error === null; i += 1) {
    const target = reader.uint();
    if (target >= lastClient) reader.fail('deletes');
    lastClient = target;
    idsLeft -= readRanges(reader, target, target === client ? clock : MAX_CLOCK, deletes);
    if (idsLeft < 0) reader.fail('count');
  }
  return deletes;
}

/** Appends the ranges of one client, all below `end`; returns how many ids they span. */
function readRanges(reader: ByteReader<GrammarError>, client: number, end: number, into: DeleteRange[]): number {
  const ranges = reader.uint();
  if (ranges === 0) reader.fail('deletes');
  let nextFree = 0;
  let ids = 0;
  for (let i = 0; i < ranges && reader.error === null; i += 1) {
    const clock = reader.uint();
    const length = reader.uint();
    if (clock < nextFree || length === 0 || clock + length > end) reader.fail('deletes');
    // A neighbour would have been joined to the range before it.
    nextFree = clock + length + 1;
    ids += length;
    into.push({ client, clock, length });
  }
  return ids;
}

function writeDeletes(writer: ByteWriter, deletes: readonly DeleteRange[]): void {
  const clients = Map.groupBy(deletes, (range) => range.client);
  writer.uint(clients.size);
  for (const [client, ranges] of clients) {
    writer.uint(client);
    writer.uint(ranges.length);
    for (const range of ranges) {
      writer.uint(range.clock);
      writer.uint(range.length);
    }
  }
}
