import { MemoryFeedStore } from '@chungtay/core/sync/memory-feed-store';
import { Outage } from '@chungtay/core/sync/ports';
import { describe, expect, it } from 'vitest';
import { EMPTY_BATCH, feedEntry } from '../fixtures/feed-rows.ts';
import { feedStoreContract } from './feed-store.ts';

feedStoreContract('memory', () => Promise.resolve({ store: new MemoryFeedStore() }));

describe('the failpoints of the memory store', () => {
  it('[STO-16] before: nothing is written; after: all is, and nobody is told', async () => {
    const store = new MemoryFeedStore();
    store.failNext = 'before';
    await expect(store.commit({ ...EMPTY_BATCH, entries: [feedEntry(1)] })).rejects.toThrow(Outage);
    expect((await store.load()).headSeq).toBe(0);
    store.failNext = 'after';
    await expect(store.commit({ ...EMPTY_BATCH, entries: [feedEntry(1)] })).rejects.toThrow(Outage);
    expect((await store.load()).headSeq).toBe(1);
    await store.commit({ ...EMPTY_BATCH, entries: [feedEntry(2)] });
    expect(store.commits).toBe(3);
  });
});
