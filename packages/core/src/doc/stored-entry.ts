/**
 * One item of a snapshot, checked to its last byte and not yet read: a list needs a fifth of the values of a document, the gate none.
 * Rule DOC-12.
 */
import { TAG, readAny } from '../base/any.ts';
import type { Json } from '../base/any.ts';
import { must } from '../base/assert.ts';
import { ByteReader } from '../base/reader.ts';
import { UNSURE, skipAny } from '../base/skip-any.ts';
import { decodeUtf8 } from '../base/utf8.ts';
import type { ByteWriter } from '../base/writer.ts';
import { MAX_STAMP, PARENT_IS_ROOT, ROOT_F, ROOT_LENGTH, VALUE_LIMITS } from './entry.ts';
import type { Entry } from './entry.ts';
import { opOf } from './field-key.ts';
import type { FieldKey } from './field-key.ts';
import { PATH_SEED, addToPath, fieldAtBytes } from './known-paths.ts';

const AT = 0x40;
const HASH = 0x23;
const OP_RADIX = 36;
const STAMP_BYTES = 5;

/** Where the parts of an item lie. One serves many items, one after another: `scanItem` fills it anew. */
export class ItemParts {
  field: FieldKey | null = null;
  /** Sum of the field's path: equal paths have equal ones. */
  sum = 0;
  valueAt = 0;
  memberAt = 0;
  minutesAt = 0;
  /** Index of what follows the item. */
  end = 0;
}

/** An entry that reads its value when it is asked for. Keeps the bytes of its document alive; they must not change. */
export class StoredEntry implements Entry {
  readonly client: number;
  readonly clock: number;
  readonly field: FieldKey;
  readonly member: number;
  readonly minutes: number;
  /** Index in the document's bytes of what follows the item. */
  readonly end: number;
  readonly #bytes: Uint8Array;
  readonly #from: number;
  readonly #valueAt: number;
  #value: Json | undefined = undefined;

  constructor(bytes: Uint8Array, from: number, client: number, clock: number, parts: ItemParts) {
    this.client = client;
    this.clock = clock;
    this.field = must(parts.field, 'the place of an item');
    this.member = stampAt(bytes, parts.memberAt + 1);
    this.minutes = stampAt(bytes, parts.minutesAt + 1);
    this.end = parts.end;
    this.#bytes = bytes;
    this.#from = from;
    this.#valueAt = parts.valueAt;
  }

  get op(): string {
    return opOf(this.client, this.clock);
  }

