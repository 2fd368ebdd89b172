import type { TaskView } from '@chungtay/core/derive/tasks';
import { type Ref, shallowRef, watch } from 'vue';
import { useEngine, useEngineEvent } from './use-engine.ts';
import { useNow } from './use-now.ts';

/** Returns this person's tasks as of now: asked again after changes, and as deadlines pass. Null until the first answer. */
export function useTasks(): Readonly<Ref<readonly TaskView[] | null>> {
  const engine = useEngine();
  const tasks = shallowRef<readonly TaskView[] | null>(null);
  let isAsking = false;
  let isStale = false;

  async function ask(): Promise<void> {
    isStale = true;
    if (isAsking) return;
    isAsking = true;
    while (isStale) {
      isStale = false;
      tasks.value = await engine.tasks().catch(() => tasks.value);
    }
    isAsking = false;
  }

  useEngineEvent('changed', () => void ask());
  watch(useNow(), ask, { immediate: true });
  return tasks;
}
