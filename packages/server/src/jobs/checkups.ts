/** What the Hub does for its own truth while it works: notes the head of the chain each hour, and verifies all it holds each night. Rules AUD-3, AUD-4. */
import type { Log } from '../ops/log.ts';
import type { OpenHub } from './open-hub.ts';

/** What the last verification found: `unverified` until the first one since the start has ended. */
export type Soundness = 'unverified' | 'sound' | 'damaged';

/** The clockwork of the checks. */
export interface Checkups {
  readonly soundness: () => Soundness;
  stop(): void;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Two in the morning in Việt Nam, in ms after midnight UTC. */
const NIGHT_MS = 19 * HOUR_MS;

/** Returns how long it is until the next night's verification. */
export function untilNightMs(nowMs: number): number {
  const waitMs = (NIGHT_MS - (nowMs % DAY_MS) + DAY_MS) % DAY_MS;
  return waitMs === 0 ? DAY_MS : waitMs;
}

/** Starts them: a head at once and each hour, a verification `verifyAfterMs` from now and then each night. A failure is logged and tried again. */
export function startCheckups(
  open: Pick<OpenHub, 'verify' | 'noteHead' | 'world'>,
  verifyAfterMs: number,
  log: Log,
): Checkups {
  let soundness: Soundness = 'unverified';
  const timers = new Set<() => void>();
  const again = (firstMs: number, nextMs: () => number, task: () => Promise<void>): void => {
    const cancel = open.world.after(firstMs, () => {
      timers.delete(cancel);
      task()
        .catch((error: unknown) => log.fault(error))
        .finally(() => again(nextMs(), nextMs, task));
    });
    timers.add(cancel);
  };
  const verify = async (): Promise<void> => {
    const { damages } = await open.verify();
    soundness = damages.length === 0 ? 'sound' : 'damaged';
    log.note(soundness === 'sound' ? 'feed-sound' : 'feed-damaged', { damages: damages.length });
  };
  again(0, () => HOUR_MS, open.noteHead);
  again(verifyAfterMs, () => untilNightMs(open.world.nowMs()), verify);
  return {
    soundness: () => soundness,
    stop() {
      for (const cancel of timers) cancel();
      timers.clear();
    },
  };
}
