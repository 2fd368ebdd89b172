import type { Json } from '@chungtay/core/base/any';
import { type DocumentId, documentIdOf, type FolderId, makeFolderId } from '@chungtay/core/model/ids';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import { beforeEach, describe, expect, it } from 'vitest';
import { browserWorld } from '../platform/world.ts';
import { workplaceOf } from './engine.support.ts';
import { folderViewOf } from './folder-views.ts';
import type { Workplace } from './workplace.ts';

const world = browserWorld();
const store = { now: new MemoryReplicaStore() };
let at: Workplace;

beforeEach(async () => {
  store.now = new MemoryReplicaStore();
  at = await workplaceOf('lead', store.now);
});

async function addChild(values: Readonly<Record<string, Json>>): Promise<DocumentId> {
  const document = documentIdOf(makeFolderId(world), 'identity');
  const sets = Object.entries({ village: 'na-pan', ...values }).map(([name, value]) => ({ name, value }));
  const saved = await at.edits.save([{ document, sets }]);
  expect(saved.ok).toBe(true);
  at.register.follow(new Set([document]));
  return document;
}

function folderOf(document: DocumentId): FolderId {
  return document.split('/')[0] as FolderId;
}

function seen(folder: FolderId) {
  return folderViewOf(at.replica, folder, new Set(), { beside: at.register.beside(folder), today: '2026-03-02' });
}

describe('edits', () => {
  it('[VLT-8] are taken back once, and only the latest fifty can be', async () => {
    const document = await addChild({ name: 'Sùng A Chớ' });
    const renamed = await at.edits.save([{ document, sets: [{ name: 'name', value: 'Sùng A Chứ' }] }]);
    if (!renamed.ok) throw new Error('not saved');
    expect((await at.edits.undo(renamed.undo)).ok).toBe(true);
    expect(seen(folderOf(document)).documents[0]?.registers['name']?.value).toBe('Sùng A Chớ');
    expect(await at.edits.undo(renamed.undo)).toEqual({ ok: false, reason: 'changed-since', fields: [] });
  });

  it.each([
    ['a value no Hub would take', { name: 'sex', value: 'x' }, 'invalid'],
    ['a field there is not', { name: 'nothing', value: 'x' }, 'invalid'],
  ])('[VLT-7] %s is not saved, and says which', async (_what, set, reason) => {
    const document = await addChild({ name: 'Y Thao' });
    const outcome = await at.edits.save([{ document, sets: [set] }]);
    expect(outcome).toMatchObject({ ok: false, reason });
  });

  it('[P3] [VLT-7] what the disk refused is told, and written as soon as there is room', async () => {
    const document = await addChild({ name: 'Y Thao' });
    store.now.failNext('storage-full');
    const saving = at.edits.save([{ document, sets: [{ name: 'name', value: 'Y Thảo' }] }]);
    while (at.storage === 'ok') await new Promise(setImmediate);
    expect([at.storage, at.summary().storage]).toEqual(['full', 'full']);
    expect(await saving).toMatchObject({ ok: true });
    at.register.follow(new Set([document]));
    expect([at.storage, at.register.child(folderOf(document))?.name]).toEqual(['ok', 'Y Thảo']);
  });

  it('[P3] [VLT-7] a storage that is gone is a refusal: the screen keeps what was typed', async () => {
    const document = await addChild({ name: 'Y Thao' });
    store.now.failNext('storage-lost');
    const outcome = await at.edits.save([{ document, sets: [{ name: 'name', value: 'Y Thảo' }] }]);
    expect(outcome).toEqual({ ok: false, reason: 'storage', fields: [] });
    expect(at.register.child(folderOf(document))?.name).toBe('Y Thao');
  });
});

describe('the register', () => {
  it('[VLT-8] lists by given name, finds without marks, and follows what changes', async () => {
    const dao = await addChild({ name: 'Nguyễn Thị Đào' });
    const an = await addChild({ name: 'Trần Bình An' });
    const query = (text: string, village: string | null = null) =>
      at.register.query({ text, filter: 'all', village, group: null, limit: 10 }).ids;
    expect(query('')).toEqual([folderOf(an), folderOf(dao)]);
    expect(query('nguyen thi dao')[0]).toBe(folderOf(dao));
    expect(query('', 'ta-phin')).toEqual([]);
    await at.edits.save([{ document: an, sets: [{ name: 'village', value: 'ta-phin' }] }]);
    const change = at.register.follow(new Set([an]));
    expect(change.rows.map(({ folder }) => folder)).toEqual([folderOf(an)]);
    expect(query('', 'ta-phin')).toEqual([folderOf(an)]);
  });

  it('[VLT-8] finds by the village’s name once the directory told it', async () => {
    const child = await addChild({ name: 'Lò Văn Pản' });
    at.register.setPlaces({ villages: [{ id: 'na-pan', name: 'Nà Pàn', oldNames: [] }], schools: [], holidays: [] });
    expect(
      at.register.query({ text: 'lo van pan na pan', filter: 'all', village: null, group: null, limit: 5 }).ids,
    ).toEqual([folderOf(child)]);
  });
});

