import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { IDLE, type SyncState } from './sync-summary.ts';

/** What waits, what was sent, what is wrong: one plain value, replaced whole by the engine. */
export const useSync = defineStore('sync', () => {
  const summary = shallowRef<SyncState>(IDLE);
  return { summary };
});
