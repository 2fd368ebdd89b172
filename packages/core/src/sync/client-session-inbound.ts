/** Frames of one connection, applied one after another in the order they came; while one is being stored, the next ones are read. */
import { Serial } from './device-serial.ts';

/** Frames read ahead of the one that is being applied: what they hold is in memory twice meanwhile. */
const AHEAD = 3;

/** See the file's head. */
export class Inbound {
  readonly #reading = new Serial();
  readonly #applying = new Serial();
  /** Ends of the frames that may be ahead, oldest first. */
  readonly #ahead: Promise<void>[] = [];

  /** Reads a frame when there is room ahead, and applies it when every earlier one was. Rejects with what either rejects with. */
  async take<Read>(read: () => Promise<Read>, apply: (value: Read) => Promise<void>): Promise<void> {
    const room = this.#ahead.length < AHEAD ? undefined : this.#ahead.shift();
    const value = this.#reading.run(async () => {
      await room;
      return read();
    });
    const applied = this.#applying.run(async () => apply(await value));
    this.#ahead.push(applied.catch(() => undefined));
    return applied;
  }
}
