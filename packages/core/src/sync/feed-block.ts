/** What a reader gets of a block of documents while he downloads everything: what he may hold, and what he once wrote and may not. */
import type { DocumentId } from '../model/ids.ts';
import type { FeedItem } from '../wire/frames.ts';
import { PACK_LIMITS } from '../wire/pack.ts';
import type { VisibleDocument } from './feed-packs.ts';
import { accessNow } from './feed-plan.ts';
import type { Reader } from './feed-plan.ts';
import type { HubIndex } from './hub-index.ts';

/** Documents by ordinal: the first excluded, the last included. */
interface Span {
  readonly after: number;
  readonly upTo: number;
}

/** What a reader gets in one go, and the ordinal of the last document that is taken care of by it. */
export interface Block {
  readonly visible: readonly VisibleDocument[];
  readonly upTo: number;
}

const BLOCK = PACK_LIMITS.maxDocuments;
/** The first block is a small one: a screen of a list is there while the rest is under way. */
const FIRST_BLOCK = 100;

/**
 * Returns the block that begins behind the document `after`, of what exists up to `last`. It is as long as what this reader may hold says,
 * and never where documents begin and end that he may not: their number would show in the gaps. Rule FEED-14.
 */
export function blockBehind(after: number, last: number, reader: Reader, index: HubIndex, atMs: number): Block {
  const size = after === 0 ? FIRST_BLOCK : BLOCK;
  const visible: VisibleDocument[] = [];
  for (let ordinal = after + 1; ordinal <= last; ordinal += 1) {
    const document = index.at(ordinal);
    const access = accessNow(reader, document, index, atMs);
    if (access.access === 'none') continue;
    // up to the next one that he may hold: nobody else's may be left over for a step of their own
    if (visible.length === size) return { visible, upTo: ordinal - 1 };
    visible.push({ document, access });
  }
  return { visible, upTo: last };
}

/**
 * Returns the closing of what the device once wrote to and may not hold whole any more: it holds it by a verdict, or will when one comes
 * that was lost on the way, and no pack says that it is closed.
 */
export function goneIn(
  { after, upTo }: Span,
  written: readonly DocumentId[],
  reader: Reader,
  index: HubIndex,
  atMs: number,
): readonly FeedItem[] {
  return written.flatMap((id): readonly FeedItem[] => {
    const document = index.find(id);
    const isIn = document !== null && document.head.ordinal > after && document.head.ordinal <= upTo;
    return isIn && accessNow(reader, document, index, atMs).access !== 'whole' ? [['c', id]] : [];
  });
}
