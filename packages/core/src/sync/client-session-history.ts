/** Questions about the past that a connection has asked, by their number. Rule CSE-12. */
import type { World } from '../base/world.ts';
import type { DocumentId } from '../model/ids.ts';
import type { HistoryAnswer, HistoryAsk } from '../wire/frames.ts';

/** After this the asker is told that no answer came; one that still comes is no harm. */
export const HISTORY_WAIT_MS = 20_000;

/** See the file's head. */
export class HistoryAsks {
  readonly #world: Pick<World, 'after'>;
  readonly #send: (question: HistoryAsk) => Promise<void>;
  readonly #open = new Map<number, (answer: HistoryAnswer | null) => void>();
  #last = 0;

  constructor(world: Pick<World, 'after'>, send: (question: HistoryAsk) => Promise<void>) {
    this.#world = world;
    this.#send = send;
  }

  /** Asks; resolves with the answer, or null when none comes in time or the connection ends. */
  ask(document: DocumentId, next: Uint8Array): Promise<HistoryAnswer | null> {
    this.#last += 1;
    const ask = this.#last;
    return new Promise((resolve) => {
      const cancel = this.#world.after(HISTORY_WAIT_MS, () => resolve(null));
      this.#open.set(ask, (answer) => {
        cancel();
        resolve(answer);
      });
      void this.#send({ ask, document, next });
    });
  }

  /** Gives an answer to who asked; says false when nobody did: then the Hub says what it may not. */
  take(answer: HistoryAnswer): boolean {
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
