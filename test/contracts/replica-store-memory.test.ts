import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import { describe, expect, it } from 'vitest';
import { settle } from '../fixtures/world.ts';
import { replicaStoreContract } from './replica-store.ts';

replicaStoreContract('MemoryReplicaStore', () => {
  const store = new MemoryReplicaStore();
  return Promise.resolve({
    store,
    reopen: () => Promise.resolve(store.reopen()),
    fillDisk: () => store.failNext('storage-full'),
    damage: (area, key) => Promise.resolve(store.damage(area, key)),
  });
});

describe('MemoryReplicaStore dies like a process', () => {
  it.each([
    ['kill-before', null],
    ['kill-after', Uint8Array.of(1)],
  ] as const)('[RST-2] %s: nobody learns of the end, the disk has all or nothing', async (failpoint, left) => {
    const store = new MemoryReplicaStore();
    store.failNext(failpoint);
    let settled = false;
    const note = () => {
      settled = true;
    };
    store.commit([{ area: 'meta', key: '1', bytes: Uint8Array.of(1) }]).then(note, note);
    await settle();
    expect(settled).toBe(false);
    expect(store.isDead).toBe(true);
    expect(await store.reopen().read('meta', '1')).toEqual(left);
  });
});
