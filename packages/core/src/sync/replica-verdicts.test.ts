import { describe, expect, it } from 'vitest';
import { readField } from '../doc/read.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Verdict } from '../wire/frames.ts';
import { Outage } from './ports.ts';
import {
  documentIn,
  documentOfKind,
  feed,
  freshIdentity,
  makeDevice,
  PlainHub,
  storedFor,
  type TestDevice,
  waitingOf,
} from './replica.support.ts';

const child = freshIdentity(1);
const other = freshIdentity(2);
const AT_MS = 1_772_500_000_000;

function valueOf(device: TestDevice, path = 'name', document: DocumentId = child) {
  const held = device.replica.read(document);
  return held?.access === 'whole' ? readField(held.state, path)?.value : undefined;
}

function set(device: TestDevice, name: string, value: string, document: DocumentId = child) {
  return device.replica.edit([{ document, sets: [{ name, value }] }]);
}

function no(
  n: number,
  code: NonNullable<Verdict['code']> = 'no-grant',
  verdict: 'refused' | 'held' = 'refused',
): Verdict {
  return { n, verdict, code, atMs: AT_MS };
}

describe('stored', () => {
  it.each(['stored', 'duplicate'] as const)(
    '[OUT-3] %s: the row is gone in the commit that confirms its work',
    async (verdict) => {
      const device = await makeDevice(1);
      await set(device, 'name', 'Điểu Thị Hồng');
      device.store.failNext('storage-full');
      const answer: Verdict[] = [{ n: 1, verdict, number: 'TE-0007', atMs: AT_MS }];
      await expect(device.replica.sync.verdicts(answer)).rejects.toEqual(new Outage('storage-full'));
      expect(device.replica.counts().waiting).toBe(1);
      await device.replica.sync.verdicts(answer);
      for (const again of [false, true]) {
        if (again) await device.restart();
        expect(valueOf(device)).toBe('Điểu Thị Hồng');
        expect(device.replica.counts()).toEqual({ onTablet: 1, waiting: 0, quarantined: 0 });
        expect(device.replica.read(child)).toMatchObject({ number: 'TE-0007', where: 'hub', atMs: AT_MS });
      }
    },
  );

  it('[OUT-3] verdicts on what is not here change nothing', async () => {
    const device = await makeDevice(1);
    await set(device, 'name', 'Điểu Thị Hồng');
    await device.replica.sync.verdicts([no(7), { n: 8, verdict: 'stored', atMs: AT_MS }]);
    expect(device.replica.counts()).toEqual({ onTablet: 1, waiting: 1, quarantined: 0 });
  });

  it('[REP-4] of what is handed in only a receipt stays: nothing of what was said is on the disk', async () => {
    const device = await makeDevice(1, 'teacher');
    const intake = documentOfKind(3, 'intake');
    await device.replica.edit([{ document: intake, sets: [{ name: 'place', value: 'CANARY sau trường học' }] }]);
    expect(valueOf(device, 'place', intake)).toBe('CANARY sau trường học');
    await device.replica.sync.verdicts([{ n: 1, verdict: 'stored', number: 'TN-0003', atMs: AT_MS }]);
    await device.replica.fold(1_000);
    await device.restart();
    expect(device.replica.read(intake)).toBeNull();
    expect(device.replica.filed()).toEqual([
      { is: 'filed', document: intake, number: 'TN-0003', writtenAtMs: device.timeline.nowMs, receivedAtMs: AT_MS },
    ]);
    const disk = device.store.allBytes().map((bytes) => Buffer.from(bytes).toString());
    expect(disk.filter((text) => text.includes('CANARY'))).toEqual([]);
  });
});

