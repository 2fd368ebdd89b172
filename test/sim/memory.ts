/** What the simulation remembers of the Hub's promises, beside what the Hub itself does. */
import { equalBytes } from '@chungtay/core/base/bytes';
import type { DeviceId } from '@chungtay/core/model/ids';
import type { FeedEntry, FeedStore } from '@chungtay/core/sync/ports';
import type { SimDevice } from './device.ts';

/** One envelope that the Hub owes somebody. */
export interface Owed {
  readonly device: DeviceId;
  readonly n: number;
  readonly body: Uint8Array;
}

/** See the file's head. */
export class Memory {
  /** What a device was told to be stored, and no restore took away since (P2). */
  readonly acknowledged = new Map<string, Owed>();
  /** What a restored Hub has forgotten, and the tablet that wrote it holds (P7). */
  readonly toComeBack = new Map<string, Owed>();

  /** Notes that a device was told so. */
  promised(device: DeviceId, { n, body }: FeedEntry): void {
    this.acknowledged.set(`${device} ${n}`, { device, n, body });
  }

  /** The Hub is about to be put back to `backup`. */
  async restored(store: FeedStore, backup: FeedStore, devices: readonly SimDevice[]): Promise<void> {
    const { headSeq } = await store.load();
    for (const entry of await store.readEntries(0, headSeq, headSeq)) {
      const { device, n, body, type } = entry;
      if (type !== 'envelope' || !device || (await holds(backup, { device, n, body }))) continue;
      this.acknowledged.delete(`${device} ${n}`);
      const keeper = devices.find((one) => one.id === device && !one.isGone && one.keeps(body));
      // it may have come back from an earlier restore, and have gone from the tablet with its file since
      if (keeper) this.toComeBack.set(`${device} ${n}`, { device, n, body });
      else this.toComeBack.delete(`${device} ${n}`);
    }
  }
}

/** Says whether the store holds this very envelope. */
export async function holds(store: FeedStore, { device, n, body }: Owed): Promise<boolean> {
  const entry = await store.readStored(device, n);
  return entry !== null && equalBytes(entry.body, body);
}
