/** Goes over one "any" value without making it: most values of a document are checked when it arrives and read much later, or never. */
import type { AnyLimits } from './any.ts';
import { TAG, isFloatForm } from './any.ts';
import { isUtf8 } from './utf8.ts';

/** What `skipAny` answers for what it will not vouch for. */
export const UNSURE = -1;

const BITS31 = 0x7fffffff;
const MOST_KEYS = 24;
const VARINT_BYTES = 5;
const DEEPEST = 8;

/**
 * Returns the index after the value that begins at `at`, when `readAny` would accept it under the same limits and it ends before `end`;
 * `UNSURE` when it would not, or when only reading it tells (large or odd objects). Never throws, never says yes to more than `readAny`.
 */
export function skipAny(bytes: Uint8Array, at: number, end: number, limits: AnyLimits): number {
  const after = skipValue(bytes, at, end, limits.maxDepth);
  // every value takes a byte: what is shorter than the bound cannot hold too many
  return after - at > limits.maxNodes ? UNSURE : after;
}

/**
 * Returns where the value under `key` (letters and digits alone) begins in the object at `at`, which `skipAny` vouched for; `UNSURE` when
 * it is not in it, or when there is no object there.
 */
export function findKey(bytes: Uint8Array, at: number, key: string, limits: AnyLimits): number {
  if (bytes[at] !== TAG.object) return UNSURE;
  let next = skipLength(bytes, at + 1, bytes.length);
  for (let left = lengthAt(bytes, at + 1); left > 0; left -= 1) {
    const to = skipString(bytes, next, bytes.length);
    if (isKey(bytes, next, to, key)) return to;
    next = skipValue(bytes, to, bytes.length, limits.maxDepth);
  }
  return UNSURE;
}

/** Says whether the text in `[from, to)`, length byte included, is `key`. */
function isKey(bytes: Uint8Array, from: number, to: number, key: string): boolean {
  if (to - from - 1 !== key.length) return false;
  for (let i = 0; i < key.length; i += 1) if (bytes[from + 1 + i] !== key.charCodeAt(i)) return false;
  return true;
}

/** Returns the index after a length in its one form, below 2^28; its value is `lengthAt` of the same place. `UNSURE` for anything else. */
function skipLength(bytes: Uint8Array, at: number, end: number): number {
  for (let next = at; next < end && next < at + VARINT_BYTES - 1; next += 1) {
    const byte = bytes[next] as number;
    if (byte < 0x80) return byte === 0 && next > at ? UNSURE : next + 1;
  }
  return UNSURE;
}

function lengthAt(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let shift = 0, next = at; ; shift += 7, next += 1) {
    const byte = bytes[next] as number;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

function skipValue(bytes: Uint8Array, at: number, end: number, depthLeft: number): number {
  if (at >= end) return UNSURE;
  switch (bytes[at]) {
    case TAG.string:
      return skipString(bytes, at + 1, end);
    case TAG.integer:
      return skipInteger(bytes, at + 1, end);
    case TAG.true:
    case TAG.false:
    case TAG.null:
      return at + 1;
    case TAG.float32:
      return skipFloat(bytes, at + 1, end, 4);
    case TAG.float64:
      return skipFloat(bytes, at + 1, end, 8);
    case TAG.array:
      return skipArray(bytes, at + 1, end, depthLeft);
    case TAG.object:
      return skipObject(bytes, at + 1, end, depthLeft);
    default:
      return UNSURE;
  }
}

function skipString(bytes: Uint8Array, at: number, end: number): number {
  const from = skipLength(bytes, at, end);
  if (from === UNSURE) return UNSURE;
  const to = from + lengthAt(bytes, at);
  return to <= end && isUtf8(bytes, from, to) ? to : UNSURE;
}

function skipInteger(bytes: Uint8Array, at: number, end: number): number {
  const first = at < end ? (bytes[at] as number) : 0;
  if (at >= end || (first & 0x7f) === 0x40) return UNSURE;
  if (first < 0x80) return at + 1;
  let magnitude = first & 0x3f;
  let scale = 64;
  for (let next = at + 1; next < end && next < at + VARINT_BYTES; next += 1) {
    const byte = bytes[next] as number;
    magnitude += (byte & 0x7f) * scale;
    if (byte < 0x80) return byte === 0 || magnitude > BITS31 ? UNSURE : next + 1;
    scale *= 128;
  }
  return UNSURE;
}

function skipFloat(bytes: Uint8Array, at: number, end: number, lengthBytes: 4 | 8): number {
  if (at + lengthBytes > end) return UNSURE;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, lengthBytes);
  const value = lengthBytes === 4 ? view.getFloat32(0) : view.getFloat64(0);
  return isFloatForm(value, lengthBytes) ? at + lengthBytes : UNSURE;
}

function skipArray(bytes: Uint8Array, at: number, end: number, depthLeft: number): number {
  let next = skipLength(bytes, at, end);
  if (next === UNSURE || depthLeft === 0) return UNSURE;
  for (let left = lengthAt(bytes, at); left > 0; left -= 1) {
    next = skipValue(bytes, next, end, depthLeft - 1);
    if (next === UNSURE) return UNSURE;
  }
  return next;
}

function skipObject(bytes: Uint8Array, at: number, end: number, depthLeft: number): number {
  const from = skipLength(bytes, at, end);
  if (from === UNSURE || depthLeft === 0) return UNSURE;
  const count = lengthAt(bytes, at);
  if (count > MOST_KEYS) return UNSURE;
  let next = from;
  for (let earlier = 0; earlier < count; earlier += 1) {
    const to = skipString(bytes, next, end);
    if (to === UNSURE || !isPlainKey(bytes, next, to, depthLeft, earlier)) return UNSURE;
    // an object in it is one deeper, and has places of its own
    const place = placeOf(depthLeft, earlier);
    keys[place] = next;
    keys[place + 1] = to;
    next = skipValue(bytes, to, end, depthLeft - 1);
    if (next === UNSURE) return UNSURE;
  }
  return next;
}

/** Where the keys of the objects lie that are being gone over, by depth: filled anew by each object, so that none is made for it. */
const keys = Array.from({ length: (DEEPEST + 1) * MOST_KEYS * 2 }, () => 0);

function placeOf(depthLeft: number, index: number): number {
  return (depthLeft * MOST_KEYS + index) * 2;
}

/** Says whether the key in `[from, to)`, length byte included, needs no second look: new here, no array index, not of a dangerous length. */
function isPlainKey(bytes: Uint8Array, from: number, to: number, depthLeft: number, earlier: number): boolean {
  const lengthBytes = to - from - 1;
  const first = bytes[from + 1] as number;
  // `__proto__` and `prototype` have 9 letters, `constructor` has 11
  if ((lengthBytes === 9 && (first === 0x5f || first === 0x70)) || (lengthBytes === 11 && first === 0x63)) return false;
  // a digit may begin an array index, whose order counts
  if (lengthBytes > 0 && first >= 0x30 && first <= 0x39) return false;
  for (let i = 0; i < earlier; i += 1) {
    const place = placeOf(depthLeft, i);
    if (isSame(bytes, from, to, keys[place] as number, keys[place + 1] as number)) return false;
  }
  return true;
}

function isSame(bytes: Uint8Array, from: number, to: number, otherFrom: number, otherTo: number): boolean {
  if (to - from !== otherTo - otherFrom) return false;
  for (let i = 0; i < to - from; i += 1) if (bytes[from + i] !== bytes[otherFrom + i]) return false;
  return true;
}
