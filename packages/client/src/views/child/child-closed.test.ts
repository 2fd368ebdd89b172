// @vitest-environment happy-dom
import { type DocumentId, documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { FakeEngine, POLICE, settle } from '../../composables/fake-engine.support.ts';
import { useFolder } from '../../composables/use-folder.ts';
import { press, showScreen } from '../screens.support.ts';
import ChildClosed from './ChildClosed.vue';

enableAutoUnmount(afterEach);

function closedPartOf(folder: FolderId) {
  return defineComponent({
    setup() {
      const open = useFolder(folder);
      return () => h(ChildClosed, { folder: open });
    },
  });
}

describe('the closed parts of a child', () => {
  it('show what police says to who holds it, and not a word of the rest', async () => {
    const engine = new FakeEngine();
    const child = engine.id() as FolderId;
    const value = { measure: 'diversion', state: 'running', from: '2026-09-01' };
    engine.writeAs(POLICE, {
      document: documentIdOf(child, 'offence'),
      sets: [{ name: 'measures', code: 'a', value }],
    });
    const { wrapper } = await showScreen(engine, closedPartOf(child));
    expect(wrapper.text()).toContain('Pháp lý, công an');
    expect(wrapper.text()).toContain('Xử lý chuyển hướng');
    expect(wrapper.text()).not.toMatch(/HIV|Ngăn y tế riêng/u);
  });

  it('take a new row under a code of its own, and strike one out', async () => {
    const engine = new FakeEngine();
    const child = engine.id() as FolderId;
    const document: DocumentId = documentIdOf(child, 'hiv');
    engine.writeAs(POLICE, { document, sets: [{ name: 'tests', code: 'first', value: { place: 'Trạm y tế xã' } }] });
    const { wrapper } = await showScreen(engine, closedPartOf(child));
    expect(wrapper.text()).toContain('Trạm y tế xã');
    await press(wrapper, 'Bỏ dòng này');
    expect(engine.written).toEqual([[{ document, sets: [{ name: 'tests', code: 'first', value: null }] }]]);
    const add = wrapper.get('[aria-label="Thêm: Xét nghiệm"]');
    await add.trigger('click');
    await settle();
    const dialog = globalThis.document.querySelector('[role="dialog"], dialog');
    expect(dialog?.textContent).toContain('Nơi xét nghiệm');
  });

  it('take one row for two taps', async () => {
    const engine = new FakeEngine();
    const child = engine.id() as FolderId;
    const document: DocumentId = documentIdOf(child, 'hiv');
    engine.writeAs(POLICE, { document, sets: [{ name: 'tests', code: 'first', value: { place: 'Trạm y tế xã' } }] });
    const { wrapper } = await showScreen(engine, closedPartOf(child));
    await wrapper.get('[aria-label="Thêm: Xét nghiệm"]').trigger('click');
    await settle();
    const place = globalThis.document.querySelector<HTMLInputElement>('.dialog input[type="text"], .dialog textarea');
    if (place) place.value = 'Bệnh viện huyện';
    place?.dispatchEvent(new Event('input', { bubbles: true }));
    place?.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    const save = [...globalThis.document.querySelectorAll<HTMLButtonElement>('.dialog button')].find(
      ({ textContent }) => textContent?.trim() === 'Ghi',
    );
    let release = (): void => undefined;
    engine.gate = new Promise((resolve) => (release = resolve));
    save?.click();
    save?.click();
    release();
    await settle();
    expect(engine.written).toHaveLength(1);
  });
});
