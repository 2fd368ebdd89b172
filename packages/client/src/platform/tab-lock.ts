/** One tab writes; the others wait or take over (R38). */
export interface TabLock {
  /** Says whether this tab is the writer now. */
  readonly holds: boolean;
  /** Resolves when this tab became the writer: asks the other to flush and let go, and takes the lock after `patienceMs` without an answer. */
  takeOver(patienceMs: number): Promise<void>;
}

const NAME = 'ct-writer';

/** Tries for the lock at once. `onLost` is called when another tab took it: stop writing. */
export async function openTabLock(onLost: () => Promise<void>): Promise<TabLock> {
  const channel = new BroadcastChannel(NAME);
  const hold = new Hold(onLost);
  channel.onmessage = (event: MessageEvent<string>) => {
    if (event.data === 'let-go') void hold.letGo();
  };
  await hold.ask({ ifAvailable: true });
  return {
    get holds() {
      return hold.isHeld;
    },
    async takeOver(patienceMs) {
      channel.postMessage('let-go');
      const took = await hold.ask({ signal: AbortSignal.timeout(patienceMs) });
      if (!took) await hold.ask({ steal: true });
    },
  };
}

class Hold {
  isHeld = false;
  #release: (() => void) | null = null;
  readonly #onLost: () => Promise<void>;

  constructor(onLost: () => Promise<void>) {
    this.#onLost = onLost;
  }

  /** Resolves true once the lock is ours; false when it was not to be had. */
  ask(options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      const asked = navigator.locks.request(NAME, options, (lock) => {
        this.isHeld = lock !== null;
        resolve(this.isHeld);
        return lock ? new Promise<void>((done) => (this.#release = done)) : undefined;
      });
      // rejected: not granted in time, or stolen by a tab that could not wait
      void asked.catch(() => this.letGo().then(() => resolve(false)));
    });
  }

  /** Stops writing, then gives the lock away. */
  async letGo(): Promise<void> {
    if (!this.isHeld) return;
    this.isHeld = false;
    await this.#onLost();
    this.#release?.();
  }
}
