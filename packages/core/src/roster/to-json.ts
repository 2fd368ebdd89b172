import type { LikenessReason } from '../derive/duplicates.ts';
import { NOTE_SENTENCES, PROBLEM_SENTENCES, REASON_SENTENCES, say, SKIP_SENTENCES } from './messages.ts';
import type { RosterLanguage } from './messages.ts';
import type { ImportPlan, Verdict } from './plan-types.ts';
import type { ProblemCode, Severity } from './problems.ts';

/** The plan as the command line prints it: rows as numbered in the sheet. */
export interface ImportPlanJson {
  /** Rows about a child. */
  readonly rows: number;
  readonly ready: number;
  readonly already: number;
  readonly duplicate: number;
  readonly error: number;
  readonly problems: readonly { row: number; code: ProblemCode; severity: Severity; message: string }[];
  readonly duplicates: readonly {
    row: number;
    withRow?: number;
    child?: string;
    score: number;
    reasons: readonly LikenessReason[];
    message: string;
  }[];
  readonly verdicts: Readonly<Record<Verdict, readonly number[]>>;
  readonly skipped: readonly { row: number; reason: string; message: string }[];
  readonly proposedVillages: readonly { name: string; rows: readonly number[] }[];
  readonly columns: readonly { column: number; header: string; field: string | null }[];
  readonly notes: readonly { code: string; message: string }[];
  readonly sheet: string;
  readonly otherSheets: readonly { name: string; isRoster: boolean; filledRows: number }[];
  readonly filledRows: number;
}

/** Returns the plan as plain JSON with its sentences in that language. `filledRows` = ready + already + duplicate + error + skipped. */
export function toJson(plan: ImportPlan, language: RosterLanguage = 'vi'): ImportPlanJson {
  const rowsOf = (verdict: Verdict) => plan.rows.filter((row) => row.verdict === verdict).map(({ row }) => row);
  const verdicts = {
    ready: rowsOf('ready'),
    already: rowsOf('already'),
    duplicate: rowsOf('duplicate'),
    error: rowsOf('error'),
  };
  return {
    rows: plan.rows.length,
    ready: verdicts.ready.length,
    already: verdicts.already.length,
    duplicate: verdicts.duplicate.length,
    error: verdicts.error.length,
    problems: plan.rows.flatMap(({ row, problems }) =>
      problems.map(({ code, severity, params }) => ({
        row,
        code,
        severity,
        message: say(PROBLEM_SENTENCES[code], language, params),
      })),
    ),
    duplicates: plan.duplicates.map(({ row, withRow, child, score, reasons }) => ({
      row,
      ...(withRow === null ? {} : { withRow }),
      ...(child === null ? {} : { child }),
      score,
      reasons,
      message: reasons.map((reason) => say(REASON_SENTENCES[reason], language)).join(', '),
    })),
    verdicts,
    skipped: plan.skipped.map(({ row, reason }) => ({ row, reason, message: say(SKIP_SENTENCES[reason], language) })),
    proposedVillages: plan.proposedVillages,
    columns: plan.columns,
    notes: plan.notes.map(({ code, params }) => ({ code, message: say(NOTE_SENTENCES[code], language, params) })),
    sheet: plan.sheetName,
    otherSheets: plan.otherSheets,
    filledRows: plan.filledRows,
  };
}
