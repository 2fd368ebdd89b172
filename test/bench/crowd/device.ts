/** One device of a crowd: what every peer's client does in its own way. */
import type { Seat } from './seats.ts';

/** What a device tells as it hears it. */
export interface Hears {
  /** The server has acknowledged the document up to `stroke`. */
  stored(number: number, stroke: number): void;
  /** Somebody else's document is here as of `stroke`. */
  arrived(number: number, stroke: number): void;
}

/** Where a crowd meets. */
export interface Meeting {
  readonly port: number;
  /** What the server answered when it was told of the seats. */
  readonly admitted: unknown;
  readonly folder: string;
}

/** See the file's head. Strokes of a document are written and sent in order. */
export interface CrowdDevice {
  /** Makes a stroke and keeps it; number 0 is the whole document. */
  write(number: number, stroke: number): unknown;
  /** Hands the oldest `count` kept strokes to the engine: sent at once, or when the device comes back. */
  send(count: number): unknown;
  /** Leaves the network. */
  leave(): unknown;
  /** Comes back. */
  come(): unknown;
  /** Says how many bytes wait in its socket, for a device that floods. */
  waitingBytes?(): number;
}

/** Brings a device on line. `place` is its number in the whole crowd. */
export type OpenDevice = (
  seat: Seat,
  place: number,
  meeting: Meeting,
  hears: Hears,
) => CrowdDevice | Promise<CrowdDevice>;
