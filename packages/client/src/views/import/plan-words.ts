import type { LikenessReason } from '@chungtay/core/derive/duplicates';
import { PROBLEM_SENTENCES, REASON_SENTENCES, say } from '@chungtay/core/roster/messages';
import { placeKey } from '@chungtay/core/roster/plan-types';
import type { ImportPlan, PlannedDuplicate, PlannedRow, RowPlace, Verdict } from '@chungtay/core/roster/plan-types';
import type { RowProblem } from '@chungtay/core/roster/problems';
import type { Language } from '../../i18n/translate.ts';
import type { I18n } from '../../i18n/use-i18n.ts';

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
export function pairsOf(plan: ImportPlan, row: RowPlace): readonly PlannedDuplicate[] {
  return plan.duplicates.filter((pair) => placeKey(pair) === placeKey(row)).toSorted((a, b) => b.score - a.score);
}

/** Returns how many children a commit would write. */
export function countToWrite(plan: ImportPlan, included: ReadonlySet<string>): number {
  const isWanted = (row: PlannedRow): boolean => row.verdict === 'duplicate' && included.has(placeKey(row));
  return plan.rows.filter((row) => row.verdict === 'ready' || isWanted(row)).length;
}

/** Returns where a row stands in words; the sheet is said only where several are imported. */
export function placeWords({ sheet, row }: RowPlace, plan: ImportPlan, i18n: I18n): string {
  const line = i18n.t('import.row', { n: row });
  return plan.sheets.length > 1 ? `${sheet} · ${line}` : line;
}
