import { HIGH_AREAS, Outage, type ReplicaArea, type ReplicaStore, type ReplicaWrite } from '@chungtay/core/sync/ports';
import { describe, expect, it } from 'vitest';

/** One store under contract: how to make it fail, and how the next process finds its disk. */
export interface ReplicaStoreSubject {
  readonly store: ReplicaStore;
  /** Returns the store of the next process on the same disk. */
  reopen(): Promise<ReplicaStore>;
  /** Makes the next commit fail as a full disk does. */
  fillDisk(): void;
  /** Damages one stored record behind the store's back. */
  damage(area: ReplicaArea, key: string): Promise<void>;
}

const AREAS: readonly ReplicaArea[] = ['log', 'outbox', 'kept', 'packs', 'quarantine', 'meta', 'drafts', ...HIGH_AREAS];

/** Holds every ReplicaStore to what the replica builds on. Rules RST-1 … RST-4. */
export function replicaStoreContract(name: string, make: () => Promise<ReplicaStoreSubject>): void {
  describe(`${name} keeps the contract of a replica store`, () => {
    it('[RST-1] gives back what was committed, in this process and the next', async () => {
      const subject = await make();
      await subject.store.commit(AREAS.map((area, i) => put(area, 'one', [i, 0, 255])));
      const next = await subject.reopen();
      for (const [i, area] of AREAS.entries()) {
        expect(await next.read(area, 'one')).toEqual(Uint8Array.of(i, 0, 255));
        expect(await next.readAll(area)).toEqual({
          records: [{ key: 'one', bytes: Uint8Array.of(i, 0, 255) }],
          damaged: 0,
        });
      }
    });

    it('[RST-1] keeps areas apart and lists keys in order', async () => {
      const { store } = await make();
      await store.commit([put('log', '0000000010', [3]), put('log', '0000000002', [2]), put('log', '0000000001', [1])]);
      await store.commit([put('outbox', '0000000002', [9])]);
      const { records } = await store.readAll('log');
      expect(records.map(({ key, bytes }) => [key, bytes[0]])).toEqual([
        ['0000000001', 1],
        ['0000000002', 2],
        ['0000000010', 3],
      ]);
      expect(await store.read('outbox', '0000000001')).toBeNull();
    });

    it('[RST-1] removes, overwrites, and takes an empty batch', async () => {
      const { store } = await make();
      await store.commit([put('meta', '1', [1]), put('meta', '2', [2])]);
      await store.commit([put('meta', '1', [7]), { area: 'meta', key: '2', bytes: null }, remove('meta', 'never')]);
      await store.commit([]);
      expect(await store.read('meta', '1')).toEqual(Uint8Array.of(7));
      expect(await store.read('meta', '2')).toBeNull();
    });

    it('[RST-2] writes all or nothing, and says which', async () => {
      const subject = await make();
      await subject.store.commit([put('meta', '1', [1])]);
      subject.fillDisk();
      const batch = [put('meta', '1', [2]), put('outbox', '000000000001', [3])];
      const failure = await subject.store.commit(batch).then(
        () => null,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(Outage);
      const isUntouched = async (store: ReplicaStore): Promise<void> => {
        expect(await store.read('meta', '1')).toEqual(Uint8Array.of(1));
        expect(await store.read('outbox', '000000000001')).toBeNull();
      };
      await isUntouched(subject.store);
      await isUntouched(await subject.reopen());
    });

    it('[RST-2] goes on after an Outage', async () => {
      const subject = await make();
      subject.fillDisk();
      await expect(subject.store.commit([put('meta', '1', [1])])).rejects.toBeInstanceOf(Outage);
      await subject.store.commit([put('meta', '1', [2])]);
      expect(await subject.store.read('meta', '1')).toEqual(Uint8Array.of(2));
    });

    it('[RST-3] commits in the order asked for, without waiting between', async () => {
      const { store } = await make();
      await Promise.all(Array.from({ length: 20 }, (_, i) => store.commit([put('meta', '1', [i])])));
      expect(await store.read('meta', '1')).toEqual(Uint8Array.of(19));
    });

    it('[RST-3] neither keeps the bytes it was given nor lends its own', async () => {
      const { store } = await make();
      const bytes = Uint8Array.of(1, 2, 3);
      await store.commit([{ area: 'meta', key: '1', bytes }]);
      bytes.fill(0);
      (await store.read('meta', '1'))?.fill(9);
      expect(await store.read('meta', '1')).toEqual(Uint8Array.of(1, 2, 3));
    });

    it('[RST-4] leaves a damaged record out, counts it, and heals it when it is written again', async () => {
      const subject = await make();
      await subject.store.commit([put('packs', '1', [1]), put('packs', '2', [2])]);
      await subject.damage('packs', '1');
      const next = await subject.reopen();
      expect(await next.readAll('packs')).toEqual({ records: [{ key: '2', bytes: Uint8Array.of(2) }], damaged: 1 });
      expect(await next.read('packs', '1')).toBeNull();
      await next.commit([put('packs', '1', [5])]);
      expect((await next.readAll('packs')).damaged).toBe(0);
    });
  });
}

function put(area: ReplicaArea, key: string, bytes: readonly number[]): ReplicaWrite {
  return { area, key, bytes: Uint8Array.from(bytes) };
}

function remove(area: ReplicaArea, key: string): ReplicaWrite {
  return { area, key, bytes: null };
}
