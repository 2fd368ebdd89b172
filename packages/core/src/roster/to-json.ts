import type { LikenessReason } from '../derive/duplicates.ts';
import { NOTE_SENTENCES, PROBLEM_SENTENCES, say, SKIP_SENTENCES } from './messages.ts';
import type { RosterLanguage } from './messages.ts';
import type { ImportPlan, RowPlace, Verdict } from './plan-types.ts';
import type { ProblemCode, Severity } from './problems.ts';

/** A row as numbered in its sheet; the sheet is named only where the file has several that are imported. */
export interface RowJson {
  readonly row: number;
  readonly sheet?: string;
}

/** The plan as the command line prints it. */
export interface ImportPlanJson {
  /** Rows about a child. */
  readonly rows: number;
  readonly ready: number;
  readonly problems: readonly (RowJson & { code: ProblemCode; severity: Severity; message: string })[];
  /** `child` is the folder of a child of the register. */
  readonly duplicates: readonly (RowJson & {
    withRow?: number;
    withSheet?: string;
    child?: string;
    score: number;
    reasons: readonly LikenessReason[];
  })[];
}

/** What becomes of every row: `filledRows` = ready + already + duplicate + error + skipped [IMP-4]. */
export interface ImportAccountJson {
  readonly already: number;
  readonly duplicate: number;
  readonly error: number;
  readonly filledRows: number;
  readonly verdicts: Readonly<Record<Verdict, readonly RowJson[]>>;
  readonly skipped: readonly (RowJson & { reason: string; message: string })[];
  readonly proposedVillages: readonly { name: string; rows: readonly RowJson[] }[];
  readonly sheets: readonly {
    name: string;
    filledRows: number;
    columns: readonly { column: number; header: string; field: string | null }[];
  }[];
  readonly otherSheets: readonly { name: string; isRoster: boolean; filledRows: number }[];
  readonly notes: readonly { code: string; message: string }[];
}

/** Returns the plan as plain JSON with its sentences in that language. */
export function toJson(plan: ImportPlan, language: RosterLanguage = 'vi'): ImportPlanJson {
  const placeOf = placeIn(plan);
  return {
    rows: plan.rows.length,
    ready: plan.rows.filter(({ verdict }) => verdict === 'ready').length,
    problems: plan.rows.flatMap((row) =>
      row.problems.map(({ code, severity, params }) => ({
        ...placeOf(row),
        code,
        severity,
        message: say(PROBLEM_SENTENCES[code], language, params),
      })),
    ),
    duplicates: plan.duplicates.map(({ sheet, row, withRow, child, score, reasons }) => ({
      ...placeOf({ sheet, row }),
      ...(withRow === null ? {} : { withRow: withRow.row }),
      ...(withRow === null || withRow.sheet === sheet ? {} : { withSheet: withRow.sheet }),
      ...(child === null ? {} : { child }),
      score,
      reasons,
    })),
  };
}

/** Returns the account of every row of the plan as plain JSON. */
export function toAccountJson(plan: ImportPlan, language: RosterLanguage = 'vi'): ImportAccountJson {
  const placeOf = placeIn(plan);
  const rowsOf = (verdict: Verdict) => plan.rows.filter((row) => row.verdict === verdict).map(placeOf);
  const verdicts = {
    ready: rowsOf('ready'),
    already: rowsOf('already'),
    duplicate: rowsOf('duplicate'),
    error: rowsOf('error'),
  };
  return {
    already: verdicts.already.length,
    duplicate: verdicts.duplicate.length,
    error: verdicts.error.length,
    filledRows: plan.filledRows,
    verdicts,
    skipped: plan.skipped.map((row) => ({
      ...placeOf(row),
      reason: row.reason,
      message: say(SKIP_SENTENCES[row.reason], language),
    })),
    proposedVillages: plan.proposedVillages.map(({ name, rows }) => ({ name, rows: rows.map(placeOf) })),
    sheets: plan.sheets.map(({ name, filledRows, columns }) => ({ name, filledRows, columns })),
    otherSheets: plan.otherSheets.map(({ name, isRoster, filledRows }) => ({ name, isRoster, filledRows })),
    notes: plan.notes.map(({ code, params }) => ({ code, message: say(NOTE_SENTENCES[code], language, params) })),
  };
}

function placeIn(plan: ImportPlan): (place: RowPlace) => RowJson {
  const isOne = plan.sheets.length === 1;
  return ({ sheet, row }) => (isOne ? { row } : { row, sheet });
}
