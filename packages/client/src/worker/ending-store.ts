import { HIGH_AREAS, Outage, type ReplicaArea, type ReplicaStore, type ReplicaWrite } from '@chungtay/core/sync/ports';

/** A store that one replica works on until another takes over: two over one disk would both write under the same numbers. */
export interface EndingStore extends ReplicaStore {
  /** Takes no commit any more; resolves when those under way have ended. */
  end(): Promise<void>;
}

const HIGH: ReadonlySet<ReplicaArea> = new Set(HIGH_AREAS);

/** Returns `store` until it is ended; then commits reject with `storage-lost`. */
export function endingStore(store: ReplicaStore): EndingStore {
  let isOver = false;
  const open = new Set<Promise<void>>();
  return {
    commit(batch) {
      if (isOver) return Promise.reject(new Outage('storage-lost'));
      const done = store.commit(batch);
      open.add(done);
      void done.catch(() => undefined).finally(() => open.delete(done));
      return done;
    },
    readAll: (area) => store.readAll(area),
    read: (area, key) => store.read(area, key),
    async end() {
      isOver = true;
      await Promise.allSettled(open);
    },
  };
}

/**
 * Returns `store` for a tablet whose short lease has ended: what would go under its key is left out, and `left` hears of it before anything
 * of the batch is written. Rule LSE-6.
 */
export function withoutHigh(store: ReplicaStore, left: () => Promise<void>): ReplicaStore {
  const isLeft = ({ area, bytes }: ReplicaWrite): boolean => HIGH.has(area) && bytes !== null;
  return {
    async commit(batch) {
      if (!batch.some(isLeft)) return store.commit(batch);
      await left();
      return store.commit(batch.filter((write) => !isLeft(write)));
    },
    readAll: (area) => (HIGH.has(area) ? Promise.resolve({ records: [], damaged: 0 }) : store.readAll(area)),
    read: (area, key) => (HIGH.has(area) ? Promise.resolve(null) : store.read(area, key)),
  };
}
