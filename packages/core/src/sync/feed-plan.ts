/**
 * What one device gets of an interval of the Feed: visibility then compared with visibility now, document by document. What is not
 * visible at either end leaves no trace: no id, no size, no gap. Holds FEED-2 … FEED-6.
 */
import { unreachable } from '../base/assert.ts';
import type { DeviceId, DocumentId, MemberNumber } from '../model/ids.ts';
import type { FolderScope, Principal } from '../model/principal.ts';
import { readAccess } from '../policy/access.ts';
import type { ReadAccess } from '../policy/decision.ts';
import type { ExtractId } from '../policy/extract-ids.ts';
import type { Moment } from './cursor.ts';
import { labelOf, principalOf } from './hub-index.ts';
import type { HubIndex, IndexedDocument } from './hub-index.ts';
import type { Changes } from './hub-recent.ts';
import type { FeedEntry } from './ports.ts';

/** Whose feed it is. */
export interface Reader {
  readonly device: DeviceId;
  readonly member: MemberNumber;
}

/** One thing to tell a device. `since` = the entries that may have changed an extract it holds; null when it does not hold it. */
export type PlannedItem = { readonly document: IndexedDocument } & (
  | { readonly send: 'closed' }
  | { readonly send: 'state' }
  | { readonly send: 'updates'; readonly entries: readonly FeedEntry[] }
  | { readonly send: 'extract'; readonly extract: ExtractId; readonly since: readonly FeedEntry[] | null }
);

/** An interval of the Feed, and the documents (by ordinal, first excluded) that are asked about. */
export interface Interval {
  readonly from: Moment;
  readonly to: Moment;
  readonly after: number;
  readonly upTo: number;
  /** Own entries after this seq were answered in this very session; older ones the device may have missed the verdict of. */
  readonly answeredAfterSeq: number;
}

interface Question {
  readonly reader: Reader;
  readonly document: IndexedDocument;
  readonly entries: readonly FeedEntry[];
  readonly interval: Interval;
}

const NONE: ReadAccess = { access: 'none' };
/** More updates of one document than this, or more bytes of them, travel as its state. */
const SQUASH_ABOVE = { updates: 16, bytes: 48 * 1024 } as const;

/** Returns how much of a document the reader may hold at `atMs`, by the grants of now. */
export function accessNow(
  reader: Pick<Reader, 'member'>,
  document: IndexedDocument,
  index: HubIndex,
  atMs: number,
): ReadAccess {
  const row = index.member(reader.member);
  return row ? readAccess(principalOf(row), labelOf(document, index), atMs) : NONE;
}

/** Returns what to send, in order of the documents' creation. */
export function planInterval(
  reader: Reader,
  interval: Interval,
  changes: Changes,
  index: HubIndex,
): readonly PlannedItem[] {
  const then = accessThen(reader, interval.from, changes, index);
  return candidates(reader, interval, changes, index).flatMap((document) => {
    const now = accessNow(reader, document, index, interval.to.atMs);
    const entries = changes.touched.get(document.head.document) ?? [];
    return planDocument({ reader, document, entries, interval }, then(document), now);
  });
}

function planDocument(
  { reader, document, entries, interval }: Question,
  then: ReadAccess,
  now: ReadAccess,
): readonly PlannedItem[] {
  const closed = { send: 'closed', document } as const;
  switch (now.access) {
    case 'none': {
      const wasFiled = entries.some((entry) => entry.device === reader.device);
      return then.access !== 'none' || wasFiled ? [closed] : [];
    }
    case 'extract': {
      const { extract } = now;
      const isHeld = then.access === 'extract' && then.extract === extract;
      const item = { send: 'extract', document, extract, since: isHeld ? entries : null } as const;
      return isHeld || then.access === 'none' ? [item] : [closed, item];
    }
    case 'whole': {
      const news = entries.filter((entry) => entry.device !== reader.device || entry.seq <= interval.answeredAfterSeq);
      // new, and every word in it the device's own
      const isOwn = document.head.ordinal > interval.from.documents && entries.length > 0;
      if (news.length === 0 && (then.access === 'whole' || isOwn)) return [];
      return then.access !== 'whole' || isSquashed(news)
        ? [{ send: 'state', document }]
        : [{ send: 'updates', document, entries: news }];
    }
    default:
      return unreachable(now);
  }
}

/** An entry without a body was read when the document was out of sight. */
function isSquashed(entries: readonly FeedEntry[]): boolean {
  const sizeBytes = entries.reduce((sum, { body }) => sum + body.length, 0);
  const isLong = entries.length > SQUASH_ABOVE.updates || sizeBytes > SQUASH_ABOVE.bytes;
  return isLong || entries.some(({ body }) => body.length === 0);
}

/** Documents that may have changed or come into or out of sight, in order. */
function candidates(
  reader: Reader,
  { from, to, after, upTo }: Interval,
  changes: Changes,
  index: HubIndex,
): readonly IndexedDocument[] {
  const last = Math.min(upTo, to.documents);
  if (from.seq === 0 || hasChanged(reader, from, to, changes, index)) {
    return Array.from({ length: Math.max(0, last - after) }, (_, i) => index.at(after + i + 1));
  }
  const found = new Map<DocumentId, IndexedDocument>();
  const add = (document: IndexedDocument | null): void => {
    if (document && document.head.ordinal > after && document.head.ordinal <= last)
      found.set(document.head.document, document);
  };
  for (const id of changes.touched.keys()) add(index.find(id));
  const folders = new Set([...changes.scopesBefore.keys(), ...index.foldersTurned(from.atMs, to.atMs)]);
  for (const folder of folders) for (const document of index.documentsOf(folder)) add(document);
  return [...found.values()].toSorted((a, b) => a.head.ordinal - b.head.ordinal);
}

/** Says whether the reader himself is another than he was: then everything is asked about. */
function hasChanged(reader: Reader, from: Moment, to: Moment, changes: Changes, index: HubIndex): boolean {
  return changes.membersBefore.has(reader.member) || index.hasWorkTurned(reader.member, from.atMs, to.atMs);
}

function accessThen(
  reader: Reader,
  from: Moment,
  changes: Changes,
  index: HubIndex,
): (document: IndexedDocument) => ReadAccess {
  const row = changes.membersBefore.has(reader.member)
    ? changes.membersBefore.get(reader.member)
    : index.member(reader.member);
  const principal: Principal | null = row ? principalOf(row) : null;
  const picture = {
    scope: (folder: IndexedDocument['parts']['folder']): FolderScope | null => {
      const before = changes.scopesBefore.get(folder);
      return before === undefined ? index.scope(folder) : before;
    },
  };
  return (document) => {
    const existed = document.head.ordinal <= from.documents;
    return principal && existed ? readAccess(principal, labelOf(document, picture), from.atMs) : NONE;
  };
}
