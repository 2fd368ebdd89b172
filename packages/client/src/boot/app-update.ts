import type { UpdateState } from '../stores/app-update.ts';

const LOOK_EVERY_MS = 3_600_000;

/** What the page needs of the browser to follow new builds. */
export interface UpdateBrowser {
  readonly container: Pick<ServiceWorkerContainer, 'controller' | 'addEventListener' | 'register'>;
  readonly scriptUrl: string;
  /** Calls `look` now and then while the page lives. */
  every(periodMs: number, look: () => void): void;
  reload(): void;
}

/** What becomes of what was found. */
export interface UpdateListener {
  stateChanged(state: UpdateState): void;
  offlineReady(): void;
  /** Everything typed is stored when this resolves. A rejection cancels the update. */
  flush(): Promise<void>;
}

/**
 * Registers the service worker and follows new builds (UX-37). A newer build waits until `accept` is called; only the window
 * that accepted reloads itself. Any other window keeps running the old code and is told that it was replaced, because a
 * reload nobody asked for takes the words out of a field.
 */
export async function followUpdates(
  browser: UpdateBrowser,
  listener: UpdateListener,
): Promise<{ accept(): Promise<void> }> {
  const registration = await browser.container.register(browser.scriptUrl, { scope: '/', updateViaCache: 'none' });
  // The very first worker claims nobody; a controller that appears later is a takeover.
  const wasControlled = browser.container.controller !== null;
  let isAccepting = false;

  const look = () => {
    if (registration.waiting && browser.container.controller) listener.stateChanged('ready');
  };
  registration.addEventListener('updatefound', () => {
    const found = registration.installing;
    found?.addEventListener('statechange', () => {
      if (found.state === 'installed') look();
      if (found.state === 'activated' && !wasControlled) listener.offlineReady();
    });
  });
  browser.container.addEventListener('controllerchange', () => {
    if (isAccepting) browser.reload();
    else if (wasControlled) listener.stateChanged('replaced');
  });
  browser.every(LOOK_EVERY_MS, () => void registration.update().catch(() => undefined));
  look();

  return {
    async accept() {
      await listener.flush();
      isAccepting = true;
      registration.waiting?.postMessage({ type: 'take-over' });
    },
  };
}
