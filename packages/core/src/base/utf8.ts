/** Strict UTF-8 in plain code: core has no platform types, and for the short strings of a document this beats TextDecoder. */

const CHUNK_UNITS = 2048;
const REPLACEMENT = 0xfffd;

/** Returns the string in `bytes[from, to)`, or null when it is not well-formed UTF-8: overlong, surrogate, beyond U+10FFFF, cut off. */
export function decodeUtf8(bytes: Uint8Array, from: number, to: number): string | null {
  let text = '';
  let length = 0;
  let at = from;
  while (at < to) {
    const first = bytes[at] as number;
    if (first < 0x80) {
      units[length] = first;
      length += 1;
      at += 1;
    } else {
      const lengthBytes = sequenceLength(first);
      if (lengthBytes === 0 || at + lengthBytes > to) return null;
      const point = codePointAt(bytes, at, lengthBytes);
      if (point < 0) return null;
      length = putUnits(length, point);
      at += lengthBytes;
    }
    if (length >= CHUNK_UNITS) {
      text += textOf(length);
      length = 0;
    }
  }
  return text === '' ? textOf(length) : text + textOf(length);
}

// filled anew by each call: grown anew it would leave ten times the garbage of the text. One more, for the second half of a pair
const units = new Uint16Array(CHUNK_UNITS + 1);
const SHORT_UNITS = 64;
/** By their length, arrays that are filled anew as well: `apply` takes those faster than any view. */
const shorts: number[][] = Array.from({ length: SHORT_UNITS + 1 }, (_, length) => Array.from({ length }, () => 0));

function textOf(length: number): string {
  const short = shorts[length];
  if (short === undefined) return String.fromCharCode.apply(null, units.subarray(0, length) as unknown as number[]);
  for (let i = 0; i < length; i += 1) short[i] = units[i] as number;
  return String.fromCharCode.apply(null, short);
}

/** Says whether `decodeUtf8` would accept `bytes[from, to)`, without making the string. */
export function isUtf8(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    const first = bytes[at] as number;
    if (first < 0x80) at += 1;
    // two bytes, half of what is not ASCII in Vietnamese: said here, since this goes over every text that arrives
    else if (first >= 0xc2 && first < 0xe0) {
      if (at + 2 > to || ((bytes[at + 1] as number) & 0xc0) !== 0x80) return false;
      at += 2;
    } else {
      const lengthBytes = sequenceLength(first);
      if (lengthBytes === 0 || at + lengthBytes > to || codePointAt(bytes, at, lengthBytes) < 0) return false;
      at += lengthBytes;
    }
  }
  return true;
}

/** Returns how many bytes `text` takes in UTF-8, a lone surrogate counting as U+FFFD. */
export function utf8LengthBytes(text: string): number {
  let lengthBytes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) lengthBytes += 1;
    else if (unit < 0x800) lengthBytes += 2;
    else if (isPair(text, i, unit)) {
      lengthBytes += 4;
      i += 1;
    } else lengthBytes += 3;
  }
  return lengthBytes;
}

/** Writes `text` at `at` into `into`, which must have room, and returns the index after it. A lone surrogate becomes U+FFFD, as TextEncoder does. */
export function writeUtf8(into: Uint8Array, at: number, text: string): number {
  let end = at;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      into[end] = unit;
      end += 1;
    } else if (isPair(text, i, unit)) {
      i += 1;
      end = writePoint(into, end, 0x10000 + ((unit - 0xd800) << 10) + (text.charCodeAt(i) - 0xdc00));
    } else {
      end = writePoint(into, end, unit >= 0xd800 && unit < 0xe000 ? REPLACEMENT : unit);
    }
  }
  return end;
}

function sequenceLength(first: number): number {
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

/** Returns the code point, or -1 when a continuation byte is wrong or the sequence is not the shortest one. */
function codePointAt(bytes: Uint8Array, at: number, lengthBytes: number): number {
  let point = (bytes[at] as number) & (0x7f >> lengthBytes);
  for (let i = 1; i < lengthBytes; i += 1) {
    const next = bytes[at + i] as number;
    if ((next & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (next & 0x3f);
  }
  if (lengthBytes === 3 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) return -1;
  if (lengthBytes === 4 && (point < 0x10000 || point > 0x10ffff)) return -1;
  return point;
}

function putUnits(length: number, point: number): number {
  if (point < 0x10000) {
    units[length] = point;
    return length + 1;
  }
  units[length] = 0xd800 + ((point - 0x10000) >> 10);
  units[length + 1] = 0xdc00 + ((point - 0x10000) & 0x3ff);
  return length + 2;
}

function isPair(text: string, i: number, unit: number): boolean {
  if (unit < 0xd800 || unit >= 0xdc00) return false;
  const next = text.charCodeAt(i + 1);
  return next >= 0xdc00 && next < 0xe000;
}

function writePoint(into: Uint8Array, at: number, point: number): number {
  if (point < 0x800) {
    into[at] = 0xc0 | (point >> 6);
    into[at + 1] = 0x80 | (point & 0x3f);
    return at + 2;
  }
  if (point < 0x10000) {
    into[at] = 0xe0 | (point >> 12);
    into[at + 1] = 0x80 | ((point >> 6) & 0x3f);
    into[at + 2] = 0x80 | (point & 0x3f);
    return at + 3;
  }
  into[at] = 0xf0 | (point >> 18);
  into[at + 1] = 0x80 | ((point >> 12) & 0x3f);
  into[at + 2] = 0x80 | ((point >> 6) & 0x3f);
  into[at + 3] = 0x80 | (point & 0x3f);
  return at + 4;
}
