// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { settle } from '../composables/fake-engine.support.ts';
import AppDialog from './AppDialog.vue';
import { eventsOf, mountInPage } from './mount.support.ts';

enableAutoUnmount(afterEach);

describe('a dialog', () => {
  it.each([
    ['closes', { stays: false }, [[false]]],
    ['stays, when something is typed there or shown only once', { stays: true }, []],
  ])('tapped beside %s', async (_what, how, closed) => {
    const wrapper = mountInPage(AppDialog, { open: true, title: 'Sửa', ...how });
    await settle();
    // a tap is listened for from the turn after the one that opened it
    await new Promise((resolve) => setTimeout(resolve));
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await settle();
    expect(eventsOf(wrapper, 'update:open')).toEqual(closed);
  });

  it('that stays is closed by Esc', async () => {
    const wrapper = mountInPage(AppDialog, { open: true, title: 'Sửa', stays: true });
    await settle();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(eventsOf(wrapper, 'update:open')).toEqual([[false]]);
  });

  const ASKED = 'Bỏ những gì đã gõ?';

  async function typed(): Promise<ReturnType<typeof mountInPage>> {
    const wrapper = mountInPage(AppDialog, { open: true, title: 'Sửa', stays: true, isTyped: true });
    await settle();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settle();
    return wrapper;
  }

  it.each([
    ['Gõ tiếp', []],
    ['Bỏ, không lưu', [[false]]],
  ])('[UX-40] in which something was typed asks before Esc closes it: %s', async (answer, closed) => {
    const wrapper = await typed();
    expect(document.body.textContent).toContain(ASKED);
    expect(eventsOf(wrapper, 'update:open')).toEqual([]);
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent.includes(answer))?.click();
    await settle();
    expect(document.body.textContent).not.toContain(ASKED);
    expect(eventsOf(wrapper, 'update:open')).toEqual(closed);
  });

  it.each([true, false])(
    '[UX-40] asks before the way back takes it away, when something was typed: %s',
    async (isTyped) => {
      const page = { template: '<i />' };
      const routes = ['/', '/danh-muc'].map((path) => ({ path, component: page }));
      const router = createRouter({ history: createMemoryHistory(), routes });
      await router.push('/danh-muc');
      const wrapper = mountInPage(AppDialog, { open: true, title: 'Sửa', stays: true, isTyped }, {}, [router]);
      await router.push('/');
      await settle();
      expect(router.currentRoute.value.path).toBe(isTyped ? '/danh-muc' : '/');
      expect(document.body.textContent.includes(ASKED)).toBe(isTyped);
      wrapper.unmount();
      await router.push('/');
      expect(router.currentRoute.value.path).toBe('/');
    },
  );
});
