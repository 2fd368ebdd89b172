import type { World } from '@chungtay/core/base/world';

/** A World whose clock is moved by hand, so that an invented past can be written through real admission. */
export interface PastWorld extends World {
  /** Moves the clock forward to `atMs`; never back. */
  moveTo(atMs: number): void;
}

/** Returns `world` with its clock standing at `fromMs` until it is moved. */
export function pastWorld(world: World, fromMs: number): PastWorld {
  let nowMs = fromMs;
  return {
    ...world,
    nowMs: () => nowMs,
    moveTo: (atMs) => {
      nowMs = Math.max(nowMs, atMs);
    },
  };
}
