/** Where a device stands in the Feed: dense numbers inside the Hub, one opaque token outside (FEED-1). */
import type { DeviceId } from '../model/ids.ts';
import type { Sealer } from './ports.ts';

/** One moment of the Feed. */
export interface Moment {
  /** The last entry it covers; 0 before the first. */
  readonly seq: number;
  /** Hub time, for rights that ended by the clock. */
  readonly atMs: number;
  /** How many documents existed. */
  readonly documents: number;
}

/** A moment with a mark of the entry it ends at: whether this Hub's Feed still runs through it. */
export interface Reached extends Moment {
  /** The first bits of the entry's hash. */
  readonly mark: number;
}

/**
 * What a device holds. Normally everything as of `base`. On its way there (bootstrap, a long absence) documents are sent in order of
 * creation: those up to `position` stand at `done`, the others still at `base`.
 */
export interface Standing {
  readonly epoch: number;
  readonly base: Moment;
  readonly done: Reached;
  /** Ordinal of the last document that stands at `done`; 0 when nothing is under way. */
  readonly position: number;
}

/** Before anything. */
export const START: Reached = { seq: 0, atMs: 0, documents: 0, mark: 0 };

// 2 — with the mark
const VERSION = 2;
// a fixed length, so that a token's size says nothing; sealed it fits the 96 bytes an envelope has for it
const DEVICE_BYTES = 26;
const DEVICE_AT = 42;
const PLAIN_BYTES = DEVICE_AT + DEVICE_BYTES;
const MARK_BYTES = 3;
const WIDE = 0x1_0000_0000;

/** Returns the token of a device's standing. The same standing gives another token each time. */
export function sealCursor(standing: Standing, device: DeviceId, sealer: Sealer): Uint8Array {
  const plain = new Uint8Array(PLAIN_BYTES);
  const view = new DataView(plain.buffer);
  view.setUint8(0, VERSION);
  view.setUint16(1, standing.epoch);
  writeMoment(view, 3, standing.base);
  writeMoment(view, 19, standing.done);
  view.setUint32(35, standing.position);
  for (let i = 0; i < MARK_BYTES; i += 1) plain[39 + i] = (standing.done.mark >> (8 * i)) & 0xff;
  for (let i = 0; i < DEVICE_BYTES; i += 1) plain[DEVICE_AT + i] = device.charCodeAt(i);
  return sealer.seal(plain);
}

/** Returns the standing that this Hub sealed for this very device, or null. */
export function openCursor(cursor: Uint8Array, device: DeviceId, sealer: Sealer): Standing | null {
  if (cursor.length === 0) return null;
  const plain = sealer.open(cursor);
  if (plain?.length !== PLAIN_BYTES || plain[0] !== VERSION) return null;
  if (String.fromCharCode(...plain.subarray(DEVICE_AT)) !== device) return null;
  const view = new DataView(plain.buffer, plain.byteOffset, PLAIN_BYTES);
  return {
    epoch: view.getUint16(1),
    base: readMoment(view, 3),
    done: { ...readMoment(view, 19), mark: markOf(plain.subarray(39)) },
    position: view.getUint32(35),
  };
}

/** Returns the mark of an entry's hash. */
export function markOf(hash: Uint8Array): number {
  return (hash[0] ?? 0) | ((hash[1] ?? 0) << 8) | ((hash[2] ?? 0) << 16);
}

function writeMoment(view: DataView, at: number, { seq, atMs, documents }: Moment): void {
  writeUint48(view, at, seq);
  writeUint48(view, at + 6, atMs);
  view.setUint32(at + 12, documents);
}

function readMoment(view: DataView, at: number): Moment {
  return { seq: readUint48(view, at), atMs: readUint48(view, at + 6), documents: view.getUint32(at + 12) };
}

function writeUint48(view: DataView, at: number, value: number): void {
  view.setUint16(at, Math.floor(value / WIDE));
  view.setUint32(at + 2, value % WIDE);
}

function readUint48(view: DataView, at: number): number {
  return view.getUint16(at) * WIDE + view.getUint32(at + 2);
}
