import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { injectedEngine, type Me } from './engine.ts';

/** Who is working: member number, role, agency, places. */
export const useMeStore = defineStore('me', () => {
  const me = shallowRef<Me | null>(null);
  const engine = injectedEngine();
  engine.on('locked', () => (me.value = null));

  /** Asks the engine again; keeps what is known when it is locked. */
  async function refresh(): Promise<void> {
    me.value = await engine.api.me().catch(() => me.value);
  }

  return { me, refresh };
});
