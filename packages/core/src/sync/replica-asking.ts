/** What a screen asks before it offers something: may this be written, what waits, what was sent and with whom is it. Pure. */
import { kindOf } from '../kinds/registry.ts';
import { type DocumentId, parseDocumentId } from '../model/ids.ts';
import type { ReplicaCore } from './replica-core.ts';
import { explain, labelOf } from './replica-label.ts';

/** One envelope that waits for the Hub, as the sending panel lists it. */
export interface WaitingEdit {
  readonly document: DocumentId;
  readonly kind: string;
  /** Paths of the fields it writes; none of what this person may not read back. */
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

/** Returns what waits for the Hub, oldest first: what it was put back behind, and this person may not read, among it. */
export function waitingEdits({ memory: { outbox, sealedAgain } }: ReplicaCore): readonly WaitingEdit[] {
  const written = outbox.rows
    .filter((row) => !outbox.isDoomed(row))
    .map(({ n, document, signed, update }) => {
      const fields = update.items.map((item) => item.field.path);
      return { n, document, fields, atMs: signed.envelope.atMs };
    });
  const sealed = sealedAgain.map(({ n, document, writtenAtMs }) => ({ n, document, fields: [], atMs: writtenAtMs }));
  return [...written, ...sealed]
    .toSorted((a, b) => a.n - b.n)
    .map(({ document, fields, atMs }) => ({ document, kind: parseDocumentId(document)?.kind ?? '', fields, atMs }));
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
