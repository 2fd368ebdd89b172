import type { Row } from '@chungtay/core/derive/row-types';
import { rowOf, rowOfExtract } from '@chungtay/core/derive/rows';
import type { ExtractId } from '@chungtay/core/policy/extract-ids';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';

/** Returns the row of a document for lists and search; null for one that has none. */
export function rowOfHeld(held: HeldDocument): Row | null {
  const { document, folder, kind, number, atMs, where } = held;
  const meta = { document, folder, number, atMs, isWaiting: where === 'tablet' };
  if (held.access === 'extract')
    return rowOfExtract(held.extract as ExtractId, kind, held.values, { ...meta, owner: null, firstReceipt: null });
  return rowOf(kind, held.state, { ...meta, owner: held.owner, firstReceipt: held.firstReceipt });
}
