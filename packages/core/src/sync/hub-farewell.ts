/** A revoked device may hand in what it has; once it has fallen silent, it has nothing more. Holds ENR-8. */
import type { World } from '../base/world.ts';

/** How long silence lasts before it is believed: of a device that has said to have more than came, and of one that has not. */
const SILENCE_MS = { owing: 20_000, done: 2_000 } as const;

/** See the file's head. */
export class Farewell {
  readonly #world: World;
  readonly #isIdle: () => boolean;
  readonly #owes: () => boolean;
  readonly #end: () => void;
  #cancel: () => void = () => undefined;

  /** `isIdle` says whether nothing waits for its verdict, `owes` whether the device has written more than was judged; `end` sends it away. */
  constructor(world: World, asks: { isIdle: () => boolean; owes: () => boolean; end: () => void }) {
    this.#world = world;
    this.#isIdle = asks.isIdle;
    this.#owes = asks.owes;
    this.#end = asks.end;
    this.heard();
  }

  /** The device has handed something in, or that was judged: it may have more. */
  heard(): void {
    this.#cancel();
    const silenceMs = this.#owes() ? SILENCE_MS.owing : SILENCE_MS.done;
    this.#cancel = this.#world.after(silenceMs, () => (this.#isIdle() ? this.#end() : this.heard()));
  }

  /** The connection is over. */
  cancel(): void {
    this.#cancel();
  }
}
