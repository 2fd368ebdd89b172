import type { ChildRow } from '@chungtay/core/derive/rows';
import type { FolderId } from '@chungtay/core/model/ids';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { injectedEngine } from './engine.ts';

/**
 * The children this person may see, as the engine tells them. Use it once at the start of the app: lines come as events, right after
 * unlock. Reading is reactive through one counter, so that 6,000 lines cost one dependency.
 */
export const useRegister = defineStore('register', () => {
  const rows = new Map<FolderId, ChildRow>();
  const revision = shallowRef(0);
  const isComplete = shallowRef(false);
  const isEmpty = shallowRef(true);
  const engine = injectedEngine();

  engine.on('children', (event) => {
    for (const row of event.rows) rows.set(row.folder, row);
    for (const folder of event.gone) rows.delete(folder);
    isComplete.value ||= event.complete;
    isEmpty.value = rows.size === 0;
    revision.value += 1;
  });
  engine.on('locked', clear);

  /** Forgets every line: to be called whenever the device is locked or covered. */
  function clear(): void {
    rows.clear();
    isComplete.value = false;
    isEmpty.value = true;
    revision.value += 1;
  }

  /** Returns a child's line, or null when this device does not hold it. */
  function child(folder: FolderId): ChildRow | null {
    return revision.value >= 0 ? (rows.get(folder) ?? null) : null;
  }

  /** Returns every line, in no order. */
  function all(): readonly ChildRow[] {
    return revision.value >= 0 ? [...rows.values()] : [];
  }

  return { revision, isComplete, isEmpty, child, all, clear };
});
