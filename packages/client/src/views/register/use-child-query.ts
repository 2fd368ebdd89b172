import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { oneAtATime } from '../../composables/one-at-a-time.ts';
import { useEngine } from '../../composables/use-engine.ts';
import { useRegister } from '../../stores/register.ts';
import type { ChildQuery, QueryAnswer } from '../../worker/register-views.ts';

/** The answer on screen, and the question it answers. */
export interface ShownAnswer extends QueryAnswer {
  readonly to: ChildQuery;
}

/** After the register changed, lists ask again no oftener than this. */
const FOLLOW_EVERY_MS = 250;

/**
 * Returns what the engine finds for `query`, asked again when the query or the register changes. One question is under way at a time and only
 * the newest waits behind it: typing is slowed by nothing but the worker's answer.
 */
export function useChildQuery(query: () => ChildQuery): Readonly<Ref<ShownAnswer | null>> {
  const engine = useEngine();
  const register = useRegister();
  const answer = shallowRef<ShownAnswer | null>(null);
  const wanted = computed(query);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ask = oneAtATime(async () => {
    const to = wanted.value;
    const found = await engine.queryChildren(to).catch(() => null);
    if (found) answer.value = { ...found, to };
  });

  function follow(): void {
    // the first lines are shown as they come
    if (answer.value?.total === 0 && timer === undefined) void ask();
    timer ??= setTimeout(() => {
      timer = undefined;
      void ask();
    }, FOLLOW_EVERY_MS);
  }

  watch(wanted, ask, { immediate: true });
  watch(() => register.revision, follow);
  onScopeDispose(() => clearTimeout(timer));
  return answer;
}
