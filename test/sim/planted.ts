/** Mistakes planted on purpose, each known from a system that made it: the simulation is worth something only if it finds them. */
import type { FeedBatch, FeedStore, ReplicaStore } from '@chungtay/core/sync/ports';
import { PLANTED_IN_ACCESS } from './planted-access.ts';
import { PLANTED_AT_THE_HUB } from './planted-hub.ts';
import { PLANTED_ON_TABLETS } from './planted-tablet.ts';
import type { Planted } from './planting.ts';

/** Every planted mistake, by name. */
export const PLANTED = { ...PLANTED_ON_TABLETS, ...PLANTED_AT_THE_HUB, ...PLANTED_IN_ACCESS } satisfies Record<
  string,
  Planted
>;

/** One of PLANTED. */
export type Bug = keyof typeof PLANTED;

/** Returns a tablet's store with the mistake in it. */
export function carelessTablet(inner: ReplicaStore, planted: Planted): ReplicaStore {
  const spoil = planted.onTablet?.();
  if (!spoil && !planted.isSilent) return inner;
  return {
    commit: async (batch) => {
      const done = inner.commit(spoil?.(batch) ?? batch);
      await (planted.isSilent ? done.catch(() => undefined) : done);
    },
    readAll: (area) => inner.readAll(area),
    read: (area, key) => inner.read(area, key),
  };
}

/** Returns a Hub's store with the mistake in it. */
export function carelessHub(inner: FeedStore, planted: Planted): FeedStore {
  const commit = planted.onHub?.();
  const forgets = planted.forgets ?? [];
  return new Proxy(inner, {
    get(target, name) {
      if (name === 'commit' && commit) return (batch: FeedBatch) => commit(batch, target);
      if ((forgets as readonly unknown[]).includes(name)) return () => Promise.resolve(null);
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
