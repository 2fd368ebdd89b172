/** One time for the Hub and every tablet, moved on while somebody waits: a year passes as fast as the work in it is done. */
import type { World } from '@chungtay/core/base/world';
import { createNodeWorld } from '@chungtay/server/ops/world';
import { Timeline, seededRandom } from '../fixtures/world.ts';

interface Waiting {
  readonly isSo: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  readonly sinceMs: number;
}

/** No day's work takes this long in anybody's time: what is still waited for then will never come. */
const PATIENCE_MS = 30 * 60_000;

/** See the file's head. */
export class Clockwork {
  readonly timeline = new Timeline();
  #waiting: Waiting[] = [];
  #isTurning = false;

  /** Returns a world in this time: hashes, signatures and deflate as the product's own, chances of its own. */
  world(seed: number): World {
    const random = seededRandom(seed);
    return {
      ...createNodeWorld(),
      nowMs: () => this.timeline.nowMs,
      after: (delayMs, wake) => this.timeline.after(delayMs, wake),
      randomBytes: (lengthBytes) => {
        const bytes = new Uint8Array(lengthBytes);
        for (let i = 0; i < lengthBytes; i += 1) bytes[i] = Math.floor(random() * 256);
        return bytes;
      },
    };
  }

  /** Resolves once it is so, while time goes on; rejects when looking throws, or after half an hour of this time. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ isSo, resolve, reject, sinceMs: this.timeline.nowMs });
      if (!this.#isTurning) void this.#turn();
    });
  }

  /** Leaps to `atMs`, never back, while nobody is connected: what was due meanwhile happens then, and once. */
  async leapTo(atMs: number): Promise<void> {
    this.timeline.nowMs = Math.max(this.timeline.nowMs, atMs);
    await this.timeline.advance(0);
  }

  async #turn(): Promise<void> {
    this.#isTurning = true;
    // as fast as the machine's own while there is work: no patience of the product ends sooner than it would
    for (let lookedMs = performance.now(); this.#waiting.length > 0;) {
      this.#waiting = this.#waiting.filter((one) => !this.#isOver(one));
      await new Promise<void>((resolve) => void setTimeout(resolve, 1));
      const nowMs = performance.now();
      await this.timeline.advance(Math.max(1, Math.round(nowMs - lookedMs)));
      lookedMs = nowMs;
    }
    this.#isTurning = false;
  }

  #isOver({ isSo, resolve, reject, sinceMs }: Waiting): boolean {
    try {
      if (isSo()) {
        resolve();
        return true;
      }
      if (this.timeline.nowMs - sinceMs < PATIENCE_MS) return false;
      throw new Error('what was waited for did not come');
    } catch (error) {
      reject(error);
      return true;
    }
  }
}
