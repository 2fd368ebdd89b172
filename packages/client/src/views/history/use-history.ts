import { type Ref, shallowRef, watch } from 'vue';
import { oneAtATime } from '../../composables/one-at-a-time.ts';
import { useEngine, useEngineEvent } from '../../composables/use-engine.ts';
import type { FolderHistory, FolderView } from '../../stores/engine.ts';

/**
 * Returns what became of an open file: first what the device holds, then with the older values from the Hub; asked again as the file
 * changes, and when the connection comes back. Null until the first answer.
 */
export function useHistory(view: Readonly<Ref<FolderView | null>>): Readonly<Ref<FolderHistory | null>> {
  const engine = useEngine();
  const history = shallowRef<FolderHistory | null>(null);
  const ask = oneAtATime(async () => {
    const folder = view.value?.folder;
    if (folder === undefined) return;
    history.value = await engine.history(folder).catch(() => history.value);
    const fetched = await engine.fetchHistory(folder).catch(() => null);
    if (fetched && view.value?.folder === folder) history.value = fetched;
  });

  watch(view, () => void ask(), { immediate: true });
  useEngineEvent('sync', ({ summary }) => {
    if (summary.online && history.value?.reach === 'here') void ask();
  });
  return history;
}
