import type { LikenessReason } from '../derive/duplicates.ts';
import type { Sex } from '../model/person.ts';
import type { SkippedRow } from './body.ts';
import type { OtherSheet } from './choose-sheet.ts';
import type { RosterColumn } from './headers.ts';
import type { RosterNoteCode } from './messages.ts';
import type { RowProblem } from './problems.ts';
import type { RosterChild } from './row.ts';
import type { KnownVillage, ProposedVillage } from './villages.ts';

/** A child that the register has. `village` is the id of a village or, for one outside the table, its name. */
export interface RegisterChild {
  readonly folder: string;
  readonly name: string;
  readonly birth: string | null;
  readonly sex: Sex | null;
  readonly mother: string | null;
  readonly father: string | null;
  readonly village: string | null;
  readonly personalId: string | null;
}

/** Everything an import is judged by. `onDate` is the day (`YYYY-MM-DD`) on which ages and futures are reckoned. */
export interface ImportQuestion {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** Another sheet than the likeliest one. */
  readonly sheetName?: string;
  readonly villages: readonly KnownVillage[];
  readonly register: readonly RegisterChild[];
  readonly onDate: string;
}

/** ready: goes in. already: the register has this child. duplicate: probably there, a person decides. error: stays listed. */
export type Verdict = 'ready' | 'already' | 'duplicate' | 'error';

/** One child's row: `cells` are its texts by column as in `columns`, kept for the list of what stayed out. */
export interface PlannedRow {
  readonly row: number;
  readonly verdict: Verdict;
  readonly child: RosterChild | null;
  readonly problems: readonly RowProblem[];
  /** The register's child that this row is, for `already`. */
  readonly folder: string | null;
  readonly cells: readonly string[];
}

/** Two that are probably one: a row with an earlier row, or with a child of the register. */
export interface PlannedDuplicate {
  readonly row: number;
  readonly withRow: number | null;
  readonly child: string | null;
  readonly score: number;
  readonly reasons: readonly LikenessReason[];
}

/** A remark on the whole sheet. */
export interface RosterNote {
  readonly code: RosterNoteCode;
  readonly params: Readonly<Record<string, string>>;
}

/** What importing a sheet would do, and why, without doing any of it. Every row with something in it is counted once. */
export interface ImportPlan {
  readonly sheetName: string;
  readonly columns: readonly RosterColumn[];
  readonly rows: readonly PlannedRow[];
  readonly skipped: readonly SkippedRow[];
  readonly duplicates: readonly PlannedDuplicate[];
  readonly proposedVillages: readonly ProposedVillage[];
  readonly notes: readonly RosterNote[];
  readonly otherSheets: readonly OtherSheet[];
  readonly filledRows: number;
  readonly blankRows: number;
}
