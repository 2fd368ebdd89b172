import type { Clock } from '../base/world.ts';

/**
 * The Hub's time as well as this tablet knows it: its own clock, corrected once the Hub has been met, and never before anything that the
 * Hub is known to have done. While the program runs it does not go back. For what a request opened (REP-14), not for order (P9).
 */
export class HubClock {
  readonly #clock: Clock;
  #skewMs = 0;
  #floorMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns the Hub's time, in ms. */
  nowMs(): number {
    this.#floorMs = Math.max(this.#floorMs, this.#clock.nowMs() + this.#skewMs);
    return this.#floorMs;
  }

  /** Takes what the Hub said of its clock: how far it is ahead of the tablet's, in ms. What was believed before counts no more. */
  meet(skewMs: number | null): void {
    if (skewMs === null || skewMs === this.#skewMs) return;
    this.#skewMs = skewMs;
    this.#floorMs = 0;
  }

  /** Takes an instant at which the Hub did something. */
  see(hubMs: number): void {
    this.#floorMs = Math.max(this.#floorMs, hubMs);
  }
}
