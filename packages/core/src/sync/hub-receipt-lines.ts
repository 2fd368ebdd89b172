/** Receipts on their way to one reader: told of what he may read, judged again at the moment of sending. Holds FEED-11. */
import type { Reader } from './feed-plan.ts';
import { mayHold, watchRights } from './feed-rights.ts';
import type { Carried } from './feed-rights.ts';
import type { HubCore } from './hub-core.ts';
import type { Outgoing } from './hub-outgoing.ts';
import type { ReceiptLine } from './hub-receipts.ts';

const LINES_A_FRAME = 1_000;

/** See the file's head. */
export class ReceiptLines {
  readonly #core: HubCore;
  readonly #reader: Reader;
  readonly #outgoing: Pick<Outgoing, 'send'>;

  constructor(core: HubCore, reader: Reader, outgoing: Pick<Outgoing, 'send'>) {
    this.#core = core;
    this.#reader = reader;
    this.#outgoing = outgoing;
  }

  /** Says whether the reader may be told of this line. */
  mayTell(line: ReceiptLine): boolean {
    return this.#carriedBy(line) !== null;
  }

  /** Tells those that the reader may read, in frames that fit; at least one, since an empty answer is an answer. */
  tell(lines: readonly ReceiptLine[]): void {
    const readable = lines.filter((line) => this.mayTell(line));
    for (let from = 0; from === 0 || from < readable.length; from += LINES_A_FRAME) {
      void this.#tellFew(readable.slice(from, from + LINES_A_FRAME));
    }
  }

  async #tellFew(lines: readonly ReceiptLine[]): Promise<void> {
    const carried = lines.flatMap((line) => this.#carriedBy(line) ?? []);
    const isStillRight = watchRights(this.#reader, carried, this.#rights);
    let isAsked = false;
    const isSent = await this.#outgoing.send(['receipts', lines.map(([...line]) => line)], () => {
      isAsked = true;
      return isStillRight();
    });
    // a frame that failed has ended the session: nobody waits for another
    if (!isSent && isAsked) this.tell(lines);
  }

  /** Returns the document of a line as the reader may read it now, or null. */
  #carriedBy([id]: ReceiptLine): Carried | null {
    const document = this.#core.index().find(id);
    const carried: Carried | null = document && { document, access: { access: 'whole' } };
    return carried && mayHold(this.#reader, carried, this.#rights) ? carried : null;
  }

  get #rights() {
    return { world: this.#core.options.world, index: this.#core.index };
  }
}
