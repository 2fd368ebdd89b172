import { readDocument } from '@chungtay/core/doc/read';
import { type DocumentId, documentIdOf, type FolderId, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import { Outage } from '@chungtay/core/sync/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent, FolderView } from './engine-views.ts';
import { workplaceOf, worldAt } from './engine.support.ts';
import type { Workplace } from './workplace.ts';

const HOUR_MS = 3_600_000;
const clock = { nowMs: Date.UTC(2026, 10, 23, 2, 10) };
const world = worldAt(clock);
const told: EngineEvent[] = [];
let store: MemoryReplicaStore;
let at: Workplace;
let folder: FolderId;

beforeEach(async () => {
  store = new MemoryReplicaStore();
  told.length = 0;
  at = await workplaceOf('lead', store, { namedFor: ['sealed'], world, tell: (event) => told.push(event) });
  at.start();
  folder = makeFolderId(world);
});

async function report(words: string): Promise<DocumentId> {
  const document = documentIdOf(folder, 'sealed-intake', makeUlid(world));
  const saved = await at.edits.save([{ document, sets: [{ name: 'currentCondition', value: words }] }]);
  expect(saved).toMatchObject({ ok: true });
  return document;
}

/** Lines of the records that lie in a view: what was read, and how. */
function linesIn({ documents }: FolderView): readonly string[] {
  const logs = documents.filter(({ kind }) => kind === 'reads-sealed').flatMap(({ logs: { reads = [] } }) => reads);
  return logs.map(({ value }) => {
    const { document, act } = value as { readonly document: string; readonly act: string };
    return `${act} ${document}`;
  });
}

const records = (): number => at.replica.documentsOf(folder).filter((document) => document.includes('/reads-')).length;

describe('reading in a closed compartment', () => {
  it('[POL-21] is written down before anything is shown, once an hour for each document and act', async () => {
    const first = await report('Cháu kể ở trường.');
    expect(linesIn(await at.watch(folder))).toEqual([`open ${first}`]);
    expect(linesIn(await at.watch(folder))).toEqual([`open ${first}`]);
    await at.readings.note(folder, 'history');
    expect(linesIn(await at.watch(folder))).toEqual([`open ${first}`, `history ${first}`]);
    clock.nowMs += HOUR_MS;
    expect(linesIn(await at.watch(folder))).toEqual([`open ${first}`, `history ${first}`, `open ${first}`]);
    expect(records()).toBe(1);
  });

  it('[POL-21] also of what comes while the file is open', async () => {
    await report('Cháu kể ở trường.');
    await at.watch(folder);
    told.length = 0;
    const second = await report('Bà ngoại báo thêm.');
    const views = () => told.flatMap((event) => (event.type === 'folder' ? [event.view] : []));
    await expect
      .poll(() => views().some(({ documents }) => documents.some(({ document }) => document === second)))
      .toBe(true);
    const unrecorded = views().flatMap((view) =>
      view.documents.filter(
        ({ document, kind }) => kind === 'sealed-intake' && !linesIn(view).includes(`open ${document}`),
      ),
    );
    expect(unrecorded).toEqual([]);
  });

  it('[POL-21] is not possible where nothing can be written down: the part stays shut, the rest is shown', async () => {
    const secret = await report('Cháu kể ở trường.');
    store.failNext('storage-lost');
    const shut = await at.watch(folder);
    expect(shut.unread).toBe(1);
    expect(JSON.stringify(shut)).not.toContain('Cháu kể');
    expect(at.pasts.here(folder, new Set([secret])).items).toEqual([]);
    const again = await at.watch(folder);
    expect([again.unread, linesIn(again)]).toEqual([0, [`open ${secret}`]]);
  });

  it('[POL-21] on a full disk the file opens without that part, at once', async () => {
    const secret = await report('Cháu kể ở trường.');
    const commit = store.commit.bind(store);
    store.commit = () => Promise.reject(new Outage('storage-full'));
    expect((await at.watch(folder)).unread).toBe(1);
    expect(at.storage).toBe('full');
    expect((await at.watch(folder)).unread).toBe(1);
    store.commit = commit;
    await expect.poll(() => at.storage, { timeout: 15_000 }).toBe('ok');
    expect(linesIn(await at.watch(folder))).toContain(`open ${secret}`);
  }, 20_000);

  it('[POL-21] also of what stands beside an edit that the Hub refused; shut, the edit is shown without it', async () => {
    const secret = await report('Cháu kể ở trường.');
    await report('Bà ngoại báo thêm.');
    const sets = [{ name: 'currentCondition', value: 'Cháu đã về nhà.' }];
    await at.edits.save([{ document: secret, sets }]);
    const atMs = world.nowMs();
    await at.replica.sync.verdicts([
      { n: 1, verdict: 'stored', atMs },
      { n: 2, verdict: 'stored', atMs },
      { n: 3, verdict: 'refused', code: 'no-grant', atMs },
    ]);
    store.failNext('storage-lost');
    const fieldsOf = async () => (await at.quarantine()).flatMap(({ fields }) => fields);
    expect(await fieldsOf()).toMatchObject([{ value: 'Cháu đã về nhà.', now: null }]);
    expect(records()).toBe(0);
    expect(await fieldsOf()).toMatchObject([{ value: 'Cháu đã về nhà.', now: 'Cháu kể ở trường.' }]);
    expect(at.readings.isDue(folder, 'open')).toBe(true);
    const [log] = at.replica.documentsOf(folder).filter((document) => document.includes('/reads-'));
    const held = log ? at.replica.read(log) : null;
    const lines = held?.access === 'whole' ? readDocument(held.state).logs.get('reads') : [];
    expect(lines?.map(({ value }) => value)).toEqual([{ document: secret, act: 'open' }]);
  });

  it('[POL-20] leaves no record of what is open to the whole office', async () => {
    const document = documentIdOf(folder, 'intake', makeUlid(world));
    await at.edits.save([{ document, sets: [{ name: 'currentCondition', value: 'Cháu bỏ học.' }] }]);
    await at.watch(folder);
    expect(records()).toBe(0);
  });

  it('[HIS-8] the records are no changes of the file', async () => {
    const first = await report('Cháu kể ở trường.');
    await at.watch(folder);
    expect(new Set(at.pasts.here(folder).items.map(({ document }) => document))).toEqual(new Set([first]));
  });
});