describe('refused and held', () => {
  it.each([
    ['refused', 'invalid-value'],
    ['held', 'right-ended'],
  ] as const)('[QUA-1] %s: out of the document and into quarantine, in one commit', async (verdict, code) => {
    const device = await makeDevice(1);
    await set(device, 'name', 'Thào Seo Sùng');
    const rows = waitingOf(device);
    await device.replica.sync.verdicts(storedFor(rows));
    await set(device, 'name', 'Thào Seo Súa');
    const before = device.store.commits;
    await device.replica.sync.verdicts([no(2, code, verdict)]);
    expect(device.store.commits - before).toBe(1);
    for (const again of [false, true]) {
      if (again) await device.restart();
      expect(valueOf(device)).toBe('Thào Seo Sùng');
      expect(device.replica.quarantine()).toMatchObject([{ verdict, code, status: 'open', document: child }]);
      expect(device.replica.counts()).toEqual({ onTablet: 1, waiting: 0, quarantined: 1 });
    }
  });

  it('[QUA-1] the document goes on under a fresh client id: nothing of the refused one is built on', async () => {
    const device = await makeDevice(1);
    await set(device, 'name', 'Mùa A Thào');
    await device.replica.sync.verdicts([no(1)]);
    await set(device, 'name', 'Mùa A Tháo');
    const [row] = waitingOf(device);
    expect(row?.signed.envelope.client).toBe(1_001);
    expect(row?.update.deletes).toEqual([]);
  });

  it('[OUT-4] takes later work on the document with it, and leaves other documents alone', async () => {
    const device = await makeDevice(1);
    await set(device, 'name', 'Cứ Thị Pàng');
    await set(device, 'name', 'Hảng A Vảng', other);
    await set(device, 'carerName', 'Cứ A Lồng');
    await device.replica.sync.verdicts([no(1)]);
    expect(device.replica.read(child)).toBeNull();
    expect(valueOf(device, 'name', other)).toBe('Hảng A Vảng');
    expect(device.replica.quarantine().map(({ code }) => code)).toEqual(['no-grant', 'after-refused']);
    expect(device.replica.counts()).toMatchObject({ waiting: 1, quarantined: 2 });
  });

  it('[OUT-4] takes the rest of its group with it, and what builds on that, over and over', async () => {
    const device = await makeDevice(1);
    const third = freshIdentity(3);
    await set(device, 'name', 'Bùi Văn Tí', third);
    await device.replica.edit([
      { document: child, sets: [{ name: 'name', value: 'Bùi Thị Sửu' }] },
      { document: other, sets: [{ name: 'name', value: 'Bùi Văn Dần' }] },
    ]);
    await device.replica.edit([
      { document: other, sets: [{ name: 'carerName', value: 'Bùi Thị Mão' }] },
      { document: third, sets: [{ name: 'carerName', value: 'Bùi Thị Mão' }] },
    ]);
    await device.replica.sync.verdicts([no(2), no(3, 'group-incomplete')]);
    expect(device.replica.quarantine().map(({ code }) => code)).toEqual([
      'no-grant',
      'group-incomplete',
      'after-refused',
      'after-refused',
    ]);
    expect(valueOf(device, 'name', third)).toBe('Bùi Văn Tí');
    expect(valueOf(device, 'carerName', third)).toBeUndefined();
    expect(device.replica.read(other)).toBeNull();
  });

  it('[OUT-4] what fell is still sent, because the chain needs it, also after a restart', async () => {
    const device = await makeDevice(1);
    await set(device, 'name', 'Lý Tả Mẩy');
    await set(device, 'carerName', 'Lý Phù Chìu');
    await device.replica.sync.verdicts([no(1)]);
    await device.restart();
    expect(waitingOf(device).map(({ n }) => n)).toEqual([2]);
    await device.replica.sync.verdicts([no(2, 'after-refused')]);
    expect(waitingOf(device)).toEqual([]);
    expect(device.replica.counts()).toMatchObject({ waiting: 0, quarantined: 2 });
  });

  it('[QUA-2] what fell here but was stored after all leaves quarantine', async () => {
    const hub = new PlainHub();
    const device = await makeDevice(1);
    await set(device, 'name', 'Lý Tả Mẩy');
    const [first] = waitingOf(device);
    hub.admit(first ? [first] : []);
    await set(device, 'carerName', 'Lý Phù Chìu');
    const [, second] = waitingOf(device);
    await device.replica.sync.verdicts([no(1)]);
    hub.admit(second ? [second] : []);
    const stored: Verdict = { n: 2, verdict: 'stored', atMs: AT_MS };
    expect(await device.replica.sync.verdicts([stored])).toEqual({ ok: false, error: 'gap' });
    expect(device.replica.sync.position.isFetching).toBe(true);
    expect(waitingOf(device)).toEqual([]);
    await feed(device, hub, [hub.stateItem(child, 1)]);
    expect(device.replica.quarantine()).toMatchObject([{ code: 'no-grant' }]);
    expect(valueOf(device, 'carerName')).toBe('Lý Phù Chìu');
  });

  it('[QUA-1] a tablet that dies around the commit has the work in exactly one place', async () => {
    for (const failpoint of ['kill-before', 'kill-after'] as const) {
      const device = await makeDevice(1);
      await set(device, 'name', 'Phàn Thị Nhẫn');
      await set(device, 'name', 'Phàn Thị Nhận');
      device.store.failNext(failpoint);
      void device.replica.sync.verdicts([no(1), no(2, 'after-refused')]);
      await device.timeline.advance(0);
      await device.restart();
      const { waiting, quarantined } = device.replica.counts();
      expect([waiting, quarantined]).toEqual(failpoint === 'kill-before' ? [2, 0] : [0, 2]);
    }
  });
});

