import { defineStore } from 'pinia';
import { onScopeDispose, shallowRef, toValue, watchEffect, type MaybeRefOrGetter } from 'vue';

/** The heading on screen, where a view wants another than its route's title. Never the tab title: that carries no names (UX-34). */
export const usePage = defineStore('page', () => {
  const heading = shallowRef<string | null>(null);
  return { heading };
});

/** Shows `text` as the page's heading while the calling view lives. */
export function usePageHeading(text: MaybeRefOrGetter<string>): void {
  const page = usePage();
  let mine: string | null = null;
  watchEffect(() => {
    mine = toValue(text);
    page.heading = mine;
  });
  onScopeDispose(() => {
    if (page.heading === mine) page.heading = null;
  });
}
