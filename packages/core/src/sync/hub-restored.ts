/**
 * A Hub that was put back from an older backup knows it by what it once sealed: a cursor that its Feed does not run through. Such a cursor
 * is also the proof that a device may hand in again what this Hub has forgotten. Holds RES-1 … RES-4.
 */
import type { DeviceId } from '../model/ids.ts';
import { markOf, openCursor } from './cursor.ts';
import type { Standing } from './cursor.ts';
import type { Envelope } from './envelope.ts';
import type { HubIndex } from './hub-index.ts';
import type { Overlay } from './hub-overlay.ts';
import { epochOf, isLeased } from './leases.ts';
import type { FeedStore, Sealer } from './ports.ts';

/** What the memory of a Hub is read from. */
export interface RestoredPorts {
  readonly store: Pick<FeedStore, 'readEntries'>;
  readonly sealer: Sealer;
}

/** So long a device that came back waits for what others wrote before it, and have not handed in again yet. */
const AWAITED_MS = 15 * 60_000;

/** What is known, since the start, of devices that hold more than this Hub remembers. */
export class Restored {
  readonly #ports: RestoredPorts;
  readonly #sinceMs = new Map<DeviceId, number>();

  constructor(ports: RestoredPorts) {
    this.#ports = ports;
  }

  /** Says whether the Feed still runs through where a device stands. Rejects with an Outage. */
  async isRemembered({ done: { seq, mark } }: Standing, index: HubIndex): Promise<boolean> {
    if (seq === 0) return true;
    if (seq > index.headSeq) return false;
    if (seq === index.headSeq) return mark === markOf(index.headHash);
    const [entry] = await this.#ports.store.readEntries(seq - 1, seq, 1);
    return entry !== undefined && mark === markOf(entry.hash);
  }

  /** Notes that the device showed a cursor of forgotten times. */
  note(device: DeviceId, nowMs: number): void {
    if (!this.#sinceMs.has(device)) this.#sinceMs.set(device, nowMs);
  }

  /** Says whether the envelope may be one that this Hub has forgotten: its device, or the cursor in it, proves forgotten times. */
  async isForgotten(envelope: Envelope, index: HubIndex, nowMs: number): Promise<boolean> {
    if (this.#sinceMs.has(envelope.device)) return true;
    const isOld = await this.hasSeenForgotten(envelope, index);
    if (isOld) this.note(envelope.device, nowMs);
    return isOld;
  }

  /** Says whether the envelope was written at a moment that this Hub has forgotten. */
  async hasSeenForgotten({ seen, device }: Envelope, index: HubIndex): Promise<boolean> {
    const standing = openCursor(seen, device, this.#ports.sealer);
    return standing !== null && !(await this.isRemembered(standing, index));
  }

  /** Says whether what the device's envelope leans on may still be handed in by others. */
  isAwaited(device: DeviceId, nowMs: number): boolean {
    const sinceMs = this.#sinceMs.get(device);
    return sinceMs !== undefined && nowMs < sinceMs + AWAITED_MS;
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
