import { watch } from 'vue';
import { injectedEngine } from './engine.ts';
import { useSession } from './session.ts';

/**
 * Calls `forget` whenever the page is nobody's any more: locked by its person or by itself, covered, or given to another window. The engine
 * tells only of a lock that the page has not asked for. Called in a store's setup.
 */
export function whenLeft(forget: () => void): void {
  const session = useSession();
  injectedEngine().on('locked', forget);
  // at once: what came a turn later would find the next person there
  watch(
    () => session.phase,
    (phase) => phase !== 'open' && forget(),
    { flush: 'sync' },
  );
}
