// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { createMemoryHistory } from 'vue-router';
import { FakeEngine } from '../composables/fake-engine.support.ts';
import { createI18n } from '../i18n/use-i18n.ts';
import AppFrame from '../shell/AppFrame.vue';
import { ENGINE } from '../stores/engine.ts';
import { usePage } from '../stores/page.ts';
import { useSession } from '../stores/session.ts';
import { createAppRouter } from './app-router.ts';
import { routes } from './routes.ts';

const router = createAppRouter(createMemoryHistory());
let frame: ReturnType<typeof mount> | null = null;

beforeEach(async () => {
  const pinia = createPinia();
  setActivePinia(pinia);
  useSession().person = { name: 'Lò Thị Mai', place: 'Bản Nà Pàn', role: 'lead' };
  await router.push('/nowhere');
  frame = mount(AppFrame, {
    attachTo: document.body,
    global: { plugins: [pinia, createI18n(), router], provide: { [ENGINE as symbol]: new FakeEngine().link } },
    slots: { door: '<p id="door">cửa</p>' },
  });
});
afterEach(() => frame?.unmount());

describe('AppFrame', () => {
  it('[UX-33] takes the page down while the device is locked or covered, and brings it back', async () => {
    const session = useSession();
    for (const phase of ['locked', 'covered', 'starting', 'elsewhere', 'enrolling'] as const) {
      session.phase = 'open';
      await nextTick();
      expect(frame?.find('#main').exists()).toBe(true);
      session.phase = phase;
      await nextTick();
      expect(frame?.find('#main').exists()).toBe(false);
    }
  });

  it('[UX-34] keeps names out of the tab title, whatever the heading says', async () => {
    useSession().phase = 'open';
    usePage().heading = 'Huỳnh Xuân Bình';
    await nextTick();
    expect(frame?.get('h1').text()).toBe('Huỳnh Xuân Bình');
    expect(document.title).toBe('Không có trang này · Chung Tay');
    useSession().phase = 'locked';
    await nextTick();
    expect(document.title).toBe('Chung Tay');
  });

  it('[UX-35] has the emergency numbers one tap away', async () => {
    useSession().phase = 'open';
    await nextTick();
    await frame?.get('.urgent').trigger('click');
    expect(frame?.findAll('a[href^="tel:"]')).toHaveLength(3);
  });

  it('[UX-31] moves the focus to the heading with the route, and has a skip link', async () => {
    useSession().phase = 'open';
    await nextTick();
    await router.push('/cai-dat');
    await nextTick();
    expect(document.activeElement?.id).toBe('page-title');
    expect(frame?.findAll('h1')).toHaveLength(1);
    expect(frame?.get('a.skip').attributes('href')).toBe('#main');
  });
});

describe('routes', () => {
  it('all carry a title and a name', () => {
    for (const route of routes) expect([route.name, route.meta?.titleKey]).not.toContain(undefined);
  });
});
