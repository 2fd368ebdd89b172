import { describe, expect, it } from 'vitest';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { documentIdOf } from '../model/ids.ts';
import type { FeedItem } from '../wire/frames.ts';
import { FeedItems } from './feed-items.ts';
import { PackShelf } from './feed-packs.ts';
import { FeedPump } from './feed-pump.ts';
import { HubIndex } from './hub-index.ts';
import { RecentCommits } from './hub-recent.ts';
import { StateCache } from './hub-states.ts';
import type { FeedBatch } from './ports.ts';

/** A pump over a store that holds three edits of one document, and an index that has seen only the first of them. */
async function pumpBehind() {
  const test = await new TestHub().start();
  const { store, world, signer, sealer } = test;
  const lead = await (await test.enrol()).connect();
  const reader = await test.enrol();
  const document = documentIdOf(test.folder(), 'identity');
  await lead.push(await lead.edit(document, { village: VILLAGES.dong }));
  const index = new HubIndex(await store.load());
  const batches: FeedBatch[] = [];
  const commit = store.commit.bind(store);
  store.commit = (batch) => {
    batches.push(batch);
    return commit(batch);
  };
  await lead.push(await lead.edit(document, { address: 'chợ' }));
  await lead.push(await lead.edit(document, { address: 'suối' }));
  const recent = new RecentCommits();
  const takeIn = (): void => {
    const batch = batches.shift();
    if (!batch) return;
    recent.add(batch, index);
    index.apply(batch);
  };
  const sources = { store, states: new StateCache(store), world, signer };
  const items = new FeedItems(sources);
  const base = index.moment(world.nowMs());
  const sent: FeedItem[] = [];
  const ports = {
    store,
    world,
    sealer,
    items,
    recent,
    index: () => index,
    packs: new PackShelf(sources, items),
    sendFeed: ({ items: frame }: { readonly items: readonly FeedItem[] }) => {
      sent.push(...frame);
      return Promise.resolve(true);
    },
    sendFeedAtOnce: ({ items: frame }: { readonly items: readonly FeedItem[] }) => {
      sent.push(...frame);
      return true;
    },
    room: () => Promise.resolve(),
    failed: (error: unknown) => expect(error).toBeNull(),
  };
  const pump = new FeedPump(reader, { epoch: 1, base, done: base, position: 0 }, ports, ports);
  return { test, pump, recent, takeIn, sent };
}

describe('a pump', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22])(
    '[FEED-8] misses no commit that falls %i turns into its reading',
    async (turns) => {
      const { test, pump, recent, takeIn, sent } = await pumpBehind();
      takeIn();
      const since = recent.since.bind(recent);
      let isFirst = true;
      recent.since = (seq, headSeq) => {
        if (isFirst) void afterTurns(turns).then(takeIn);
        isFirst = false;
        return since(seq, headSeq);
      };
      pump.start();
      await test.pass();
      pump.wake(false);
      await test.pass();
      expect(sent.map(([type]) => type)).toEqual(['u', 'u']);
    },
  );

  it.each([0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 40])(
    '[FEED-8] misses no commit that wakes it %i turns after it began',
    async (turns) => {
      const { test, pump, takeIn, sent } = await pumpBehind();
      takeIn();
      pump.start();
      await afterTurns(turns);
      takeIn();
      pump.wake(false);
      await test.pass();
      expect(sent.map(([type]) => type)).toEqual(['u', 'u']);
    },
  );

  it('[FEED-9] sends a change in the very turn of its commit, and gathers while more work waits', async () => {
    const { test, pump, takeIn, sent } = await pumpBehind();
    pump.start();
    await test.pass();
    takeIn();
    pump.wake(false);
    expect(sent).toHaveLength(1);
    await test.pass();
    takeIn();
    pump.wake(true);
    expect(sent).toHaveLength(1);
    await test.pass();
    expect(sent.map(([type]) => type)).toEqual(['u', 'u']);
  });
});

async function afterTurns(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}
