import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { injectedEngine, type Me } from './engine.ts';

/** Who is working: member number, role, agency, places. */
export const useMeStore = defineStore('me', () => {
  const me = shallowRef<Me | null>(null);
  const engine = injectedEngine();
  engine.on('locked', () => (me.value = null));

  let asking: Promise<void> | null = null;

  /** Asks the engine again, once for all who ask meanwhile; keeps what is known when it is locked. */
  function refresh(): Promise<void> {
    asking ??= ask().finally(() => (asking = null));
    return asking;
  }

  async function ask(): Promise<void> {
    me.value = await engine.api.me().catch(() => me.value);
  }

  return { me, refresh };
});
