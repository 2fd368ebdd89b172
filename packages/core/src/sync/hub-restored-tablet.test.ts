import { describe, expect, it } from 'vitest';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { enrolTablet, type Tablet } from '../../../../test/fixtures/tablet.ts';
import { type DocumentId, documentIdOf } from '../model/ids.ts';
import type { MemoryFeedStore } from './memory-feed-store.ts';

/** Starts the Hub again on an older copy of its store. */
async function putBack(test: TestHub, backup: MemoryFeedStore, tablets: readonly Tablet[]): Promise<void> {
  for (const tablet of tablets) tablet.stop();
  Object.assign(test, { store: backup });
  await test.start();
}

function write(tablet: Tablet, document: DocumentId, sets: Readonly<Record<string, string>>) {
  const fields = Object.entries(sets).map(([name, value]) => ({ name, value }));
  return tablet.replica.edit([{ document, sets: fields }]);
}

describe('a tablet at a Hub that was put back behind its own words', () => {
  it('[RES-5] hands in first what the Hub has lost, then what it wrote since, and nothing is refused', async () => {
    const test = await new TestHub().start();
    const tablet = await enrolTablet(test);
    const document = documentIdOf(test.folder(), 'identity');
    await write(tablet, document, { village: VILLAGES.dong, name: 'Giàng A Sử' });
    await test.pass(3_000);
    const backup = test.store.copy();
    await write(tablet, document, { name: 'Giàng A Sính' });
    await test.pass(1);
    expect(tablet.replica.counts().waiting).toBe(0);
    await putBack(test, backup, [tablet]);
    await write(tablet, document, { address: 'bản Phìn Hồ' });
    await tablet.wake();
    expect(tablet.replica.quarantine()).toEqual([]);
    expect(tablet.replica.counts().waiting).toBe(0);
    expect((await test.store.readStored(tablet.identity.device, 2))?.document).toBe(document);
    expect((await test.store.readStored(tablet.identity.device, 3))?.document).toBe(document);
  });
});

describe('a tablet whose key failed once', () => {
  it('[KEP-6] is told so, hands that envelope in no more, and goes on', async () => {
    const test = await new TestHub().start();
    const tablet = await enrolTablet(test);
    const document = documentIdOf(test.folder(), 'identity');
    const { sign } = tablet.signer;
    tablet.signer.sign = async (bytes) => (await sign(bytes)).fill(7, 0, 1);
    await write(tablet, document, { village: VILLAGES.dong, name: 'Giàng A Sử' });
    tablet.signer.sign = sign;
    await test.pass(60_000);
    expect(tablet.replica.quarantine().map(({ code, status }) => [code, status])).toEqual([['bad-signature', 'open']]);
    await write(tablet, document, { village: VILLAGES.dong, name: 'Giàng A Sử' });
    await test.pass(60_000);
    tablet.session.stop();
    await tablet.wake();
    expect(tablet.replica.sync.outboxAfter(0)).toEqual([]);
    expect(tablet.replica.quarantine()).toHaveLength(1);
    expect((await test.store.readStored(tablet.identity.device, 1))?.document).toBe(document);
  });
});
