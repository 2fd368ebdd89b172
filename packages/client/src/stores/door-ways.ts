import { nextTick } from 'vue';
import { useI18n } from '../i18n/use-i18n.ts';
import { useDirectory } from './directory.ts';
import { useEdits } from './edits.ts';
import { injectedEngine, type Me } from './engine.ts';
import { useMeStore } from './me.ts';
import { useMembers } from './members.ts';
import { useRegisterSearch } from './register-search.ts';
import { useRegister } from './register.ts';
import { useSession } from './session.ts';
import { useToasts } from './toasts.ts';

/** Returns how the page becomes somebody's. */
export function useEntrance(): (me: Me, vault: string) => void {
  const session = useSession();
  const meStore = useMeStore();
  const directory = useDirectory();
  const edits = useEdits();
  const i18n = useI18n();
  return (me, vault) => {
    meStore.me = me;
    session.isTraining = me.isDemo;
    session.vault = vault;
    session.person = { name: me.name, place: i18n.t(`role.${me.role}`), role: me.role };
    directory.tellPlaces();
    session.phase = 'open';
    // what could not be saved before this person locked
    void edits.retry();
  };
}

/** Returns how the page forgets: the views go first and hand over what was typed, then the engine locks. */
export function useExit(): (phase: 'locked' | 'covered' | 'elsewhere') => Promise<void> {
  const engine = injectedEngine();
  const session = useSession();
  const meStore = useMeStore();
  const members = useMembers();
  const register = useRegister();
  const search = useRegisterSearch();
  const edits = useEdits();
  const toasts = useToasts();
  return async (phase) => {
    session.phase = phase;
    await nextTick();
    for (const toast of toasts.shown) toasts.close(toast.id);
    register.clear();
    members.forget();
    search.clear();
    edits.enterScreen();
    meStore.me = null;
    session.person = null;
    // the worker answers in order: what the views handed over is written before this
    await engine.api.lock({ forget: false }).catch(() => undefined);
  };
}
