import { onScopeDispose, shallowRef } from 'vue';
import { useEngine } from '../../composables/use-engine.ts';
import type { Me } from '../../stores/engine.ts';
import type { RecoveryView } from '../../worker/recovery-views.ts';

/** Where a person stands who forgot his passphrase: it is asked and waited for, then chosen anew as at enrolment. */
export type RecoveryStep = 'look' | 'words' | 'prove' | 'pin' | 'saving';

const LOOK_EVERY_MS = 4_000;
const STORAGE: RecoveryView = { is: 'no', code: 'storage' };

/** Returns one recovery of `vault` and its steps; `enter` is called when the vault is open. Words and PIN leave the page with that. */
export function useRecovery(vault: string, enter: (me: Me) => void) {
  const engine = useEngine();
  /** Null: not known yet, or on its way. */
  const view = shallowRef<RecoveryView | null>(null);
  const step = shallowRef<RecoveryStep>('look');
  const words = shallowRef<readonly string[]>([]);

  async function show(asked: Promise<RecoveryView>): Promise<void> {
    view.value = await asked.catch(() => STORAGE);
  }

  const timer = setInterval(() => {
    if (view.value?.is === 'open' && document.visibilityState === 'visible') void show(engine.recovery(vault));
  }, LOOK_EVERY_MS);
  onScopeDispose(() => clearInterval(timer));
  void show(engine.recovery(vault));

  return {
    view,
    step,
    words,
    /** Asks the officers, with a new number. */
    ask(): Promise<void> {
      view.value = null;
      return show(engine.askRecovery(vault));
    },
    /** Takes it back. */
    withdraw: () => engine.withdrawRecovery(vault).catch(() => undefined),
    async offerWords(): Promise<void> {
      words.value = await engine.offerPassphrase();
      step.value = 'words';
    },
    async finish(pin: string): Promise<void> {
      step.value = 'saving';
      const opened = await engine.finishRecovery(vault, words.value.join(' '), pin).catch(() => null);
      if (opened?.ok) {
        words.value = [];
        enter(opened.me);
        return;
      }
      step.value = 'look';
      view.value = opened ? { is: 'no', code: 'damaged' } : STORAGE;
    },
  };
}
