import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** `ready`: a newer build waits; `replaced`: another window has taken it and this page still runs the old one. */
export type UpdateState = 'none' | 'ready' | 'replaced';

/** Where the update of the app stands. `boot/app-update.ts` writes it. */
export const useAppUpdate = defineStore('app-update', () => {
  const state = shallowRef<UpdateState>('none');
  const isOfflineReady = shallowRef(false);
  const accept = shallowRef<() => void>(() => {});
  return { state, isOfflineReady, accept };
});
