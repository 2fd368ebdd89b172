import { describe, expect, it } from 'vitest';
import { valueOf } from '../doc/read.ts';
import type { DocumentId } from '../model/ids.ts';
import type { FeedItem } from '../wire/frames.ts';
import type { HeldDocument } from './replica-reading.ts';
import {
  feed,
  feedTo,
  freshIdentity,
  makeDevice,
  PlainHub,
  storedFor,
  type TestDevice,
  waitingOf,
} from './replica.support.ts';
import { openReplica } from './replica.ts';

/** A device that holds `count` confirmed children, each named by its number, and the Hub that told it. */
async function withChildren(count: number) {
  const hub = new PlainHub();
  const writer = await makeDevice(1);
  const device = await makeDevice(2);
  const children = Array.from({ length: count }, (_, i) => freshIdentity(100 + i));
  for (const [i, document] of children.entries())
    await writer.replica.edit([{ document, sets: [{ name: 'name', value: `Hồ Văn ${i}` }] }]);
  const items = hub.admit(waitingOf(writer));
  for (let at = 0; at < items.length; at += 40) await feed(device, hub, items.slice(at, at + 40));
  await writer.replica.sync.verdicts(storedFor(waitingOf(writer)));
  return { hub, writer, device, children };
}

function nameIn(held: HeldDocument): string {
  return held.access === 'whole' ? (valueOf(held.state, 'name') as string) : '';
}

function namesOf(device: TestDevice): readonly string[] {
  return [...device.replica.walk()].map(nameIn).toSorted((a, b) => (a < b ? -1 : 1));
}

function nameOf(device: TestDevice, document: DocumentId | undefined): unknown {
  const held = document && device.replica.read(document);
  return held ? nameIn(held) : undefined;
}

async function rename(device: TestDevice, document: DocumentId | undefined, value: string): Promise<void> {
  await device.replica.edit(document ? [{ document, sets: [{ name: 'name', value }] }] : []);
}

describe('what lies beside a replica', () => {
  it('[REP-6] is no damage: who opens the vault keeps his own records in the same area', async () => {
    const { device, children } = await withChildren(3);
    await device.store.commit([{ area: 'meta', key: 'door/identity', bytes: new Uint8Array([1, 2, 3]) }]);
    await device.restart();
    expect(device.replica.damaged).toBe(0);
    await rename(device, children[0], 'Hồ Văn Mới');
    expect(nameOf(device, children[0])).toBe('Hồ Văn Mới');
  });
});

describe('folding the log into packs', () => {
  it('[REP-5] changes nothing that anybody reads, and leaves few records', async () => {
    const { device } = await withChildren(250);
    const before = namesOf(device);
    expect(device.store.keys('log').length).toBeGreaterThan(5);
    expect(await device.replica.fold(60_000)).toBe(0);
    expect(device.store.keys('log')).toEqual([]);
    expect(device.store.keys('packs')).toHaveLength(3);
    expect(namesOf(device)).toEqual(before);
    await device.restart();
    expect(namesOf(device)).toEqual(before);
  });

  it('[REP-5] stops when its time is over, and goes on later', async () => {
    const { device } = await withChildren(450);
    const left = await device.replica.fold(0);
    expect(left).toBeGreaterThan(0);
    expect(device.store.keys('log')).toHaveLength(left);
    expect(await device.replica.fold(60_000)).toBe(0);
    expect(namesOf(device)).toHaveLength(450);
  });

  it('[REP-5] rewrites only the packs of what changed, and drops what left', async () => {
    const { hub, writer, device, children } = await withChildren(250);
    await device.replica.fold(60_000);
    await rename(writer, children[3], 'Hồ Văn Ba Mới');
    await feed(device, hub, [...hub.admit(waitingOf(writer)), ['c', children[4] ?? '']]);
    const before = device.store.writtenBytes;
    const perPack = device.store.allBytes().reduce((most, bytes) => Math.max(most, bytes.length), 0);
    await device.replica.fold(60_000);
    expect(device.store.writtenBytes - before).toBeLessThanOrEqual(perPack + 200);
    await device.restart();
    expect(nameOf(device, children[3])).toBe('Hồ Văn Ba Mới');
    expect(nameOf(device, children[4])).toBeUndefined();
    expect(namesOf(device)).toHaveLength(249);
  });

  it.each(['kill-before', 'kill-after'] as const)(
    '[REP-5] %s: a tablet that dies while folding loses nothing',
    async (failpoint) => {
      const { hub, writer, device, children } = await withChildren(120);
      await device.replica.fold(60_000);
      await feed(device, hub, [['c', children[0] ?? '']]);
      await rename(writer, children[1], 'Hồ Thị Một');
      await feed(device, hub, hub.admit(waitingOf(writer)));
      const before = namesOf(device);
      device.store.failNext(failpoint);
      void device.replica.fold(60_000);
      await device.timeline.advance(0);
      await device.restart();
      expect(namesOf(device)).toEqual(before);
      await device.replica.fold(60_000);
      await device.restart();
      expect(namesOf(device)).toEqual(before);
    },
  );

  it('[REP-5] never touches work that waits', async () => {
    const { device, children } = await withChildren(20);
    await rename(device, children[5], 'Hồ Văn Năm Sửa');
    const rows = waitingOf(device).map((row) => row.signed.bytes);
    await device.replica.fold(60_000);
    await device.restart();
    expect(waitingOf(device).map((row) => row.signed.bytes)).toEqual(rows);
    expect(nameOf(device, children[5])).toBe('Hồ Văn Năm Sửa');
  });
});

