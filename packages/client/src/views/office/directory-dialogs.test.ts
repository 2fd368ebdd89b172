// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { eventsOf, mountInPage } from '../../components/mount.support.ts';
import { FakeEngine, settle } from '../../composables/fake-engine.support.ts';
import { press, showScreen } from '../screens.support.ts';
import CatalogueDialog from './CatalogueDialog.vue';
import PlaceList from './PlaceList.vue';

enableAutoUnmount(afterEach);

const FAILED = 'Cần có mạng để xem và sửa phần này.';
const LIST = { source: 'Quyết định 12', isUnchecked: false, items: [{ code: 'kinh', vi: 'Kinh', en: 'Kinh' }] };

/** Clicks a button of the dialog, which lies outside what was mounted. */
async function tap(words: string): Promise<void> {
  const button = [...document.querySelectorAll('[role="dialog"] button')].find((each) =>
    `${each.textContent}${each.getAttribute('aria-label') ?? ''}`.includes(words),
  );
  if (!(button instanceof HTMLElement)) throw new Error(`no button says “${words}”`);
  button.click();
  await settle();
}

async function type(at: number, text: string): Promise<void> {
  const field = [...document.querySelectorAll<HTMLInputElement>('[role="dialog"] input[type="text"]')].at(at);
  if (!field) throw new Error('no such field');
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}

describe('a list of codes', () => {
  const open = async () => {
    const wrapper = mountInPage(CatalogueDialog, { title: 'Dân tộc', list: LIST, isBusy: false, trouble: null });
    await settle();
    return wrapper;
  };

  it('[OFF-6] is saved with the line that was typed and not added yet', async () => {
    const wrapper = await open();
    await type(-1, '  Xinh Mun ');
    await tap('Lưu');
    const added = { code: 'xinh-mun', vi: 'Xinh Mun', en: 'Xinh Mun' };
    expect(eventsOf(wrapper, 'save')).toEqual([[LIST.source, [...LIST.items, added]]]);
  });

  it.each([
    ['a new line', -1],
    ['the source', 0],
    ['a word of a line', 1],
  ])('[OFF-6] is not closed over %s without asking', async (_what, at) => {
    const wrapper = await open();
    await type(at, 'Xinh Mun');
    await tap('Đóng');
    expect(eventsOf(wrapper, 'close')).toEqual([]);
    await tap('Bỏ, không lưu');
    expect(eventsOf(wrapper, 'close')).toEqual([[]]);
  });

  it('[OFF-6] in which nothing was typed closes at once', async () => {
    const wrapper = await open();
    await tap('Đóng');
    expect(eventsOf(wrapper, 'close')).toEqual([[]]);
  });
});

describe('a place', () => {
  it('[OFF-6] says what went wrong with it until it is closed, and not of the next one', async () => {
    const { wrapper } = await showScreen(new FakeEngine(), PlaceList, { root: 'villages', isWriter: true });
    await press(wrapper, 'Sửa');
    await type(0, 'Bản Nà Pàn Trên');
    await tap('Lưu');
    expect(document.body.textContent).toContain(FAILED);
    await type(0, 'Bản Nà Pàn');
    await tap('Đóng');
    expect(document.body.textContent).not.toContain(FAILED);
  });
});
