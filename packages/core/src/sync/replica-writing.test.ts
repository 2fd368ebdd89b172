import { describe, expect, it } from 'vitest';
import { equalBytes } from '../base/bytes.ts';
import { readField } from '../doc/read.ts';
import type { DocumentId } from '../model/ids.ts';
import { NO_PREVIOUS } from './envelope.ts';
import { MemoryReplicaStore } from './memory-replica-store.ts';
import { Outage } from './ports.ts';
import { documentIn, freshIdentity, makeDevice, principalFor, type TestDevice, waitingOf } from './replica.support.ts';
import { openReplica } from './replica.ts';

const child = freshIdentity(1);

function nameOf(device: TestDevice, document: DocumentId = child): unknown {
  const held = device.replica.read(document);
  return held?.access === 'whole' ? readField(held.state, 'name')?.value : undefined;
}

function setName(device: TestDevice, value: string, document: DocumentId = child) {
  return device.replica.edit([{ document, sets: [{ name: 'name', value }] }]);
}

describe('saving an edit', () => {
  it('[OUT-1] is durable with its outbox row before anybody hears of it', async () => {
    const device = await makeDevice(1);
    const told: number[] = [];
    device.replica.subscribe((changed) => {
      if (changed.has(child)) told.push(device.store.keys('outbox').length);
    });
    const saved = await setName(device, 'Lò Thị Mẩy');
    expect(saved.ok).toBe(true);
    expect(told).toEqual([1]);
    await device.restart();
    expect(nameOf(device)).toBe('Lò Thị Mẩy');
    expect(device.replica.counts()).toEqual({ onTablet: 1, waiting: 1, quarantined: 0 });
    expect(device.replica.read(child)?.where).toBe('tablet');
  });

  it.each(['storage-full', 'storage-lost', 'storage-blocked'] as const)(
    '[OUT-1] leaves nothing when the store answers %s',
    async (outage) => {
      const device = await makeDevice(1);
      await setName(device, 'Vàng A Páo');
      let told = 0;
      device.replica.subscribe(() => (told += 1));
      device.store.failNext(outage);
      await expect(setName(device, 'Vàng A Pó')).rejects.toEqual(new Outage(outage));
      expect(nameOf(device)).toBe('Vàng A Páo');
      expect(told).toBe(0);
      expect(device.replica.counts().waiting).toBe(1);
      expect((await setName(device, 'Vàng A Phổng')).ok).toBe(true);
      expect(waitingOf(device).map(({ n }) => n)).toEqual([1, 2]);
    },
  );

  it.each([
    ['kill-before', 0],
    ['kill-after', 1],
  ] as const)('[OUT-1] %s: after the restart the edit is there whole or not at all', async (failpoint, rows) => {
    const device = await makeDevice(1);
    await setName(device, 'Hạng Thị Dở', freshIdentity(2));
    device.store.failNext(failpoint);
    void setName(device, 'Sùng A Chứ');
    await device.timeline.advance(0);
    await device.restart();
    expect(device.replica.counts().waiting).toBe(1 + rows);
    expect(nameOf(device)).toBe(rows === 1 ? 'Sùng A Chứ' : undefined);
    expect((await setName(device, 'Sùng A Chứ')).ok).toBe(true);
  });

  it('[OUT-2] numbers and chains envelopes without a gap, also when they are asked for at once', async () => {
    const device = await makeDevice(1);
    const names = ['Y Bé', 'Y Blưn', 'A Thiu', 'A Nhuk', 'Y Ngọc'];
    await Promise.all(names.map((name, i) => setName(device, name, freshIdentity(10 + i))));
    const rows = waitingOf(device);
    expect(rows.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.map(({ document }) => nameOf(device, document))).toEqual(names);
    let prev = NO_PREVIOUS;
    for (const row of rows) {
      expect(equalBytes(row.signed.envelope.prev, prev)).toBe(true);
      prev = row.hash;
    }
  });

  it('[OUT-2] keeps the exact signed bytes over a restart', async () => {
    const device = await makeDevice(1);
    await setName(device, 'Bàn Thị Xuân');
    const before = waitingOf(device).map((row) => row.signed.bytes);
    await device.restart();
    expect(waitingOf(device).map((row) => row.signed.bytes)).toEqual(before);
  });

  it('[OUT-2] makes several documents one group and one commit', async () => {
    const device = await makeDevice(1);
    await setName(device, 'Ka Hương', freshIdentity(3));
    const before = device.store.commits;
    const household = documentIn(freshIdentity(4), 'household');
    await device.replica.edit([
      { document: household, sets: [{ name: 'head', value: "K'Brểu" }] },
      { document: child, sets: [{ name: 'name', value: 'Ka Thủy' }] },
    ]);
    expect(device.store.commits - before).toBe(1);
    const groups = waitingOf(device).map((row) => row.signed.envelope.group);
    expect(groups[0]).toBeNull();
    expect(groups[1]).toMatchObject({ count: 2 });
    expect(groups[2]).toEqual(groups[1]);
  });
});

