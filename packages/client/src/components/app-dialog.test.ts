// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
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
});
