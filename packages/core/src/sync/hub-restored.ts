/**
 * A Hub that was put back from an older backup knows it by what it once sealed: a cursor that its Feed does not run through. Such a cursor
 * is also the proof that a device may hand in again what this Hub has forgotten. Holds RES-1 … RES-4, RES-6.
 */
import type { DeviceId } from '../model/ids.ts';
import { markOf, openCursor } from './cursor.ts';
import type { Standing } from './cursor.ts';
import { lastClientOf } from './device-last-client.ts';
import type { Envelope } from './envelope.ts';
import type { HubIndex } from './hub-index.ts';
import type { Overlay } from './hub-overlay.ts';
import { epochOf, isLeased } from './leases.ts';
import type { FeedStore, Sealer } from './ports.ts';

/** What the memory of a Hub is read from. */
export interface RestoredPorts {
  readonly store: Pick<FeedStore, 'readLines' | 'readStored'>;
  readonly sealer: Sealer;
}

/** So long a device that came back waits for what others wrote before it, and have not handed in again yet. */
const AWAITED_MS = 15 * 60_000;

/** So many envelopes of a device may ask for more than the Hub remembers, beyond the entries that its cursor proves to be forgotten: what still waited on it. */
export const GRACE = 512;

/** A device that showed a cursor of forgotten times. */
interface Returned {
  readonly sinceMs: number;
  /** How many entries of the Feed lie between what this Hub remembered then and where the device had been. */
  readonly entries: number;
}

/** What is known, since the start, of devices that hold more than this Hub remembers. */
export class Restored {
  readonly #ports: RestoredPorts;
  readonly #returned = new Map<DeviceId, Returned>();
  readonly #graced = new Map<DeviceId, Set<number>>();

  constructor(ports: RestoredPorts) {
    this.#ports = ports;
  }

  /** Says whether the Feed still runs through where a device stands. Rejects with an Outage. */
  async isRemembered({ done: { seq, mark } }: Standing, index: HubIndex): Promise<boolean> {
    if (seq === 0) return true;
    if (seq > index.headSeq) return false;
    if (seq === index.headSeq) return mark === markOf(index.headHash);
    const [entry] = await this.#ports.store.readLines(seq - 1, seq, 1);
    return entry !== undefined && mark === markOf(entry.hash);
  }

  /** Notes that the device showed a cursor of forgotten times. */
  note(device: DeviceId, { done }: Standing, index: HubIndex, nowMs: number): void {
    const known = this.#returned.get(device);
    const entries = Math.max(known?.entries ?? 0, done.seq - index.headSeq);
    this.#returned.set(device, { sinceMs: known?.sinceMs ?? nowMs, entries });
  }

  /** Says whether the envelope may be one that this Hub has forgotten: its device, or the cursor in it, proves forgotten times. */
  async isForgotten(envelope: Envelope, index: HubIndex, nowMs: number): Promise<boolean> {
    if (this.#returned.has(envelope.device)) return true;
    const standing = await this.#forgottenBy(envelope, index);
    if (standing) this.note(envelope.device, standing, index, nowMs);
    return standing !== null;
  }

  /** Says whether the envelope was written at a moment that this Hub has forgotten. */
  async hasSeenForgotten(envelope: Envelope, index: HubIndex): Promise<boolean> {
    return (await this.#forgottenBy(envelope, index)) !== null;
  }

  /**
   * Says whether this envelope may have what only forgotten times can explain: a gap before it, a client id nobody has, a right nobody
   * remembers. Only until its device has written under a client id of later times, and for no more envelopes than the Feed has lost
   * entries since the device was there, and GRACE (RES-6). Rejects with an Outage.
   */
  async hasGrace({ device, n, client }: Envelope, overlay: Overlay): Promise<boolean> {
    const graced = this.#graced.get(device) ?? new Set<number>();
    if (graced.has(n)) return true;
    const lastClient = await lastClientOf(device, overlay, this.#ports.store);
    if (lastClient !== null && epochOf(lastClient) > epochOf(client)) return false;
    if (graced.size >= GRACE + (this.#returned.get(device)?.entries ?? 0)) return false;
    this.#graced.set(device, graced.add(n));
    return true;
  }

  async #forgottenBy({ seen, device }: Envelope, index: HubIndex): Promise<Standing | null> {
    const standing = openCursor(seen, device, this.#ports.sealer);
    return standing !== null && !(await this.isRemembered(standing, index)) ? standing : null;
  }

  /** Says whether what the device's envelope leans on may still be handed in by others. */
  isAwaited(device: DeviceId, nowMs: number): boolean {
    const returned = this.#returned.get(device);
    // a clock that was put back meanwhile must not make it wait for years
    return returned !== undefined && Math.abs(nowMs - returned.sinceMs) < AWAITED_MS;
  }
}

/** Says whether a client id of an ended epoch is nobody's, as far as this Hub remembers: it belongs to whoever proves to come from there. */
export function isNobodys(client: number, overlay: Overlay): boolean {
  const epoch = epochOf(client);
  if (epoch < 1 || epoch >= overlay.epoch) return false;
  for (const { device } of overlay.index.devices())
    if (isLeased(overlay.device(device)?.leases ?? [], client)) return false;
  return true;
}