describe('client ids', () => {
  it('[OUT-5] one for a start, marked used before the first edit, a fresh one after every restart', async () => {
    const device = await makeDevice(1);
    const clients: number[] = [];
    for (let start = 0; start < 3; start += 1) {
      await setName(device, `Đinh Văn ${start}`);
      await setName(device, `Đinh Thị ${start}`, freshIdentity(20));
      clients.push(...new Set(waitingOf(device).map((row) => row.signed.envelope.client)));
      await device.restart();
    }
    expect([...new Set(clients)]).toEqual([1_000, 1_001, 1_002]);
  });

  it('[OUT-5] is lost, not reused, when the tablet dies between marking and writing', async () => {
    const device = await makeDevice(1);
    device.store.failNext('kill-after');
    void setName(device, 'Rơ Châm Huyên');
    await device.timeline.advance(0);
    await device.restart();
    await setName(device, 'Rơ Châm Huyên');
    expect(waitingOf(device)[0]?.signed.envelope.client).toBe(1_001);
  });

  it('[OUT-5] refuses to write when the stock is used up', async () => {
    const device = await makeDevice(1);
    await device.replica.sync.welcome({
      principal: principalFor(1),
      leases: [[1_000, 1_002]],
      epoch: 1,
      lastN: 0,
      lastHash: NO_PREVIOUS,
    });
    for (let start = 0; start < 2; start += 1) {
      expect((await setName(device, `Siu ${start}`)).ok).toBe(true);
      await device.restart();
    }
    expect(await setName(device, 'Siu H’Loan')).toMatchObject({ ok: false, error: { reason: 'no-lease' } });
  });
});

describe('what may be saved', () => {
  it('[REP-10] nothing before the Hub has said who this is', async () => {
    const device = await makeDevice(1);
    const replica = await openReplica({
      world: device.world,
      store: new MemoryReplicaStore(),
      signer: { publicKey: new Uint8Array(32), sign: () => Promise.resolve(new Uint8Array(64)) },
      identity: device.identity,
    });
    const refused = await replica.edit([{ document: child, sets: [{ name: 'name', value: 'Nùng' }] }]);
    expect(refused).toMatchObject({ ok: false, error: { reason: 'not-enrolled' } });
  });

  it.each([
    ['a value outside the schema', { sets: [{ name: 'sex', value: 'nữ' }] }, ['sex']],
    ['a field the kind has not', { sets: [{ name: 'nick', value: 'Tí' }] }, ['nick']],
    ['a register written as a map', { sets: [{ name: 'name', code: 'a', value: 'Tí' }] }, ['name:a']],
    ['a log record without its text', { appends: [{ name: 'notes', value: {} }] }, ['notes#']],
    ['nothing at all', {}, []],
  ])('[REP-10] not %s', async (_what, edit, fields) => {
    const device = await makeDevice(1);
    const refused = await device.replica.edit([{ document: child, ...edit }]);
    expect(refused).toMatchObject({ ok: false, error: { reason: 'invalid', document: child, fields } });
    expect(waitingOf(device)).toEqual([]);
  });

  it.each([
    ['a kind that does not exist', `${child.split('/')[0]}/dossier`],
    ['a singleton with a third part', `${child}/${child.split('/')[0]}`],
  ])('[REP-10] not %s', async (_what, text) => {
    const device = await makeDevice(1);
    expect(await setName(device, 'Tí', text as DocumentId)).toMatchObject({ ok: false, error: { reason: 'invalid' } });
  });

  it('[REP-10] a group of which one may not be written is not saved at all', async () => {
    const device = await makeDevice(1, 'collaborator', ['thon-6']);
    const health = documentIn(child, 'health');
    const refused = await device.replica.edit([
      { document: child, sets: [{ name: 'village', value: 'thon-6' }] },
      { document: health, sets: [{ name: 'cardNumber', value: 'TE 4 40 40' }] },
    ]);
    expect(refused).toMatchObject({ ok: false, error: { document: health } });
    expect(waitingOf(device)).toEqual([]);
  });

  it('[REP-10] a child of another village is not, with the reason', async () => {
    const device = await makeDevice(1, 'collaborator', ['thon-6']);
    const refused = await device.replica.edit([{ document: child, sets: [{ name: 'village', value: 'thon-3' }] }]);
    expect(refused).toMatchObject({ ok: false, error: { reason: 'not-here' } });
    expect((await device.replica.edit([{ document: child, sets: [{ name: 'village', value: 'thon-6' }] }])).ok).toBe(
      true,
    );
  });
});

describe('undo', () => {
  it('[OUT-6] sets the former value again, as an edit of its own', async () => {
    const device = await makeDevice(1);
    await setName(device, 'Nguyễn Thị Hoà');
    const saved = await setName(device, 'Nguyễn Thị Hòa');
    const undone = saved.ok ? await device.replica.undo(saved.value) : saved;
    expect(undone.ok).toBe(true);
    expect(nameOf(device)).toBe('Nguyễn Thị Hoà');
    expect(waitingOf(device)).toHaveLength(3);
  });

  it('[OUT-6] clears what was empty before', async () => {
    const device = await makeDevice(1);
    const saved = await setName(device, 'Nguyễn Thị Hòa');
    if (saved.ok) await device.replica.undo(saved.value);
    expect(nameOf(device)).toBeNull();
  });

  it('[OUT-6] names what was written since, and touches nothing', async () => {
    const device = await makeDevice(1);
    const saved = await setName(device, 'Trương Văn Đạo');
    await setName(device, 'Trương Văn Đạt');
    const refused = saved.ok ? await device.replica.undo(saved.value) : saved;
    expect(refused).toMatchObject({ ok: false, error: { reason: 'changed-since', fields: ['name'] } });
    expect(nameOf(device)).toBe('Trương Văn Đạt');
  });
});
