import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../test/fixtures/world.ts';
import { Drafts } from './drafts.ts';
import { MemoryReplicaStore } from './memory-replica-store.ts';
import { Outage } from './ports.ts';

const form = { fields: { place: 'Thôn 6', children: [{ name: 'Lầu Y Xia', age: 9 }] }, step: 2, note: null };

describe('drafts', () => {
  it('[REP-11] survive the end of the process, as they were', async () => {
    const store = new MemoryReplicaStore();
    await new Drafts(store, nodeCrypto).save('intake/1', form);
    const drafts = new Drafts(store.reopen(), nodeCrypto);
    expect(await drafts.read('intake/1')).toEqual(form);
    expect(await drafts.all()).toEqual([{ key: 'intake/1', value: form }]);
  });

  it('[REP-11] are replaced by the next save and removed by null', async () => {
    const drafts = new Drafts(new MemoryReplicaStore(), nodeCrypto);
    await drafts.save('import/tam-mỹ', ['hàng 7']);
    await drafts.save('import/tam-mỹ', ['hàng 7', 'hàng 9']);
    expect(await drafts.read('import/tam-mỹ')).toEqual(['hàng 7', 'hàng 9']);
    await drafts.save('import/tam-mỹ', null);
    expect(await drafts.read('import/tam-mỹ')).toBeNull();
    expect(await drafts.all()).toEqual([]);
  });

  it('[REP-11] say so when they could not be kept', async () => {
    const store = new MemoryReplicaStore();
    store.failNext('storage-full');
    await expect(new Drafts(store, nodeCrypto).save('a', form)).rejects.toEqual(new Outage('storage-full'));
  });

  it('[REP-11] have record keys that say nothing', async () => {
    const store = new MemoryReplicaStore();
    await new Drafts(store, nodeCrypto).save('intake/Lầu Y Xia', form);
    expect(store.keys('drafts')).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/u)]);
  });
});
