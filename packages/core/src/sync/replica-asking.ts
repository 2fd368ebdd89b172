/** What a screen asks before it offers something: may this be written, what waits, what was sent and with whom is it. Pure. */
import { kindOf } from '../kinds/registry.ts';
import { type DocumentId, parseDocumentId } from '../model/ids.ts';
import type { ReplicaCore } from './replica-core.ts';
import { explain, labelOf } from './replica-label.ts';

/** One envelope that waits for the Hub, as the sending panel lists it. */
export interface WaitingEdit {
  readonly document: DocumentId;
  readonly kind: string;
  /** Paths of the fields it writes. */
  readonly fields: readonly string[];
  /** When it was written, by the tablet's clock. */
  readonly atMs: number;
}

/** Says whether this person may make the document, in the place its folder has now. The Hub decides; this explains. */
export function mayCreate({ memory, parts }: ReplicaCore, document: DocumentId): boolean {
  const me = memory.entitlement.principal;
  const label = me && labelOf(document, me, memory.holdings, new Map());
  return label ? explain(me, { act: 'create' }, label, memory.holdings, parts.world.nowMs()).allowed : false;
}

/** Returns the fields of the document that this person may write now. */
export function writableFields({ memory, parts }: ReplicaCore, document: DocumentId): readonly string[] {
  const me = memory.entitlement.principal;
  const label = me && labelOf(document, me, memory.holdings, new Map());
  const kind = kindOf(parseDocumentId(document)?.kind ?? '');
  if (!label || !kind) return [];
  const nowMs = parts.world.nowMs();
  return Object.keys(kind.fields).filter(
    (field) => explain(me, { act: 'write', field }, label, memory.holdings, nowMs).allowed,
  );
}

/** Returns what waits for the Hub, oldest first. */
export function waitingEdits({ memory: { outbox } }: ReplicaCore): readonly WaitingEdit[] {
  return outbox.rows
    .filter((row) => !outbox.isDoomed(row))
    .map(({ document, signed, update }) => ({
      document,
      kind: parseDocumentId(document)?.kind ?? '',
      fields: update.items.map((item) => item.field.path),
      atMs: signed.envelope.atMs,
    }));
}

/** Returns the documents of which receipts are known here, newest change first, at most `limit`. */
export function documentsWithReceipts({ memory: { holdings } }: ReplicaCore, limit: number): readonly DocumentId[] {
  const sent: { readonly document: DocumentId; readonly atMs: number }[] = [];
  for (const image of holdings.images()) if (image.is === 'document' && image.receipts.length > 0) sent.push(image);
  return sent
    .toSorted((a, b) => b.atMs - a.atMs)
    .slice(0, limit)
    .map(({ document }) => document);
}
