import type { LikenessReason } from '../derive/duplicates.ts';
import type { Sex } from '../model/person.ts';
import type { SkippedRow } from './body.ts';
import type { OtherSheet } from './choose-sheets.ts';
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
  /** These sheets and no others; without it, every shown sheet that is a roster. */
  readonly sheetNames?: readonly string[];
  readonly villages: readonly KnownVillage[];
  readonly register: readonly RegisterChild[];
  readonly onDate: string;
}

/** Where a row stands: row numbers are those of its sheet, and begin anew in every sheet. */
export interface RowPlace {
  readonly sheet: string;
  readonly row: number;
}

/** Returns the key of a place among all sheets of a file. */
export function placeKey({ sheet, row }: RowPlace): string {
  return `${row}@${sheet}`;
}

/** ready: goes in. already: the register has this child. duplicate: probably there, a person decides. error: stays listed. */
export type Verdict = 'ready' | 'already' | 'duplicate' | 'error';

/** One child's row: `cells` are its texts by column as in its sheet's `columns`, kept for the list of what stayed out. */
export interface PlannedRow extends RowPlace {
  readonly verdict: Verdict;
  readonly child: RosterChild | null;
  readonly problems: readonly RowProblem[];
  /** The register's child that this row is, for `already`. */
  readonly folder: string | null;
  readonly cells: readonly string[];
}

/** Two that are probably one: a row with an earlier row, or with a child of the register. */
export interface PlannedDuplicate extends RowPlace {
  readonly withRow: RowPlace | null;
  readonly child: string | null;
  readonly score: number;
  readonly reasons: readonly LikenessReason[];
}

/** A remark on a whole sheet. */
export interface RosterNote {
  readonly code: RosterNoteCode;
  readonly params: Readonly<Record<string, string>>;
}

/** A sheet that is imported. */
export interface PlannedSheet {
  readonly name: string;
  readonly columns: readonly RosterColumn[];
  readonly filledRows: number;
  readonly blankRows: number;
}

/** What importing a file would do, and why, without doing any of it. Every row with something in it is counted once. */
export interface ImportPlan {
  readonly sheets: readonly PlannedSheet[];
  readonly rows: readonly PlannedRow[];
  readonly skipped: readonly SkippedRow[];
  readonly duplicates: readonly PlannedDuplicate[];
  readonly proposedVillages: readonly ProposedVillage[];
  readonly notes: readonly RosterNote[];
  readonly otherSheets: readonly OtherSheet[];
  /** Of all sheets that are imported. */
  readonly filledRows: number;
}
