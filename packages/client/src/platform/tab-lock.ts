/** One tab writes; the others wait or take over (R38). */
export interface TabLock {
  /** Says whether this tab is the writer now. */
  readonly holds: boolean;
  /** Resolves when this tab became the writer; asks the other to flush and let go first, and takes the lock after `patienceMs` if it does not answer. */
  takeOver(patienceMs: number): Promise<void>;
}

const NAME = 'ct-writer';

/** Tries for the lock at once. `onLost` is called when another tab took it: stop writing. */
export async function openTabLock(onLost: () => Promise<void>): Promise<TabLock> {
  const channel = new BroadcastChannel(NAME);
  let release: (() => void) | null = null;
  const state = { holds: false };

  const hold = (options: LockOptions): Promise<boolean> =>
    new Promise((resolve) => {
      void navigator.locks
        .request(NAME, options, (lock) => {
          if (!lock) {
            resolve(false);
            return undefined;
          }
          state.holds = true;
          resolve(true);
          return new Promise<void>((done) => {
            release = done;
          });
        })
        .catch(async () => {
          // stolen by another tab that could not wait
          if (state.holds) await letGo();
          resolve(false);
        });
    });

  const letGo = async (): Promise<void> => {
    state.holds = false;
    await onLost();
    release?.();
    release = null;
  };

  channel.onmessage = (event: MessageEvent<string>) => {
    if (event.data === 'let-go' && state.holds) void letGo();
  };

  await hold({ ifAvailable: true });
  return {
    get holds() {
      return state.holds;
    },
    async takeOver(patienceMs) {
      channel.postMessage('let-go');
      const signal = AbortSignal.timeout(patienceMs);
      const took = await Promise.race([
        hold({ signal }),
        new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false))),
      ]);
      if (!took && !state.holds) await hold({ steal: true });
    },
  };
}
