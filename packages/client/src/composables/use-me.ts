import { type Ref, toRef } from 'vue';
import type { Me } from '../stores/engine.ts';
import { useMeStore } from '../stores/me.ts';

/** Returns who is working; null for the moment until the engine has said so. Asked anew by each screen, because people change. */
export function useMe(): Readonly<Ref<Me | null>> {
  const store = useMeStore();
  void store.refresh();
  return toRef(store, 'me');
}
