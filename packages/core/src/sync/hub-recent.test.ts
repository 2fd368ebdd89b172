import { describe, expect, it } from 'vitest';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { documentIdOf } from '../model/ids.ts';
import { HubIndex } from './hub-index.ts';
import { RecentCommits } from './hub-recent.ts';

/** What was remembered of an enrolment and of a document written behind it, and where the Feed stood before and between them. */
async function remembered() {
  const test = await new TestHub().start();
  const { store } = test;
  const index = new HubIndex(await store.load());
  const recent = new RecentCommits();
  const commit = store.commit.bind(store);
  store.commit = async (batch) => {
    await commit(batch);
    recent.add(batch, index);
    index.apply(batch);
  };
  const startSeq = index.headSeq;
  const device = await test.enrol();
  const enrolledSeq = index.headSeq;
  const lead = await device.connect();
  const document = documentIdOf(test.folder(), 'identity');
  await lead.push(await lead.edit(document, { village: VILLAGES.dong }));
  return { recent, index, startSeq, enrolledSeq, document, store };
}

describe('the latest commits', () => {
  it('[FEED-1] hold what devices may receive, in order, and nothing that only the chain records', async () => {
    const { recent, index, startSeq, document, store } = await remembered();
    const all = await store.readEntries(startSeq, index.headSeq, 100);
    const kept = [...(recent.since(startSeq, index.headSeq)?.touched.values() ?? [])].flat();
    expect(kept.map(({ seq }) => seq)).toEqual(all.filter(({ type }) => type === 'envelope').map(({ seq }) => seq));
    expect(all.length).toBeGreaterThan(kept.length);
    expect(kept.some((entry) => entry.document === document)).toBe(true);
  });

  it('[FEED-8] answer for every place in the Feed since they began, and for none before', async () => {
    const { recent, index, startSeq, enrolledSeq, document } = await remembered();
    expect(enrolledSeq).toBeGreaterThan(startSeq);
    for (let seq = startSeq; seq < index.headSeq; seq += 1) expect(recent.since(seq, index.headSeq)).not.toBeNull();
    expect([...(recent.since(enrolledSeq, index.headSeq)?.touched.keys() ?? [])]).toEqual([document]);
    expect(recent.since(startSeq - 1, index.headSeq)).toBeNull();
  });
});
