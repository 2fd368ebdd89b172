import { watch } from 'vue';
import { useEdits } from '../stores/edits.ts';
import { injectedEngine } from '../stores/engine.ts';
import { useSession } from '../stores/session.ts';

/** Returns what stores everything typed before the page goes: resolves when it is on this tablet, rejects when it is not (UX-7). */
export function useFlush(): () => Promise<void> {
  const engine = injectedEngine();
  const edits = useEdits();
  const session = useSession();

  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      const stop = watch(
        () => edits.state.is,
        (is) => {
          if (is === 'typing') return;
          queueMicrotask(() => stop());
          resolve();
        },
        { immediate: true },
      );
    });

  const mustBeStored = (): void => {
    if (edits.state.is === 'failed') throw new Error('not stored');
  };

  return async () => {
    if (session.phase !== 'open') return;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    // every field and draft stores itself when the page may vanish
    window.dispatchEvent(new Event('pagehide'));
    await settled();
    // behind what the disk does not take, nothing would ever end
    mustBeStored();
    // strict writes end in order: behind this one, every draft is on the disk
    await engine.api.saveDraft('page/flush', null);
    mustBeStored();
  };
}