describe('groups', () => {
  it('[GRP-1] follow what the household says, which lies in a folder of its own: in the list, its filter and the file', async () => {
    const home = documentIdOf(makeFolderId(world), 'household');
    const document = await addChild({ name: 'Giàng Thị Chu', household: folderOf(home) });
    const other = await addChild({ name: 'Giàng A Chơ' });
    const poor = (): readonly FolderId[] =>
      at.register.query({ text: '', filter: 'all', village: null, group: 'R1', limit: 5 }).ids;
    expect(poor()).toEqual([]);
    const sets = [
      { name: 'village', value: 'na-pan' },
      { name: 'economicStatus', value: 'nearPoor' },
    ];
    expect(await at.edits.save([{ document: home, sets }])).toMatchObject({ ok: true });
    const change = at.register.follow(new Set([home]));
    expect(change.rows).toMatchObject([{ folder: folderOf(document), groups: ['R1'], level: 'watch' }]);
    expect(poor()).toEqual([folderOf(document)]);
    expect([seen(folderOf(document)).groups, seen(folderOf(other)).groups]).toMatchObject([
      [{ group: 'R1', by: 'derived', reasons: [{ kind: 'household', name: 'economicStatus', value: 'nearPoor' }] }],
      [],
    ]);
    await at.edits.save([{ document, sets: [{ name: 'household', value: null }] }]);
    at.register.follow(new Set([document]));
    expect(poor()).toEqual([]);
  });
});

describe('what lies beside a file', () => {
  it('[GRP-7] [POL-20] tells no group of a sealed case: nothing notes that it is read there', async () => {
    const document = await addChild({ name: 'Y Blăm' });
    const groups = [{ code: 'a', group: 'G09', clause: null, since: null, until: null, evidence: null }];
    const beside = ['case', 'sealed-case'].map((kind) => ({ type: 'case', kind, document: `x/${kind}`, groups }));
    const place = { beside: beside as never, today: '2026-03-02' };
    const view = folderViewOf(at.replica, folderOf(document), new Set(), place);
    expect(view.groups.map(({ line }) => line?.document)).toEqual(['x/case']);
  });
});

describe('a folder as its person sees it', () => {
  it('[VLT-5] has what is held, and blanks of what he may begin; a kind with an extract is not closed', async () => {
    const document = await addChild({ name: 'Kpă Klơng' });
    const view = seen(folderOf(document));
    const identity = view.documents.find(({ kind }) => kind === 'identity');
    expect(identity).toMatchObject({ access: 'whole', saved: 'tablet', number: null });
    expect(identity?.writable).toContain('name');
    expect(view.documents.map(({ kind }) => kind)).toEqual(['identity', 'education', 'support']);
    expect(view.elsewhere).toEqual([]);
  });

  it('[VLT-5] is empty for a folder that is not on this tablet', () => {
    const folder = makeFolderId(world);
    expect(seen(folder)).toEqual({
      folder,
      unread: 0,
      documents: [],
      groups: [],
      papers: [],
      elsewhere: [],
      members: {},
    });
  });
});

describe('an import', () => {
  const SHEET = ['Họ và tên,Ngày sinh,Giới tính', 'Hầu Xuân Bình,03/04/2017,Nam', 'Lý Mẩy,05/11/2019,Nữ', ',,'].join(
    '\n',
  );
  const places = { villages: [], schools: [], holidays: [] };
  const plan = () =>
    at.imports.plan({ fileName: 'so-tre.csv', bytes: new TextEncoder().encode(SHEET) }, places, '2026-03-02');

  it('[VLT-8] accounts for every row, keeps what did not go in, and the second time adds nothing', async () => {
    const first = plan();
    if (!first.ok) throw new Error(first.error);
    const outcome = await at.imports.commit({ villages: {}, include: [] });
    expect(outcome.written + outcome.already + outcome.kept).toBe(first.plan.rows.length);
    expect(outcome.written).toBe(2);
    at.register.load();
    const second = plan();
    if (!second.ok) throw new Error(second.error);
    const again = await at.imports.commit({ villages: {}, include: [] });
    expect([again.written, again.already + again.kept]).toEqual([0, 2]);
  });

  it('[P3] [VLT-7] a disk that fills half way holds it up; with room it goes on where it was', async () => {
    plan();
    const commit = at.imports.commit({ villages: {}, include: [] });
    while (at.replica.counts().waiting === 0) await new Promise(setImmediate);
    store.now.failNext('storage-full');
    while (at.storage === 'ok') await new Promise(setImmediate);
    expect((await commit).written).toBe(2);
    at.register.load();
    expect([...at.register.children()].map(({ name }) => name)).toEqual(['Hầu Xuân Bình', 'Lý Mẩy']);
  });

  it('[VLT-7] a storage that is gone half way rejects, and what was written stays', async () => {
    plan();
    const commit = at.imports.commit({ villages: {}, include: [] });
    while (at.replica.counts().waiting === 0) await new Promise(setImmediate);
    store.now.failNext('storage-lost');
    await expect(commit).rejects.toMatchObject({ kind: 'storage-lost' });
    at.register.load();
    expect([...at.register.children()].map(({ name }) => name)).toEqual(['Hầu Xuân Bình']);
  });

  it('[VLT-7] a file that is none is said so, and nothing is written', () => {
    const answer = at.imports.plan(
      { fileName: 'anh.png', bytes: new Uint8Array([137, 80, 78, 71, 0, 1, 2, 3]) },
      places,
      '2026-03-02',
    );
    expect(answer.ok).toBe(false);
  });
});