describe('quarantine in the hands of a person', () => {
  async function withRefused(): Promise<TestDevice> {
    const device = await makeDevice(1);
    const folderMate = documentIn(child, 'identity');
    await device.replica.edit([
      {
        document: folderMate,
        sets: [
          { name: 'name', value: 'Tô Thị Đào' },
          { name: 'groups', code: 'R1', value: { group: 'R1', evidence: 'sổ hộ nghèo' } },
        ],
        appends: [
          { name: 'notes', value: { text: 'lần một' } },
          { name: 'notes', value: { text: 'lần hai' } },
        ],
      },
    ]);
    await device.replica.sync.verdicts([no(1, 'not-here')]);
    return device;
  }

  it('[QUA-3] reads field by field and exports as JSON, with the diacritics', async () => {
    const device = await withRefused();
    const [item] = device.replica.quarantine();
    expect(item?.kind).toBe('identity');
    expect(item?.fields).toEqual([
      { key: 'name', field: 'name', code: null, type: 'register', value: 'Tô Thị Đào', isSettled: false },
      {
        key: 'groups:R1',
        field: 'groups',
        code: 'R1',
        type: 'map',
        value: { group: 'R1', evidence: 'sổ hộ nghèo' },
        isSettled: false,
      },
      { key: 'notes#2', field: 'notes', code: null, type: 'log', value: { text: 'lần một' }, isSettled: false },
      { key: 'notes#3', field: 'notes', code: null, type: 'log', value: { text: 'lần hai' }, isSettled: false },
    ]);
    const exported = JSON.parse(device.replica.exportQuarantine()) as unknown[];
    expect(exported).toMatchObject([
      { document: child, code: 'not-here', fields: [{ value: 'Tô Thị Đào' }, {}, {}, {}] },
    ]);
  });

  it('[QUA-4] writes chosen fields again as an ordinary edit, and remembers which', async () => {
    const device = await withRefused();
    const id = device.replica.quarantine()[0]?.id ?? '';
    expect((await device.replica.reapply(id, ['name', 'notes#3'])).ok).toBe(true);
    expect(valueOf(device)).toBe('Tô Thị Đào');
    expect(waitingOf(device)).toHaveLength(1);
    await device.restart();
    const [item] = device.replica.quarantine();
    expect(item?.fields.filter((field) => field.isSettled).map((field) => field.key)).toEqual(['name', 'notes#3']);
    expect(item?.status).toBe('open');
    expect(await device.replica.reapply(id, ['name'])).toMatchObject({ ok: false });
    await device.replica.reapply(id, ['groups:R1', 'notes#2']);
    expect(device.replica.quarantine()[0]).toMatchObject({ status: 'reapplied', fields: [] });
    expect(device.replica.counts()).toMatchObject({ quarantined: 0, waiting: 2 });
  });

  it('[QUA-4] supersedes what is visible now, so that no conflict is left', async () => {
    const device = await withRefused();
    await set(device, 'name', 'Tô Thị Đảo');
    await device.replica.reapply(device.replica.quarantine()[0]?.id ?? '', ['name']);
    const held = device.replica.read(child);
    const field = held?.access === 'whole' ? readField(held.state, 'name') : null;
    expect(field).toMatchObject({ value: 'Tô Thị Đào', conflict: null });
  });

  it('[QUA-5] goes only because the person says so, and leaves a trace without the content', async () => {
    const device = await withRefused();
    const id = device.replica.quarantine()[0]?.id ?? '';
    expect(await device.replica.dismiss(id)).toBe(true);
    expect(await device.replica.dismiss(id)).toBe(false);
    await device.restart();
    expect(device.replica.quarantine()).toMatchObject([{ status: 'dismissed', code: 'not-here', fields: [] }]);
    expect(device.replica.counts().quarantined).toBe(0);
    expect(device.store.allBytes().filter((bytes) => Buffer.from(bytes).includes('Tô Thị Đào'))).toEqual([]);
  });
});
