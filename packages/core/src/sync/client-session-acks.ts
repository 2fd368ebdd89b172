/** When a device says what it holds: at once after a quiet while, and then once in a while for all that came meanwhile. Rule CSE-14. */
import type { Timers } from '../base/world.ts';

/** What follows an acknowledgement within this time is acknowledged together: who only listens need not answer every word. */
const GATHER_MS = 500;

/** See the file's head. */
export class Acks {
  readonly #timers: Timers;
  readonly #say: (cursor: Uint8Array) => void;
  /** Durable here and not said yet. */
  #unsaid: Uint8Array | null = null;
  #cancelWait: (() => void) | null = null;

  constructor(timers: Timers, say: (cursor: Uint8Array) => void) {
    this.#timers = timers;
    this.#say = say;
  }

  /** Everything up to the cursor is durable: it covers what was said to be before. */
  durable(cursor: Uint8Array): void {
    this.#unsaid = cursor;
    if (!this.#cancelWait) this.#sayNow();
  }

  /** Says what is not said yet, before the connection is closed. */
  end(): void {
    const cursor = this.#unsaid;
    this.drop();
    if (cursor) this.#say(cursor);
  }

  /** Forgets what is not said yet: the connection is gone. */
  drop(): void {
    this.#cancelWait?.();
    this.#cancelWait = null;
    this.#unsaid = null;
  }

  #sayNow(): void {
    this.#cancelWait = null;
    if (!this.#unsaid) return;
    const cursor = this.#unsaid;
    this.#unsaid = null;
    this.#cancelWait = this.#timers.after(GATHER_MS, () => this.#sayNow());
    this.#say(cursor);
  }
}
