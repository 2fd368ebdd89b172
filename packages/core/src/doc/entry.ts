/** One item of a document as Yjs writes it, and the only form of it that is admitted. Shared by updates and snapshots. Rules DOC-2 … DOC-5. */
import { TAG, readAny, writeAny } from '../base/any.ts';
import type { AnyLimits, Json } from '../base/any.ts';
import type { ByteReader, ReadError } from '../base/reader.ts';
import type { ByteWriter } from '../base/writer.ts';
import { formatKey, parseKey } from './field-key.ts';
import type { FieldKey } from './field-key.ts';

/** One value written by one person at one time: an item of the root map. Never changes. */
export interface Entry {
  /** Its name everywhere: base 36 of `client.clock`. */
  readonly op: string;
  readonly client: number;
  readonly clock: number;
  readonly field: FieldKey;
  readonly value: Json;
  /** Commune number of the person who wrote it. */
  readonly member: number;
  /** Device time, whole minutes since 2025-01-01T00:00Z. */
  readonly minutes: number;
  /** What it takes in an update or a snapshot. */
  readonly sizeBytes: number;
}

/** Why bytes are not of the grammar: a closed list, safe to log. */
export type GrammarError =
  | ReadError
  /** no item at all, or nothing but deletes */
  | 'empty'
  /** more than one client writes, or the sections of a snapshot are out of order */
  | 'sections'
  /** a client id beyond 32 bits or a clock beyond `MAX_CLOCK` */
  | 'id'
  /** more items or deletes than one transaction may have */
  | 'count'
  /** not a plain map item without origin: another type, an origin, a nested type, GC, Skip … */
  | 'struct'
  /** not under the root `f` */
  | 'root'
  /** a key that is no field key, or whose op is not the item's own id */
  | 'field-key'
  /** the content is not one `[value, member, minutes]` */
  | 'content'
  /** deletes out of order, overlapping, or of the update's own items; any in a snapshot */
  | 'deletes';

/** Largest client id: 32 bits, leased by the Hub. */
export const MAX_CLIENT = 0xffffffff;
/** Largest clock: stays a small integer in every engine. */
export const MAX_CLOCK = 0x3fffffff;
/** Bounds of one value of a document. Its size is bounded by the update's. */
export const VALUE_LIMITS: AnyLimits = { maxDepth: 8, maxNodes: 10_000, maxBytes: 65_536, bytes: false };

/** ContentAny with a parentSub, no origin, no right origin. */
export const STRUCT_ITEM = 0x28;
/** A run of collected items: the compacted form of what was superseded. */
export const STRUCT_GC = 0x00;

/** An item names its parent: a root type, by name. */
export const PARENT_IS_ROOT = 1;
/** Bytes of the root's name. */
export const ROOT_LENGTH = 1;
/** The root's name, `f`. */
export const ROOT_F = 0x66;
/** Largest member number and largest minute. */
export const MAX_STAMP = 0x7fffffff;

/** Returns the item that follows its struct byte; on failure the reader's `error` is set and null is returned. */
export function readEntry(reader: ByteReader<GrammarError>, client: number, clock: number, op: string): Entry | null {
  const from = reader.at - 1;
  if (reader.byte() !== PARENT_IS_ROOT || reader.byte() !== ROOT_LENGTH || reader.byte() !== ROOT_F)
    reader.fail('root');
  const key = parseKey(reader.string());
  if (key === null || key.op !== op) reader.fail('field-key');
  if (reader.byte() !== 1 || reader.byte() !== TAG.array || reader.byte() !== 3) reader.fail('content');
  const value = readAny(reader, VALUE_LIMITS) as Json;
  const member = readStamp(reader);
  const minutes = readStamp(reader);
  if (key === null || reader.error !== null) return null;
  return { op, client, clock, field: key.field, value, member, minutes, sizeBytes: reader.at - from };
}

/** Writes the item, struct byte included, as Yjs would. */
export function writeEntry(writer: ByteWriter, entry: Omit<Entry, 'sizeBytes'>): void {
  writer.byte(STRUCT_ITEM);
  writer.byte(PARENT_IS_ROOT);
  writer.byte(ROOT_LENGTH);
  writer.byte(ROOT_F);
  writer.string(formatKey(entry.field, entry.op));
  writer.byte(1);
  writer.byte(TAG.array);
  writer.byte(3);
  writeAny(writer, entry.value, VALUE_LIMITS.maxDepth);
  writer.byte(TAG.integer);
  writer.int(entry.member);
  writer.byte(TAG.integer);
  writer.int(entry.minutes);
}

/** Orders entries by (minutes, client, clock): a total order, the same on every device, that trusts no clock to be right. */
export function compareEntries(a: Entry, b: Entry): number {
  return a.minutes - b.minutes || a.client - b.client || a.clock - b.clock;
}

function readStamp(reader: ByteReader<GrammarError>): number {
  if (reader.byte() !== TAG.integer) reader.fail('content');
  const stamp = reader.int();
  if (stamp < 0 || stamp > MAX_STAMP) reader.fail('content');
  return stamp;
}
