/** From the bytes of a path to its place, without making the text: a commune's documents name the same few hundred fields a million times. */
import { decodeUtf8 } from '../base/utf8.ts';
import { fieldOfPath } from './field-key.ts';
import type { FieldKey } from './field-key.ts';

/** Sums up a path while it is read: begin with `PATH_SEED`, add every byte. */
export const PATH_SEED = 0x811c9dc5;

interface KnownPath {
  readonly bytes: Uint8Array;
  readonly field: FieldKey;
}

// one place a slot, the newest stays: a stranger's made-up names cannot fill the memory
const SLOTS = 4096;
const known: (KnownPath | undefined)[] = Array.from({ length: SLOTS }, () => undefined);

/** Returns the sum with one more byte. */
export function addToPath(sum: number, byte: number): number {
  return Math.imul(sum ^ byte, 0x01000193);
}

/** Returns the place at the path `bytes[from, to)`, whose bytes add up to `sum`; null when it is none. */
export function fieldAtBytes(bytes: Uint8Array, from: number, to: number, sum: number): FieldKey | null {
  const slot = (sum ^ (sum >>> 15)) & (SLOTS - 1);
  const found = known[slot];
  if (found !== undefined && isAt(found.bytes, bytes, from, to)) return found.field;
  const path = decodeUtf8(bytes, from, to);
  const field = path === null ? null : fieldOfPath(path);
  if (field !== null) known[slot] = { bytes: bytes.slice(from, to), field };
  return field;
}

function isAt(path: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (path.length !== to - from) return false;
  for (let i = 0; i < path.length; i += 1) if (path[i] !== bytes[from + i]) return false;
  return true;
}
