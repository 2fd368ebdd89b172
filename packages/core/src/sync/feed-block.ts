/** What a reader gets of a block of documents while he downloads everything: what he may hold, and what he once wrote and may not. */
import type { DocumentId } from '../model/ids.ts';
import type { FeedItem } from '../wire/frames.ts';
import type { VisibleDocument } from './feed-packs.ts';
import { accessNow } from './feed-plan.ts';
import type { Reader } from './feed-plan.ts';
import type { HubIndex } from './hub-index.ts';

/** Documents by ordinal: the first excluded, the last included. */
export interface Block {
  readonly after: number;
  readonly upTo: number;
}

/** Returns the documents of a block that the reader may hold at `atMs`, in order. */
export function visibleIn(
  { after, upTo }: Block,
  reader: Reader,
  index: HubIndex,
  atMs: number,
): readonly VisibleDocument[] {
  const visible: VisibleDocument[] = [];
  for (let ordinal = after + 1; ordinal <= upTo; ordinal += 1) {
    const document = index.at(ordinal);
    const access = accessNow(reader, document, index, atMs);
    if (access.access !== 'none') visible.push({ document, access });
  }
  return visible;
}

/**
 * Returns the closing of what the device once wrote to and may not hold whole any more: it holds it by a verdict, or will when one comes
 * that was lost on the way, and no pack says that it is closed.
 */
export function goneIn(
  { after, upTo }: Block,
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
