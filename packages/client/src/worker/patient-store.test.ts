import type { World } from '@chungtay/core/base/world';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import type { Outage, ReplicaStore } from '@chungtay/core/sync/ports';
import { describe, expect, it } from 'vitest';
import { browserWorld } from '../platform/world.ts';
import { patientStore } from './patient-store.ts';

const bytes = new Uint8Array([1]);

/** A world whose time a test lets pass. */
function standingWorld() {
  const waiting = new Set<{ leftMs: number; readonly wake: () => void }>();
  const world: World = {
    ...browserWorld(),
    after: (leftMs, wake) => {
      const wait = { leftMs, wake };
      waiting.add(wait);
      return () => void waiting.delete(wait);
    },
  };
  async function pass(ms: number): Promise<void> {
    for (const wait of waiting.values().toArray()) {
      wait.leftMs -= ms;
      if (wait.leftMs <= 0 && waiting.delete(wait)) wait.wake();
    }
    await settle();
  }
  return { world, pass };
}

function settle(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** A patient store over `store`, and what it told. */
function patientOver(store: ReplicaStore) {
  const told: (Outage['kind'] | 'ok')[] = [];
  const { world, pass } = standingWorld();
  const patient = patientStore(store, world, (trouble) => told.push(trouble?.kind ?? 'ok'));
  return { patient, told, pass };
}

describe('[P3] a patient store', () => {
  it.each(['storage-full', 'storage-blocked'] as const)(
    'tells of %s at once, and writes the same again',
    async (kind) => {
      const disk = new MemoryReplicaStore();
      const { patient, told, pass } = patientOver(disk);
      disk.failNext(kind);
      const written = patient.commit([{ area: 'meta', key: 'a', bytes }]);
      await settle();
      expect([told, disk.keys('meta')]).toEqual([[kind], []]);
      await pass(1_000);
      await written;
      expect([told, disk.keys('meta')]).toEqual([[kind, 'ok'], ['a']]);
    },
  );

  it('lets nothing that was written later overtake', async () => {
    const disk = new MemoryReplicaStore();
    const { patient, pass } = patientOver(disk);
    disk.failNext('storage-full');
    const both = [1, 2].map((n) => patient.commit([{ area: 'drafts', key: 'a', bytes: new Uint8Array([n]) }]));
    await settle();
    expect(disk.commits).toBe(0);
    await pass(1_000);
    await Promise.all(both);
    expect(await patient.read('drafts', 'a')).toEqual(new Uint8Array([2]));
  });

  it('says so when a commit does not end', async () => {
    let end = (): void => undefined;
    const commit = () => new Promise<void>((resolve) => (end = resolve));
    const { patient, told, pass } = patientOver(Object.assign(new MemoryReplicaStore(), { commit }));
    const written = patient.commit([{ area: 'meta', key: 'a', bytes }]);
    await settle();
    await pass(1_499);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual(['storage-blocked']);
    end();
    await written;
    expect(told).toEqual(['storage-blocked', 'ok']);
  });

  it('has no patience with a storage that is gone', async () => {
    const disk = new MemoryReplicaStore();
    const { patient, told } = patientOver(disk);
    disk.failNext('storage-lost');
    await expect(patient.commit([{ area: 'meta', key: 'a', bytes }])).rejects.toMatchObject({ kind: 'storage-lost' });
    expect(told).toEqual(['storage-lost']);
  });
});
