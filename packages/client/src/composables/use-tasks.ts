import type { TaskView } from '@chungtay/core/derive/tasks';
import { type Ref, shallowRef, watch } from 'vue';
import { oneAtATime } from './one-at-a-time.ts';
import { useEngine, useEngineEvent } from './use-engine.ts';
import { useNow } from './use-now.ts';

/** Returns this person's tasks as of now: asked again after changes, and as deadlines pass. Null until the first answer. */
export function useTasks(): Readonly<Ref<readonly TaskView[] | null>> {
  const engine = useEngine();
  const tasks = shallowRef<readonly TaskView[] | null>(null);
  const ask = oneAtATime(async () => {
    tasks.value = await engine.tasks().catch(() => tasks.value);
  });

  useEngineEvent('changed', () => void ask());
  watch(useNow(), ask, { immediate: true });
  return tasks;
}
