import { trustedScriptUrl } from '../platform/trusted-urls.ts';
import { useAppUpdate } from '../stores/app-update.ts';
import { followUpdates } from './app-update.ts';

/**
 * Starts following new builds, in the built program only. `flush` stores everything typed and rejects when it cannot.
 * A browser without service workers, or one that refuses to register, goes on without: then nothing works offline, and
 * `isOfflineReady` stays false.
 */
export function startUpdates(flush: () => Promise<void> = async () => {}): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const store = useAppUpdate();
  const reload = () => location.reload();
  const browser = {
    container: navigator.serviceWorker,
    scriptUrl: trustedScriptUrl('/sw.js'),
    every: (periodMs: number, look: () => void) => void setInterval(look, periodMs),
    reload,
  };
  store.isOfflineReady = navigator.serviceWorker.controller !== null;
  void followUpdates(browser, {
    stateChanged(state) {
      store.state = state;
      if (state === 'replaced') store.accept = () => void flush().then(reload);
    },
    offlineReady: () => (store.isOfflineReady = true),
    flush,
  }).then(
    (updates) => (store.accept = () => void updates.accept().catch(() => undefined)),
    () => undefined,
  );
}