describe('damage on the disk', () => {
  it.each(['packs', 'log', 'meta'] as const)('[REP-6] in %s: isolated, counted, and fetched again', async (area) => {
    const { hub, device, children } = await withChildren(250);
    if (area === 'packs') await device.replica.fold(60_000);
    const all = namesOf(device);
    device.store.damage(area, device.store.keys(area)[0] ?? '');
    await device.restart();
    expect(device.replica.damaged).toBe(1);
    expect(namesOf(device).length).toBeGreaterThanOrEqual(area === 'packs' ? 150 : 200);
    expect(device.replica.sync.position).toMatchObject({ cursor: new Uint8Array(0), isFetching: true });
    const everything: FeedItem[] = children.map((document) => hub.stateItem(document, 1));
    await feed(device, hub, everything);
    expect(namesOf(device)).toEqual(all);
    await device.replica.fold(60_000);
    await device.restart();
    expect(namesOf(device)).toEqual(all);
  });

  it('[REP-6] of the position: no client id is used that may have been used before', async () => {
    const { device, children } = await withChildren(3);
    await rename(device, children[0], 'Hồ Văn Không');
    device.store.damage('meta', '1');
    await device.restart();
    const refused = await device.replica.edit([{ document: freshIdentity(5), sets: [{ name: 'name', value: 'Hồ' }] }]);
    expect(refused).toMatchObject({ ok: false, error: { reason: 'no-lease' } });
    expect(device.replica.sync.position).toMatchObject({ lastN: 1, lastClient: 2_000 });
    expect(nameOf(device, children[0])).toBe('Hồ Văn Không');
  });

  it('[REP-6] of waiting work: the rest stays, and what built on it is in quarantine', async () => {
    const { device, children } = await withChildren(3);
    for (const name of ['Hồ A', 'Hồ B', 'Hồ C']) await rename(device, children[0], name);
    await rename(device, children[1], 'Hồ D');
    device.store.damage('outbox', device.store.keys('outbox')[1] ?? '');
    await device.restart();
    expect(device.replica.damaged).toBe(1);
    expect(nameOf(device, children[0])).toBe('Hồ A');
    expect(nameOf(device, children[1])).toBe('Hồ D');
    expect(device.replica.quarantine()).toMatchObject([{ code: 'clock-gap', fields: [{ value: 'Hồ C' }] }]);
  });
});

describe('rows', () => {
  it('[REP-1] follow every change, and only what changed is derived again', async () => {
    const derived: DocumentId[] = [];
    const { device, hub, writer, children } = await withChildren(30);
    const replica = await openReplica({
      world: device.world,
      store: device.store.reopen(),
      signer: { publicKey: new Uint8Array(32), sign: () => Promise.resolve(new Uint8Array(64)) },
      identity: device.identity,
      rowOf: (held) => {
        derived.push(held.document);
        return nameIn(held);
      },
    });
    expect(replica.rows()).toHaveLength(30);
    derived.length = 0;
    await rename(writer, children[7], 'Hồ Văn Bảy');
    const items = [...hub.admit(waitingOf(writer)), ['c', children[8] ?? ''] as FeedItem];
    await feedTo(replica, items, { cursor: hub.cursor(), isLast: true });
    expect(replica.rows()).toContain('Hồ Văn Bảy');
    expect(replica.rows()).toHaveLength(29);
    expect(derived).toEqual([children[7]]);
  });
});
