import type { World } from '@chungtay/core/base/world';
import { Serial } from '@chungtay/core/sync/device-serial';
import type { ReplicaStore, ReplicaWrite } from '@chungtay/core/sync/ports';
import { Outage } from '@chungtay/core/sync/ports';

const AGAIN_MS = 1_000;
const LATE_MS = 1_500;

/**
 * Returns `store` for a replica at work: what the disk does not take is written again, the same, until it does, so that nobody types it twice
 * and nothing written later overtakes it. Whether it had reached the disk before that failed nobody can say; twice the same is once. `tell`
 * hears every failure at once, and of a commit that does not end within 1.5 s (P3); null once a commit ended. Rejects only with what waiting
 * does not mend.
 */
export function patientStore(store: ReplicaStore, world: World, tell: (trouble: Outage | null) => void): ReplicaStore {
  const serial = new Serial();

  async function isWritten(batch: readonly ReplicaWrite[]): Promise<boolean> {
    const cancel = world.after(LATE_MS, () => tell(new Outage('storage-blocked')));
    try {
      await store.commit(batch);
      tell(null);
      return true;
    } catch (cause) {
      if (!(cause instanceof Outage)) throw cause;
      tell(cause);
      if (cause.kind === 'storage-lost') throw cause;
      return false;
    } finally {
      cancel();
    }
  }

  async function commit(batch: readonly ReplicaWrite[]): Promise<void> {
    while (!(await isWritten(batch))) await new Promise<void>((resolve) => void world.after(AGAIN_MS, resolve));
  }

  return {
    commit: (batch) => serial.run(() => commit(batch)),
    readAll: (area) => store.readAll(area),
    read: (area, key) => store.read(area, key),
  };
}
