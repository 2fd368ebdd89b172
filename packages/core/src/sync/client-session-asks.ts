/** Questions that a connection has asked, by their number. Rule CSE-12. */
import type { World } from '../base/world.ts';

/** After this the asker is told that no answer came; one that still comes is no harm. */
export const ANSWER_WAIT_MS = 20_000;

/** See the file's head. */
export class Asks<Answer extends { readonly ask: number }> {
  readonly #world: Pick<World, 'after'>;
  readonly #open = new Map<number, (answer: Answer | null) => void>();
  #last = 0;

  constructor(world: Pick<World, 'after'>) {
    this.#world = world;
  }

  /** Asks by `send`, which is given the question's number; resolves with the answer, or null when none comes in time or the connection ends. */
  ask(send: (ask: number) => Promise<void>): Promise<Answer | null> {
    this.#last += 1;
    const ask = this.#last;
    return new Promise((resolve) => {
      const cancel = this.#world.after(ANSWER_WAIT_MS, () => resolve(null));
      this.#open.set(ask, (answer) => {
        cancel();
        resolve(answer);
      });
      void send(ask);
    });
  }

  /** Gives an answer to who asked; says false when nobody did: then the Hub says what it may not. */
  take(answer: Answer): boolean {
    const give = this.#open.get(answer.ask);
    this.#open.delete(answer.ask);
    give?.(answer);
    return give !== undefined;
  }

  /** The connection is over: no answer comes any more. */
  end(): void {
    for (const give of this.#open.values()) give(null);
    this.#open.clear();
  }
}
