// @vitest-environment happy-dom
import { documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import { shallowRef } from 'vue';
import { useEdits } from '../stores/edits.ts';
import { useRegister } from '../stores/register.ts';
import { useToasts } from '../stores/toasts.ts';
import { FakeEngine, POLICE, settle, withEngine } from './fake-engine.support.ts';
import { useDraft } from './use-draft.ts';
import { columnOf, useField } from './use-field.ts';
import { useFolder } from './use-folder.ts';
import { useRows } from './use-rows.ts';

function fileOf(engine: FakeEngine) {
  const folder = engine.id() as FolderId;
  return { folder, document: documentIdOf(folder, 'case') };
}

function fieldIn(engine: FakeEngine, name: string, code?: string) {
  const { folder, document } = fileOf(engine);
  const { result, end } = withEngine(engine, () => {
    const edits = useEdits();
    const open = useFolder(folder);
    const place = { folder: open, document: () => document, name, undoText: () => `Đã ghi ${name}` };
    return {
      edits,
      open,
      field: useField(code === undefined ? place : { ...place, code: () => code }),
      toasts: useToasts(),
    };
  });
  return { ...result, folder, document, end };
}

describe('useFolder', () => {
  it('follows the file it has open and closes it with its screen', async () => {
    const engine = new FakeEngine();
    const { document, open, end } = fieldIn(engine, 'riskReason');
    await settle();
    expect(open.view.value?.documents).toEqual([]);
    engine.writeAs(POLICE, { document, sets: [{ name: 'riskReason', value: 'Có vết thương' }] });
    await settle();
    expect(open.only('case')?.registers['riskReason']?.value).toBe('Có vết thương');
    end();
    await settle();
    expect(engine.openFolders).toBe(0);
  });

  it('stays open while another part of the screen needs it, and moves on with its id', async () => {
    const engine = new FakeEngine();
    const [one, two] = [fileOf(engine), fileOf(engine)];
    const which = shallowRef<FolderId | null>(one.folder);
    const { end } = withEngine(engine, () => [useFolder(which), useFolder(one.folder)]);
    await settle();
    expect(engine.openFolders).toBe(1);
    which.value = two.folder;
    await settle();
    expect(engine.openFolders).toBe(2);
    end();
    await settle();
    expect(engine.openFolders).toBe(0);
  });
});

describe('useField', () => {
  it('begins a document that does not exist yet', async () => {
    const engine = new FakeEngine();
    const { field, open } = fieldIn(engine, 'currentCarer');
    await settle();
    field.commit('Bà ngoại');
    await settle();
    expect(open.only('case')?.registers['currentCarer']?.value).toBe('Bà ngoại');
  });

  it('writes nothing when nothing changes, and clears what was there', async () => {
    const engine = new FakeEngine();
    const { field } = fieldIn(engine, 'currentCarer');
    await settle();
    field.commit('');
    field.commit('Bà ngoại');
    await settle();
    field.commit('Bà ngoại');
    await settle();
    expect(engine.written).toHaveLength(1);
    field.commit(null);
    await settle();
    expect(field.value).toBeNull();
  });

  it('[UX-9] keeps a value its writer had not seen beside the new one', async () => {
    const engine = new FakeEngine();
    const { field, document } = fieldIn(engine, 'currentResidence');
    await settle();
    const seen = field.version;
    engine.writeAs(POLICE, { document, sets: [{ name: 'currentResidence', value: 'Trạm Y tế' }] });
    await settle();
    field.commit('Nhà bà ngoại', seen);
    await settle();
    expect(field.conflict?.map(({ value }) => value).toSorted()).toEqual(['Nhà bà ngoại', 'Trạm Y tế']);
    field.commit('Nhà bà ngoại');
    await settle();
    expect(field.conflict).toBeNull();
  });

  it('builds a second tick on the first, before the first has come back', async () => {
    const engine = new FakeEngine();
    const { field } = fieldIn(engine, 'dangerSigns');
    await settle();
    let open = (): void => undefined;
    engine.gate = new Promise((resolve) => (open = resolve));
    field.commit(['injury']);
    expect(field.value).toEqual(['injury']);
    field.commit([...(field.value as string[]), 'alone']);
    expect(field.value).toEqual(['injury', 'alone']);
    open();
    await settle();
    expect(field.value).toEqual(['injury', 'alone']);
    expect(field.conflict).toBeNull();
  });

  it('shows what stands again after a refusal', async () => {
    const engine = new FakeEngine();
    const { field, edits } = fieldIn(engine, 'riskLevel');
    await settle();
    engine.refusal = { ok: false, reason: 'no-right', fields: ['riskLevel'] };
    field.commit('high');
    await settle();
    expect(field.value).toBeNull();
    expect(edits.state).toMatchObject({ is: 'failed', reason: 'no-right' });
  });

  it('leaves the other columns of a row as they are', async () => {
    const engine = new FakeEngine();
    const { field } = fieldIn(engine, 'team', 'm9');
    await settle();
    columnOf(field, 'member').commit(9);
    columnOf(field, 'duty').commit('Xác minh');
    await settle();
    expect(field.value).toEqual({ member: 9, duty: 'Xác minh' });
    columnOf(field, 'duty').commit(null);
    await settle();
    expect(field.value).toEqual({ member: 9 });
  });
});

describe('useEdits', () => {
  it('[UX-2] says saved only after the engine has', async () => {
    const engine = new FakeEngine();
    const { field, edits } = fieldIn(engine, 'narrative');
    await settle();
    let open = (): void => undefined;
    engine.gate = new Promise((resolve) => (open = resolve));
    field.commit('Cháu kể…');
    await settle();
    expect(edits.state.is).toBe('typing');
    open();
    await settle();
    expect(edits.state).toMatchObject({ is: 'saved', atMs: engine.nowMs });
  });

  it('keeps what could not be stored and writes it on retry', async () => {
    const engine = new FakeEngine();
    const { field, edits } = fieldIn(engine, 'narrative');
    await settle();
    engine.refusal = { ok: false, reason: 'storage', fields: [] };
    field.commit('Cháu kể…');
    await settle();
    expect(edits.state.is).toBe('failed');
    expect(field.value).toBe('Cháu kể…');
    await edits.retry();
    await settle();
    expect(edits.state.is).toBe('saved');
    expect(engine.written).toHaveLength(1);
  });

  it('[UX-11] takes a burst on one field back with one undo', async () => {
    const engine = new FakeEngine();
    const { field, toasts } = fieldIn(engine, 'currentCarer');
    await settle();
    for (const text of ['Bà', 'Bà ngoại']) {
      field.commit(text);
      await settle();
    }
    expect(toasts.shown).toHaveLength(1);
    toasts.undo(toasts.shown[0]?.id ?? 0);
    await settle();
    expect(field.value).toBeNull();
  });
});

describe('useRows', () => {
  it('follows its kind and its sealed twin, and no other', async () => {
    const engine = new FakeEngine();
    const { result } = withEngine(engine, () => useRows('case'));
    await settle();
    expect(result.rows.value).toEqual([]);
    for (const kind of ['case', 'sealed-case', 'identity']) {
      engine.writeAs(POLICE, {
        document: documentIdOf(engine.id() as FolderId, kind),
        sets: [{ name: kind === 'identity' ? 'name' : 'childName', value: 'Vàng A Páo' }],
      });
    }
    await settle();
    expect(result.rows.value?.map(({ kind }) => kind)).toEqual(['case', 'sealed-case']);
  });
});

describe('useDraft', () => {
  it('is there again after the screen, or the browser, went away', async () => {
    const engine = new FakeEngine();
    const first = withEngine(engine, () => useDraft('intake/1', { summary: '' }));
    await settle();
    first.result.set({ summary: 'Nghe tiếng khóc' });
    expect(first.result.state.value).toBe('typing');
    first.end();
    await settle();
    const { result } = withEngine(engine, () => useDraft('intake/1', { summary: '' }));
    await result.loaded;
    expect(result.value.value).toEqual({ summary: 'Nghe tiếng khóc' });
    expect(result.state.value).toBe('saved');
  });

  it('is gone once it is handed in, and does not come back with the page', async () => {
    const engine = new FakeEngine();
    const { result, end } = withEngine(engine, () => useDraft('intake/1', { summary: '' }));
    await settle();
    result.set({ summary: 'Nghe tiếng khóc' });
    await result.remove();
    end();
    await settle();
    expect(engine.drafts.size).toBe(0);
  });
});

describe('useRegister', () => {
  it('[UX-33] forgets every child when the engine locks', () => {
    const engine = new FakeEngine();
    const { result } = withEngine(engine, () => useRegister());
    const folder = engine.id() as FolderId;
    engine.tell({ type: 'children', rows: [{ folder, name: 'Y Thiên' } as never], gone: [], complete: true });
    expect(result.child(folder)?.name).toBe('Y Thiên');
    engine.tell({ type: 'locked', reason: 'revoked' });
    expect(result.all()).toEqual([]);
    expect(result.isComplete).toBe(false);
  });
});
