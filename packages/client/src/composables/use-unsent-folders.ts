import { type Ref, shallowRef, watch } from 'vue';
import { useSync } from '../stores/sync.ts';
import { useEngine } from './use-engine.ts';

/** Returns the folders with edits that wait to be sent; lists mark only those (R3). */
export function useUnsentFolders(): Readonly<Ref<ReadonlySet<string>>> {
  const engine = useEngine();
  const sync = useSync();
  const folders = shallowRef<ReadonlySet<string>>(new Set());
  watch(
    () => sync.summary.waiting,
    async (waiting) => {
      if (waiting === 0) folders.value = new Set();
      else {
        const panel = await engine.syncPanel().catch(() => null);
        if (panel) folders.value = new Set(panel.waiting.map(({ document }) => document.split('/')[0] ?? ''));
      }
    },
    { immediate: true },
  );
  return folders;
}
