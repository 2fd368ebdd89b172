import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { ChildQuery } from '../worker/register-views.ts';
import { injectedEngine } from './engine.ts';

/**
 * What the register was asked and how far its list was scrolled, so that the way back from a child leads to the same place. What was typed may
 * be a name: it goes with the lock.
 */
export const useRegisterSearch = defineStore('register-search', () => {
  const text = shallowRef('');
  const filter = shallowRef<ChildQuery['filter']>('all');
  /** Empty for all of them. */
  const village = shallowRef('');
  /** A group of the law; empty for all of them. */
  const group = shallowRef('');
  const scrolledPx = shallowRef(0);

  /** Asks for everybody again, from the top. */
  function clear(): void {
    text.value = '';
    filter.value = 'all';
    village.value = '';
    group.value = '';
    scrolledPx.value = 0;
  }

  injectedEngine().on('locked', clear);
  return { text, filter, village, group, scrolledPx, clear };
});
