/** Rows for tests, made of documents. */
import type { DocState } from '../doc/state.ts';
import { kindOf } from '../kinds/registry.ts';
import { type FolderId, type MemberNumber, documentIdOf, parseUlid } from '../model/ids.ts';
import { type Row, type RowMeta, rowOf } from './rows.ts';

/** Returns the n-th folder of a test. */
export function folderAt(n: number): FolderId {
  return `01J9AAAAAAAAAAAAAAAAAAAA${String(n).padStart(2, '0')}` as FolderId;
}

/** Returns the meta of the document of this kind in the n-th folder. */
export function metaOf(kind: string, n = 1, more: Partial<RowMeta> = {}): RowMeta {
  const own = kindOf(kind)?.singleton ? null : parseUlid('01J9BBBBBBBBBBBBBBBBBBBBBB');
  const folder = folderAt(n);
  return {
    document: documentIdOf(folder, kind, own),
    folder,
    owner: 5 as MemberNumber,
    number: null,
    atMs: 1_000,
    firstReceipt: null,
    isWaiting: false,
    ...more,
  };
}

/** Returns the row of a document, which must have one. */
export function rowFor<T extends Row['type']>(
  type: T,
  kind: string,
  state: DocState,
  meta = metaOf(kind),
): Extract<Row, { type: T }> {
  const row = rowOf(kind, state, meta);
  if (row?.type !== type) throw new Error(`no ${type} row`);
  return row as Extract<Row, { type: T }>;
}
