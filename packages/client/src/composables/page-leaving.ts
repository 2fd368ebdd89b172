import { onScopeDispose } from 'vue';

/**
 * Calls `leave` whenever the page may vanish (hidden, closed) and when the caller's scope ends (UX-1). Returns whether that time has come:
 * what a field inside the caller hands over in the same moment, after `leave`, must not wait either.
 */
export function usePageLeaving(leave: () => void): () => boolean {
  let isLeaving = false;
  const go = (): void => {
    isLeaving = true;
    leave();
  };
  const look = (): void => {
    if (document.visibilityState === 'hidden') go();
    else isLeaving = false;
  };
  const comeBack = (): void => void (isLeaving = false);
  document.addEventListener('visibilitychange', look);
  window.addEventListener('pagehide', go);
  window.addEventListener('pageshow', comeBack);
  onScopeDispose(() => {
    go();
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('pagehide', go);
    window.removeEventListener('pageshow', comeBack);
  });
  return () => isLeaving;
}
