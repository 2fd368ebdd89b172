import { inflateSync, strFromU8 } from 'fflate';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { rosterError } from './errors.ts';
import type { RosterError } from './errors.ts';

/** What a zip may cost before one byte of it is inflated [IMP-2]. */
export interface ZipLimits {
  readonly maxEntries: number;
  /** Of all wanted entries together, inflated. */
  readonly maxInflatedBytes: number;
  /** Inflated to packed; only looked at beyond a mebibyte, since small repetitive parts pack very well. */
  readonly maxRatio: number;
}

/** Twenty times the largest commune's sheet, and still little memory for a tablet. */
export const ZIP_LIMITS: ZipLimits = { maxEntries: 2000, maxInflatedBytes: 64 * 1024 * 1024, maxRatio: 250 };

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly inflatedBytes: number;
  readonly at: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const ZIP64_EXTRA = 1;
const IN_EXTRA = 0xffffffff;
const ENCRYPTED_BIT = 1;
const STORED = 0;
const DEFLATED = 8;
const RATIO_FREE_BYTES = 1024 * 1024;

/**
 * Returns the wanted entries of a zip by name, each checked against its CRC-32. The central directory is judged first:
 * errors are `damaged`, `encrypted` and `zipBomb`.
 */
export function readZip(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
  limits: ZipLimits = ZIP_LIMITS,
): Result<Map<string, Uint8Array>, RosterError> {
  const entries = readDirectory(bytes, limits);
  if (!entries.ok) return entries;
  const wanted = entries.value.filter((entry) => isWanted(entry.name));
  if (!isAffordable(wanted, limits)) return err(rosterError('zipBomb'));
  const parts = new Map<string, Uint8Array>();
  for (const entry of wanted) {
    const part = inflateEntry(bytes, entry);
    if (!part) return err(rosterError('damaged'));
    parts.set(entry.name, part);
  }
  return ok(parts);
}

function isAffordable(entries: readonly Entry[], limits: ZipLimits): boolean {
  let inflatedBytes = 0;
  for (const entry of entries) {
    inflatedBytes += entry.inflatedBytes;
    const isLarge = entry.inflatedBytes > RATIO_FREE_BYTES;
    if (isLarge && entry.inflatedBytes > entry.packedBytes * limits.maxRatio) return false;
  }
  return inflatedBytes <= limits.maxInflatedBytes;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) if (view.getUint32(at, true) === END) return at;
  return -1;
}

function readDirectory(bytes: Uint8Array, limits: ZipLimits): Result<Entry[], RosterError> {
  const view = viewOf(bytes);
  const end = findEnd(view);
  if (end < 0) return err(rosterError('damaged'));
  const count = view.getUint16(end + 10, true);
  if (count > limits.maxEntries) return err(rosterError('zipBomb'));
  let at = view.getUint32(end + 16, true);
  const entries: Entry[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) return err(rosterError('damaged'));
    if (view.getUint16(at + 8, true) & ENCRYPTED_BIT) return err(rosterError('encrypted'));
    const nameBytes = view.getUint16(at + 28, true);
    const entry = readEntry(bytes, view, at, nameBytes);
    if (!entry) return err(rosterError('damaged'));
    entries.push(entry);
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return ok(entries);
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, nameBytes: number): Entry | null {
  const extraAt = at + 46 + nameBytes;
  const extraEnd = extraAt + view.getUint16(at + 30, true);
  if (extraEnd > bytes.length) return null;
  const wide = readWideNumbers(view, extraAt, extraEnd);
  const numberAt = (place: number) => {
    const narrow = view.getUint32(place, true);
    return narrow === IN_EXTRA ? (wide.shift() ?? narrow) : narrow;
  };
  // zip64 keeps the numbers that do not fit in this very order
  const inflatedBytes = numberAt(at + 24);
  const packedBytes = numberAt(at + 20);
  return {
    name: strFromU8(bytes.subarray(at + 46, extraAt)).replaceAll('\\', '/'),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packedBytes,
    inflatedBytes,
    at: numberAt(at + 42),
  };
}

function readWideNumbers(view: DataView, from: number, end: number): number[] {
  for (let at = from; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== ZIP64_EXTRA) continue;
    const count = Math.min(3, Math.floor(Math.min(view.getUint16(at + 2, true), end - at - 4) / 8));
    return Array.from({ length: count }, (_, i) => Number(view.getBigUint64(at + 4 + i * 8, true)));
  }
  return [];
}

function inflateEntry(bytes: Uint8Array, entry: Entry): Uint8Array | null {
  const view = viewOf(bytes);
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== LOCAL) return null;
  const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const packed = bytes.subarray(start, start + entry.packedBytes);
  if (packed.length !== entry.packedBytes) return null;
  const part =
    entry.method === STORED ? packed : entry.method === DEFLATED ? inflate(packed, entry.inflatedBytes) : null;
  return part && part.length === entry.inflatedBytes && crc32(part) === entry.crc ? part : null;
}

/** A lying size cannot cost memory: what is inflated never grows beyond the array given. */
function inflate(packed: Uint8Array, inflatedBytes: number): Uint8Array | null {
  try {
    return inflateSync(packed, { out: new Uint8Array(inflatedBytes) });
  } catch {
    return null;
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
