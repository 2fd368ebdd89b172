import { describe, expect, it } from 'vitest';
import { testSigner } from '../../../../test/fixtures/world.ts';
import { valueOf } from '../doc/read.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Verdict } from '../wire/frames.ts';
import { envelopeId } from './outbox.ts';
import { Outage, type ReplicaStore } from './ports.ts';
import { Kept, MAX_KEPT, NOTHING_ANSWERED, planKept } from './replica-kept.ts';
import { ReplicaMemory } from './replica-memory.ts';
import { ConfirmedOverlay } from './replica-overlay.ts';
import { planSealedAgain } from './replica-sealed-again.ts';
import { planVerdicts } from './replica-verdicts.ts';
import { feed, freshIdentity, makeDevice, PlainHub, storedFor, type TestDevice, waitingOf } from './replica.support.ts';
import { openReplica } from './replica.ts';

const child = freshIdentity(1);

function setName(device: TestDevice, value: string) {
  return device.replica.edit([{ document: child, sets: [{ name: 'name', value }] }]);
}

describe('answered envelopes', () => {
  it('[KEP-1] stay on the disk, and are what the next start would hand in again', async () => {
    const device = await makeDevice(1);
    await setName(device, 'Lò Văn Ơn');
    const rows = waitingOf(device);
    await device.replica.sync.verdicts(storedFor(rows));
    expect(await device.store.read('kept', '000000000001')).toEqual(rows[0]?.signed.bytes);
    await device.restart();
    expect(waitingOf(device)).toEqual([]);
    const { principal } = device.replica;
    if (!principal) throw new Error('nobody');
    const leases = [[1_000, 1_100]] as const;
    await device.replica.sync.welcome({ principal, leases, epoch: 2, lastN: 0, lastHash: new Uint8Array(32) });
    expect(waitingOf(device).map(({ signed }) => signed.bytes)).toEqual(rows.map(({ signed }) => signed.bytes));
    expect(device.store.keys('kept')).toEqual([]);
  });

  it('[KEP-8] are not read at a start, which is offline as often as not, and are all there once the Hub has spoken', async () => {
    const device = await makeDevice(1);
    await setName(device, 'Lò Văn Ơn');
    await device.replica.sync.verdicts(storedFor(waitingOf(device)));
    const disk = device.store.reopen();
    const asked: string[] = [];
    const store: ReplicaStore = {
      commit: (batch) => disk.commit(batch),
      read: (area, key) => disk.read(area, key),
      readAll: (area) => {
        asked.push(area);
        return disk.readAll(area);
      },
    };
    const { world, identity } = device;
    const replica = await openReplica({ world, store, signer: testSigner(1), identity });
    expect(asked).not.toContain('kept');
    const { principal } = replica;
    if (!principal) throw new Error('nobody');
    const mark = { epoch: 2, lastN: 0, lastHash: new Uint8Array(32) };
    await replica.sync.welcome({ principal, leases: [[1_000, 1_100]], ...mark });
    expect(asked.filter((area) => area === 'kept')).toHaveLength(1);
    expect(replica.sync.outboxAfter(0).map(({ n }) => n)).toEqual([1]);
  });

  it('[KEP-8] that could not be read are read again before anything is changed', async () => {
    const device = await makeDevice(1);
    await setName(device, 'Lò Văn Ơn');
    const [row] = waitingOf(device);
    if (!row) throw new Error('nothing waits');
    await device.replica.sync.verdicts(storedFor([row]));
    const disk = device.store.reopen();
    let failures = 1;
    const store: ReplicaStore = {
      commit: (batch) => disk.commit(batch),
      read: (area, key) => disk.read(area, key),
      readAll: (area) => {
        if (area !== 'kept' || failures === 0) return disk.readAll(area);
        failures -= 1;
        return Promise.reject(new Outage('storage-blocked'));
      },
    };
    const { world, identity } = device;
    device.replica = await openReplica({ world, store, signer: testSigner(1), identity });
    const closing = () => feed(device, new PlainHub(), [['c', row.document]]);
    await expect(closing()).rejects.toThrow(Outage);
    await closing();
    expect(disk.keys('kept')).toEqual([]);
  });

  it('[KEP-2] go with the document when it is closed to this person', async () => {
    const device = await makeDevice(1);
    await setName(device, 'Lò Văn Ơn');
    const [row] = waitingOf(device);
    if (!row) throw new Error('nothing waits');
    await device.replica.sync.verdicts(storedFor([row]));
    await feed(device, new PlainHub(), [['c', row.document]]);
    expect(device.store.keys('kept')).toEqual([]);
  });

  it('[KEP-4] that were refused are handed in again without being shown, and what is written over them leans on nothing of theirs', async () => {
    const device = await makeDevice(1);
    const { principal } = device.replica;
    if (!principal) throw new Error('nobody');
    const nameNow = () => {
      const held = device.replica.read(child);
      return held?.access === 'whole' ? valueOf(held.state, 'name') : null;
    };
    await setName(device, 'Lò Văn Ơn');
    await setName(device, 'Lò Văn Ớn');
    await device.replica.sync.verdicts([
      ...storedFor(waitingOf(device).slice(0, 1)),
      { n: 2, verdict: 'refused', code: 'no-grant', atMs: 1_772_500_000_000 },
    ]);
    const again = { principal, leases: [[1_000, 1_100]] as const, lastN: 0, lastHash: new Uint8Array(32) };
    await device.replica.sync.welcome({ ...again, epoch: 2 });
    expect(waitingOf(device).map(({ n }) => n)).toEqual([1, 2]);
    expect(nameNow()).toBe('Lò Văn Ơn');
    const [refused] = device.replica.quarantine();
    await device.replica.reapply(refused?.id ?? '', ['name']);
    await device.restart();
    expect(nameNow()).toBe('Lò Văn Ớn');
    expect(device.replica.quarantine().map(({ status }) => status)).toEqual(['reapplied']);
  });

  it('[KEP-5] that are refused though they were stored once make the tablet fetch everything again', async () => {
    const device = await makeDevice(1);
    const { principal } = device.replica;
    if (!principal) throw new Error('nobody');
    const hub = new PlainHub();
    await feed(device, hub, []);
    await setName(device, 'Lò Văn Ơn');
    await device.replica.sync.verdicts(storedFor(waitingOf(device)));
    const again = { principal, leases: [[1_000, 1_100]] as const, lastN: 0, lastHash: new Uint8Array(32) };
    await device.replica.sync.welcome({ ...again, epoch: 1 });
    const held = { n: 1, verdict: 'held', code: 'right-ended', atMs: 1_772_500_000_000 } as const;
    expect(await device.replica.sync.verdicts([held])).toEqual({ ok: false, error: 'gap' });
    await feed(device, hub, []);
    expect(device.replica.read(child)).toBeNull();
    expect(device.replica.quarantine()[0]).toMatchObject({ code: 'right-ended', status: 'open' });
  });

  it.each(['bad-signature', 'chain-broken'] as const)(
    '[KEP-6] are not kept when the Hub did not count them: after %s the number is free again',
    async (code) => {
      const device = await makeDevice(1);
      const { principal } = device.replica;
      if (!principal) throw new Error('nobody');
      await setName(device, 'Lò Văn Ơn');
      const no = { n: 1, verdict: 'refused', code, atMs: 1_772_500_000_000 } as const;
      expect(await device.replica.sync.verdicts([no])).toEqual({ ok: false, error: 'gap' });
      expect(device.store.keys('kept')).toEqual([]);
      const mark = { principal, leases: [[1_000, 1_100]] as const, lastN: 0, lastHash: new Uint8Array(32) };
      await device.replica.sync.welcome({ ...mark, epoch: 1 });
      expect(waitingOf(device)).toEqual([]);
      await setName(device, 'Lò Văn Ớn');
      expect(waitingOf(device).map(({ n }) => n)).toEqual([1]);
    },
  );

  it('[KEP-7] [KEP-3] that are sealed go after ninety days, and count among the others', () => {
    const kept = new Kept();
    const day = 86_400_000;
    kept.follow({ sealedAdded: [1, 2, 3].map((n) => ({ n, receivedAtMs: n * day })) });
    const [document, group, empty] = ['a/intake' as DocumentId, null, new Uint8Array(0)];
    const fresh = {
      n: 4,
      document,
      group,
      hash: empty,
      prev: empty,
      writtenAtMs: 0,
      receivedAtMs: 92.5 * day,
      bytes: empty,
    };
    const overlay = new ConfirmedOverlay(new ReplicaMemory());
    const plan = planKept(overlay, { ...NOTHING_ANSWERED, sealed: [fresh] }, kept);
    expect(plan).toMatchObject({ sealedAdded: [fresh], keptGone: [1, 2] });
    kept.follow(plan);
    expect(kept.sealedAfter(3)).toEqual([4]);
    expect(kept.surplus(MAX_KEPT)).toEqual([3, 4]);
  });

  it('[KEP-7] that are sealed and were passed over, since the Hub opens nothing yet, are said to be lost and wait no more', () => {
    const memory = new ReplicaMemory();
    const empty = new Uint8Array(0);
    const row = { group: null, hash: empty, prev: empty, writtenAtMs: 1, receivedAtMs: 2, bytes: empty };
    const [passed, still] = ['a/intake' as DocumentId, 'b/intake' as DocumentId];
    memory.sealedAgain = [
      { ...row, n: 4, document: passed },
      { ...row, n: 8, document: still },
    ];
    const overlay = new ConfirmedOverlay(memory);
    const verdicts: readonly Verdict[] = [
      { n: 6, verdict: 'stored', atMs: 3 },
      // without a number there: the Hub has not gone on
      { n: 9, verdict: 'refused', code: 'chain-broken', atMs: 3 },
    ];
    const { left, lost } = planSealedAgain(verdicts, overlay, memory, () => true);
    expect([left.map(({ n }) => n), lost]).toEqual([[8], [4]]);
    const receipts = overlay.changes().map(([, image]) => image);
    expect(receipts).toMatchObject([{ is: 'filed', document: passed, receivedAtMs: null }]);
  });

  it('[KEP-7] that are sealed, were not accepted once and are stored now leave nothing to decide', () => {
    const memory = new ReplicaMemory();
    const [document, empty] = ['a/intake' as DocumentId, new Uint8Array(0)];
    const row = { n: 4, document, group: null, hash: new Uint8Array(32).fill(9), prev: empty, writtenAtMs: 1 };
    const id = envelopeId(row);
    const judged = { verdict: 'held', code: 'right-ended', atMs: 2, status: 'open', decidedAtMs: 0 } as const;
    const about = { id, n: 4, document, writtenAtMs: 1, bytes: empty, settled: [], decision: null };
    memory.quarantine.set(id, { ...about, ...judged });
    memory.sealedAgain = [{ ...row, receivedAtMs: 2, bytes: empty }];
    const planned = (verdict: 'stored' | 'held') => planVerdicts([{ n: 4, verdict, atMs: 3 }], memory, () => true);
    expect(planned('stored').change).toMatchObject({ sealedAgain: [], unquarantined: [id] });
    expect(planned('held').change).toMatchObject({ sealedAgain: [], unquarantined: [] });
  });

  it('[KEP-3] are bounded: the oldest go first', () => {
    const kept = new Kept();
    const document = 'a/identity' as DocumentId;
    kept.follow({ keptAdded: Array.from({ length: MAX_KEPT }, (_, i) => ({ n: i + 1, document })) });
    expect(kept.surplus(0)).toEqual([]);
    expect(kept.surplus(2)).toEqual([1, 2]);
  });
});
