import type { LikenessReason } from '@chungtay/core/derive/duplicates';
import { PROBLEM_SENTENCES, REASON_SENTENCES, say } from '@chungtay/core/roster/messages';
import type { ImportPlan, PlannedDuplicate, PlannedRow, Verdict } from '@chungtay/core/roster/plan-types';
import type { RowProblem } from '@chungtay/core/roster/problems';
import type { Language } from '../../i18n/translate.ts';

/** Which rows of a plan are shown: by verdict, or `doubt` = goes in, but somebody should look. */
export type RowFilter = 'all' | Verdict | 'doubt';

/** The filters, in the order of the chips. */
export const ROW_FILTERS: readonly RowFilter[] = ['all', 'ready', 'doubt', 'duplicate', 'already', 'error'];

/** Returns the rows that a filter shows. */
export function rowsOf(plan: ImportPlan, filter: RowFilter): readonly PlannedRow[] {
  if (filter === 'all') return plan.rows;
  if (filter === 'doubt') return plan.rows.filter((row) => row.verdict === 'ready' && hasDoubt(row));
  return plan.rows.filter((row) => row.verdict === filter);
}

/** Says whether a row that goes in has something to look at. */
function hasDoubt(row: Pick<PlannedRow, 'problems'>): boolean {
  return row.problems.some(({ severity }) => severity !== 'info');
}

/** Returns a problem as a sentence. */
export function sentenceOf({ code, params }: Pick<RowProblem, 'code' | 'params'>, language: Language): string {
  return say(PROBLEM_SENTENCES[code], language, params);
}

/** Returns why two are probably one, in words. */
export function reasonsOf(reasons: readonly LikenessReason[], language: Language): string {
  return reasons.map((reason) => say(REASON_SENTENCES[reason], language)).join(', ');
}

/** Returns the pairs of a row, the likeliest first. */
export function pairsOf(plan: ImportPlan, row: number): readonly PlannedDuplicate[] {
  return plan.duplicates.filter((pair) => pair.row === row).toSorted((a, b) => b.score - a.score);
}

/** Returns how many children a commit would write. */
export function countToWrite(plan: ImportPlan, included: ReadonlySet<number>): number {
  return plan.rows.filter((row) => row.verdict === 'ready' || (row.verdict === 'duplicate' && included.has(row.row)))
    .length;
}
