import { onScopeDispose } from 'vue';

/** Calls `leave` whenever the page may vanish (hidden, closed), and when the caller's scope ends (UX-1). */
export function usePageLeaving(leave: () => void): void {
  const whenHidden = (): void => {
    if (document.visibilityState === 'hidden') leave();
  };
  document.addEventListener('visibilitychange', whenHidden);
  window.addEventListener('pagehide', leave);
  onScopeDispose(() => {
    leave();
    document.removeEventListener('visibilitychange', whenHidden);
    window.removeEventListener('pagehide', leave);
  });
}
