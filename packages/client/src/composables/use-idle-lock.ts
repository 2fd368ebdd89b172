import { onScopeDispose } from 'vue';

/** How long a device may lie untouched before it locks (UX-33). */
export const IDLE_LOCK_MS = 5 * 60_000;

const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** What the idle watch needs from outside. */
export interface IdleLockOptions {
  readonly lock: () => void;
  readonly nowMs?: () => number;
  /** Calls `wake` again and again; returns how to stop. */
  readonly every?: (periodMs: number, wake: () => void) => () => void;
}

/**
 * Locks after five minutes without a touch or a key. Measured by the clock when looked at, not by a timer's length: timers
 * stop while a tablet sleeps, and waking up late must lock at once.
 */
export function useIdleLock({ lock, nowMs = () => Date.now(), every = everyInterval }: IdleLockOptions): void {
  let touchedAtMs = nowMs();
  const touch = () => {
    lockWhenIdle();
    touchedAtMs = nowMs();
  };
  const lockWhenIdle = () => {
    if (nowMs() - touchedAtMs < IDLE_LOCK_MS) return;
    touchedAtMs = nowMs();
    lock();
  };
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, touch, { passive: true, capture: true });
  document.addEventListener('visibilitychange', lockWhenIdle);
  const stop = every(5_000, lockWhenIdle);
  onScopeDispose(() => {
    stop();
    for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, touch, { capture: true });
    document.removeEventListener('visibilitychange', lockWhenIdle);
  });
}

function everyInterval(periodMs: number, wake: () => void): () => void {
  const timer = setInterval(wake, periodMs);
  return () => clearInterval(timer);
}