  get value(): Json {
    if (this.#value === undefined) this.#value = valueAtBytes(this.#bytes, this.#valueAt);
    return this.#value;
  }

  get sizeBytes(): number {
    return this.end - this.#from;
  }

  /** Writes the item as it came: it has but one form. */
  writeTo(writer: ByteWriter): void {
    writer.raw(this.#bytes, this.#from, this.end);
  }
}

/**
 * Returns the item whose struct byte is at `from`, when it is what `readEntry` would accept; null when it is not, or when only reading it
 * tells. `prefix` = the client in base 36 and a dot, the beginning of every op of a section.
 */
export function storedEntryAt(
  bytes: Uint8Array,
  from: number,
  client: number,
  clock: number,
  prefix: string,
): StoredEntry | null {
  return scanItem(bytes, from, clock, prefix, scratch) ? new StoredEntry(bytes, from, client, clock, scratch) : null;
}

// nothing is read of it after the call that filled it
const scratch = new ItemParts();

/** Says whether `storedEntryAt` has an answer for the item whose struct byte is at `from`; then `parts` are those of the item. */
export function scanItem(bytes: Uint8Array, from: number, clock: number, prefix: string, parts: ItemParts): boolean {
  const keyFrom = from + 5;
  const keyTo = keyFrom + (bytes[from + 4] ?? 0);
  const isOfRoot = bytes[from + 1] === PARENT_IS_ROOT && bytes[from + 2] === ROOT_LENGTH && bytes[from + 3] === ROOT_F;
  // a longer key takes two bytes for its length: not one of ours
  if (!isOfRoot || keyTo - keyFrom > 0x7f || keyTo > bytes.length) return false;
  let sum = PATH_SEED;
  let at = keyFrom;
  let byte = 0;
  for (; at < keyTo && byte !== HASH; at += 1) {
    byte = bytes[at] as number;
    if (byte === AT) break;
    sum = addToPath(sum, byte);
  }
  if (byte !== AT && byte !== HASH) return false;
  if (!isOpAt(bytes, byte === AT ? at + 1 : at, keyTo, prefix, clock)) return false;
  parts.field = fieldAtBytes(bytes, keyFrom, at, sum);
  parts.sum = sum;
  return parts.field !== null && scanContent(bytes, keyTo, parts);
}

/** Returns where the value of an item lies that `scanItem` vouched for. */
export function valueFrom(bytes: Uint8Array, from: number): number {
  return from + 8 + (bytes[from + 4] as number);
}

/** Returns the clock of an item that `scanItem` vouched for: the end of its key. */
export function clockAt(bytes: Uint8Array, from: number): number {
  const key = decodeUtf8(bytes, from + 5, from + 5 + (bytes[from + 4] as number)) ?? '';
  return Number.parseInt(key.slice(key.lastIndexOf('.') + 1), OP_RADIX);
}

/** Returns the value at `at`, which `scanItem` vouched for. */
export function valueAtBytes(bytes: Uint8Array, at: number): Json {
  const lengthBytes = bytes[at + 1] as number;
  // most values are short texts: read without a reader
  if (bytes[at] === TAG.string && lengthBytes < 0x80) return decodeUtf8(bytes, at + 2, at + 2 + lengthBytes);
  const reader = new ByteReader(bytes);
  reader.at = at;
  return readAny(reader, VALUE_LIMITS) as Json;
}

function scanContent(bytes: Uint8Array, at: number, parts: ItemParts): boolean {
  if (bytes[at] !== 1 || bytes[at + 1] !== TAG.array || bytes[at + 2] !== 3) return false;
  parts.valueAt = at + 3;
  parts.memberAt = skipAny(bytes, at + 3, bytes.length, VALUE_LIMITS);
  if (parts.memberAt === UNSURE) return false;
  parts.minutesAt = stampEnd(bytes, parts.memberAt);
  parts.end = parts.minutesAt === UNSURE ? UNSURE : stampEnd(bytes, parts.minutesAt);
  return parts.end !== UNSURE;
}

/** Says whether `bytes[from, to)` is the op of this very item. */
function isOpAt(bytes: Uint8Array, from: number, to: number, prefix: string, clock: number): boolean {
  const digitsFrom = from + prefix.length;
  if (digitsFrom >= to) return false;
  for (let i = 0; i < prefix.length; i += 1) if (bytes[from + i] !== prefix.charCodeAt(i)) return false;
  let value = 0;
  for (let at = digitsFrom; at < to; at += 1) {
    const digit = digitOf(bytes[at] as number);
    if (digit < 0) return false;
    value = value * OP_RADIX + digit;
  }
  const isShortest = bytes[digitsFrom] !== 0x30 || to === digitsFrom + 1;
  return isShortest && value === clock;
}

function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  return byte >= 0x61 && byte <= 0x7a ? byte - 0x61 + 10 : -1;
}

/** Returns the index after an integer from 0 to `MAX_STAMP`, its tag included; `UNSURE` for anything else. */
function stampEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0x40;
  if (bytes[at] !== TAG.integer || (first & 0x40) !== 0) return UNSURE;
  if (first < 0x80) return at + 2;
  for (let next = at + 2; next < at + 1 + STAMP_BYTES; next += 1) {
    const byte = bytes[next] ?? 0;
    if (byte === 0) return UNSURE;
    if (byte < 0x80) return next < at + STAMP_BYTES || stampAt(bytes, at + 1) <= MAX_STAMP ? next + 1 : UNSURE;
  }
  return UNSURE;
}

function stampAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  let value = first & 0x3f;
  let scale = 64;
  for (let next = at, byte = first; byte >= 0x80; scale *= 128) {
    next += 1;
    byte = bytes[next] as number;
    value += (byte & 0x7f) * scale;
  }
  return value;
}
