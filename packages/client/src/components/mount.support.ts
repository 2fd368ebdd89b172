import { mount, type ComponentMountingOptions, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import type { Component, Plugin } from 'vue';
import { createI18n } from '../i18n/use-i18n.ts';

/** Test-only: mounts a component in the page, in Vietnamese, with a store of its own. */
export function mountInPage<Props>(
  component: Component<Props>,
  props: Props,
  slots: Record<string, string> = {},
  more: readonly Plugin[] = [],
): VueWrapper {
  const plugins = [createPinia(), createI18n(), ...more];
  const options = { props, slots, attachTo: document.body, global: { plugins } };
  return mount(component as Component, options as ComponentMountingOptions<Component>);
}

/** Returns every event of a name with its arguments; an empty list when it never came. */
export function eventsOf(wrapper: VueWrapper, name: string): unknown[][] {
  return wrapper.emitted(name) ?? [];
}
