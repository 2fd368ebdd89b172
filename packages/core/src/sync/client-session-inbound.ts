/**
 * Frames of one connection in the order they came: while some are being stored the next ones are read, and what was read meanwhile is
 * stored together. A slow disk so costs few commits, and the first frame waits for none.
 */
import { Serial } from './device-serial.ts';

/** Frames read and not applied yet, those being applied included: what they hold is in memory twice meanwhile. */
const AHEAD = 8;

/** See the file's head. */
export class Inbound<Read> {
  readonly #apply: (values: readonly Read[]) => Promise<void>;
  readonly #reading = new Serial();
  #read: Read[] = [];
  #held = 0;
  #isApplying = false;
  #freed: Promise<void> = Promise.resolve();

  constructor(apply: (values: readonly Read[]) => Promise<void>) {
    this.#apply = apply;
  }

  /** Reads a frame when there is room ahead; it is applied after every earlier one. Rejects with what reading or applying rejects with. */
  async take(read: () => Promise<Read>): Promise<void> {
    const value = await this.#reading.run(async () => {
      while (this.#held >= AHEAD) await this.#freed;
      this.#held += 1;
      return read().catch((error: unknown) => {
        this.#held -= 1;
        throw error;
      });
    });
    this.#read.push(value);
    if (!this.#isApplying) await this.#applyAll();
  }

  async #applyAll(): Promise<void> {
    this.#isApplying = true;
    try {
      while (this.#read.length > 0) {
        const values = this.#read;
        this.#read = [];
        const applied = this.#apply(values);
        this.#freed = applied.catch(() => undefined).then(() => void (this.#held -= values.length));
        await applied;
      }
    } finally {
      this.#isApplying = false;
    }
  }
}
