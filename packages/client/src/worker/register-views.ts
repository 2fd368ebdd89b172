import type { FolderId } from '@chungtay/core/model/ids';

/** What the register shows: words typed, one filter, one village or all, one group or all, at most `limit` rows. */
export interface ChildQuery {
  readonly text: string;
  readonly filter: 'all' | 'watch' | 'special' | 'intervention' | 'conflict' | 'papers' | 'closed';
  readonly village: string | null;
  readonly group: string | null;
  readonly limit: number;
}

/** The answer of a query, in order. */
export interface QueryAnswer {
  readonly ids: readonly FolderId[];
  readonly total: number;
  /** Index in `ids` from which matches are approximate; `ids.length` when all are exact. */
  readonly approximateFrom: number;
}
