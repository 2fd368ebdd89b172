/** One frame's worth of what is planned, true at the moment it is sent: rights and states are looked at once more after everything was read. Holds FEED-8. */
import type { World } from '../base/world.ts';
import type { FeedItem } from '../wire/frames.ts';
import type { DeliveryNote, FeedItems, FilledItem } from './feed-items.ts';
import type { PlannedItem, Reader } from './feed-plan.ts';
import { mayHold, watchRights } from './feed-rights.ts';
import type { Carried, StillRight } from './feed-rights.ts';
import type { HubIndex } from './hub-index.ts';

/** What filling a frame needs. */
export interface FrameSources {
  readonly world: World;
  readonly items: FeedItems;
  readonly index: () => HubIndex;
}

/** A frame's content, as far as a session sends it. */
export interface FrameContent {
  readonly items: readonly FeedItem[];
  readonly notes: readonly DeliveryNote[];
  readonly isStillRight: StillRight;
}

/** A frame's content, and how many of the planned items it takes care of. */
export interface FilledFrame extends FrameContent {
  readonly taken: number;
}

interface FilledStep {
  readonly planned: PlannedItem;
  readonly filled: FilledItem;
}

const FRAME_BYTES = 160 * 1024;

/** Fills the frames of one reader. */
export class FrameFiller {
  readonly #reader: Reader;
  readonly #sources: FrameSources;

  constructor(reader: Reader, sources: FrameSources) {
    this.#reader = reader;
    this.#sources = sources;
  }

  /** Returns one frame from the front of what is planned, without what the reader lost meanwhile. Rejects with an Outage. */
  async fill(planned: readonly PlannedItem[], fromSeq: number): Promise<FilledFrame> {
    const { headSeq } = this.#sources.index();
    const filled: FilledStep[] = [];
    let sizeBytes = 0;
    for (const item of planned) {
      const made = await this.#sources.items.make(item, fromSeq, headSeq);
      // one document's items belong together: a cursor between them would lose the second half
      const isSame = ordinalOf(item) === ordinalOf(filled.at(-1)?.planned);
      if (filled.length > 0 && !isSame && sizeBytes + made.sizeBytes > FRAME_BYTES) break;
      sizeBytes += made.sizeBytes;
      filled.push({ planned: item, filled: made });
    }
    await this.#freshen(filled);
    return this.#frameOf(filled);
  }

  /** Returns one frame with all that is planned, made in this very turn; null when something has to be read, or it is too much. */
  fillAtOnce(planned: readonly PlannedItem[]): FilledFrame | null {
    const filled: FilledStep[] = [];
    let sizeBytes = 0;
    for (const item of planned) {
      const made = this.#sources.items.makeAtOnce(item);
      sizeBytes += made?.sizeBytes ?? Infinity;
      if (!made || sizeBytes > FRAME_BYTES) return null;
      filled.push({ planned: item, filled: made });
    }
    return this.#frameOf(filled);
  }

  #frameOf(filled: readonly FilledStep[]): FilledFrame {
    const kept = filled.filter(({ planned: item }) => {
      return item.send === 'closed' || mayHold(this.#reader, carriedBy(item), this.#sources);
    });
    const carried = kept.flatMap(({ planned: item }) => (item.send === 'closed' ? [] : [carriedBy(item)]));
    return {
      items: kept.flatMap((item) => item.filled.items),
      notes: kept.flatMap((item) => item.filled.note ?? []),
      isStillRight: watchRights(this.#reader, carried, this.#sources),
      taken: filled.length,
    };
  }

  /**
   * Reads states again that a commit has overtaken. The verdicts of that commit are on their way already, and its own work is never sent
   * to a device: an older state behind them would take back what they confirmed. Nothing waits between the last look and the send.
   */
  async #freshen(filled: FilledStep[]): Promise<void> {
    for (;;) {
      const index = this.#sources.index();
      const at = filled.findIndex(({ planned: { send, document } }) => {
        return send === 'state' && index.find(document.head.document)?.head.lastSeq !== document.head.lastSeq;
      });
      const overtaken = filled[at];
      const document = overtaken && index.find(overtaken.planned.document.head.document);
      if (!document) return;
      const planned: PlannedItem = { send: 'state', document };
      filled[at] = { planned, filled: await this.#sources.items.make(planned, 0, index.headSeq) };
    }
  }
}

function carriedBy(item: Exclude<PlannedItem, { readonly send: 'closed' }>): Carried {
  const { document } = item;
  return item.send === 'extract'
    ? { document, access: { access: 'extract', extract: item.extract } }
    : { document, access: { access: 'whole' } };
}

function ordinalOf(item: PlannedItem | undefined): number | null {
  return item?.document.head.ordinal ?? null;
}
