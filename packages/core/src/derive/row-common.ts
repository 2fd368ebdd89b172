/** The part that every row has. */
import type { Reading } from './reading.ts';
import type { Row, RowMeta } from './row-types.ts';

/** Rows without what is their own. */
export type RowCommon = Pick<Row, Exclude<keyof Row, 'type'>>;

/** Returns the common part of a row. */
export function commonOf(kind: string, reading: Reading, meta: RowMeta, access: 'whole' | 'extract'): RowCommon {
  const { document, folder, owner, number, atMs, firstReceipt, isWaiting } = meta;
  const { conflicts, decisionConflicts } = reading;
  return { kind, document, folder, owner, number, atMs, firstReceipt, isWaiting, access, conflicts, decisionConflicts };
}

/** Makes the row of one kind. */
export type RowMaker<R extends Row> = (reading: Reading, common: RowCommon) => R;
