/** Test-only: a screen in the page, over a fake engine, with a router that knows every route by name. */
import { mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, type Pinia } from 'pinia';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { type FakeEngine, settle } from '../composables/fake-engine.support.ts';
import { createI18n } from '../i18n/use-i18n.ts';
import { routes } from '../router/routes.ts';
import { useDirectory } from '../stores/directory.ts';
import { ENGINE } from '../stores/engine.ts';

/** A mounted screen. */
export interface Screen {
  readonly wrapper: VueWrapper;
  readonly router: Router;
  readonly pinia: Pinia;
}

const blank = { template: '<i />' };

/** Shows a view with its props, wide as a tablet; links lead to names only. */
export async function showScreen(
  engine: FakeEngine,
  view: Component,
  props: Record<string, unknown> = {},
): Promise<Screen> {
  window.matchMedia ??= (() => ({ matches: false, addEventListener() {}, removeEventListener() {} })) as never;
  const pinia = createPinia();
  const router = createRouter({
    history: createMemoryHistory(),
    routes: routes.map(({ path, name }) => ({ path, name: name ?? path, component: blank })) as never,
  });
  const wrapper = mount(view, {
    props,
    attachTo: document.body,
    global: { plugins: [pinia, createI18n(), router], provide: { [ENGINE as symbol]: engine.link } },
  });
  useDirectory(pinia).replace({
    ...useDirectory(pinia).content,
    villages: { 'thon-3': { name: 'Bản Nà Pàn', kind: 'ban', oldNames: [], order: 3 } },
  });
  await settle();
  return { wrapper, router, pinia };
}

/** Clicks the button that says `words`; fails when there is none. */
export async function press(wrapper: VueWrapper, words: string): Promise<void> {
  const button = wrapper.findAll('button, a.button').find((each) => each.text().includes(words));
  if (!button) throw new Error(`no button says “${words}”: ${wrapper.text().slice(0, 400)}`);
  await button.trigger(button.attributes('type') === 'submit' ? 'submit' : 'click');
  await settle();
}
