/**
 * One item of a snapshot, checked to its last byte and not yet read: a list needs a fifth of the values of a document, the gate none.
 * Rule DOC-12.
 */
import { TAG, readAny } from '../base/any.ts';
import type { Json } from '../base/any.ts';
import { ByteReader } from '../base/reader.ts';
import { UNSURE, skipAny } from '../base/skip-any.ts';
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

/** The parts of an item, by where they are. */
interface Parts {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly valueAt: number;
  readonly end: number;
  readonly client: number;
  readonly clock: number;
  readonly field: FieldKey;
  readonly member: number;
  readonly minutes: number;
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

  constructor(parts: Parts) {
    this.client = parts.client;
    this.clock = parts.clock;
    this.field = parts.field;
    this.member = parts.member;
    this.minutes = parts.minutes;
    this.end = parts.end;
    this.#bytes = parts.bytes;
    this.#from = parts.from;
    this.#valueAt = parts.valueAt;
  }

  get op(): string {
    return opOf(this.client, this.clock);
  }

  get value(): Json {
    if (this.#value === undefined) {
      const reader = new ByteReader(this.#bytes);
      reader.at = this.#valueAt;
      this.#value = readAny(reader, VALUE_LIMITS) as Json;
    }
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
  const keyFrom = from + 5;
  const keyTo = keyFrom + (bytes[from + 4] ?? 0);
  const isOfRoot = bytes[from + 1] === PARENT_IS_ROOT && bytes[from + 2] === ROOT_LENGTH && bytes[from + 3] === ROOT_F;
  // a longer key takes two bytes for its length: not one of ours
  if (!isOfRoot || keyTo - keyFrom > 0x7f || keyTo > bytes.length) return null;
  let sum = PATH_SEED;
  let at = keyFrom;
  let byte = 0;
  for (; at < keyTo && byte !== HASH; at += 1) {
    byte = bytes[at] as number;
    if (byte === AT) break;
    sum = addToPath(sum, byte);
  }
  if (byte !== AT && byte !== HASH) return null;
  const field = isOpAt(bytes, byte === AT ? at + 1 : at, keyTo, prefix, clock)
    ? fieldAtBytes(bytes, keyFrom, at, sum)
    : null;
  return field && contentAt(bytes, from, keyTo, client, clock, field);
}

function contentAt(
  bytes: Uint8Array,
  from: number,
  at: number,
  client: number,
  clock: number,
  field: FieldKey,
): StoredEntry | null {
  if (bytes[at] !== 1 || bytes[at + 1] !== TAG.array || bytes[at + 2] !== 3) return null;
  const valueAt = at + 3;
  const memberAt = skipAny(bytes, valueAt, bytes.length, VALUE_LIMITS);
  if (memberAt === UNSURE) return null;
  const minutesAt = stampEnd(bytes, memberAt);
  const end = minutesAt === UNSURE ? UNSURE : stampEnd(bytes, minutesAt);
  if (end === UNSURE) return null;
  const member = stampAt(bytes, memberAt + 1);
  const minutes = stampAt(bytes, minutesAt + 1);
  if (member > MAX_STAMP || minutes > MAX_STAMP) return null;
  return new StoredEntry({ bytes, from, valueAt, end, client, clock, field, member, minutes });
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

/** Returns the index after an integer that is not negative, its tag included; `UNSURE` for anything else. */
function stampEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0x40;
  if (bytes[at] !== TAG.integer || (first & 0x40) !== 0) return UNSURE;
  if (first < 0x80) return at + 2;
  for (let next = at + 2; next < at + 1 + STAMP_BYTES; next += 1) {
    const byte = bytes[next] ?? 0;
    if (byte === 0) return UNSURE;
    if (byte < 0x80) return next + 1;
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
