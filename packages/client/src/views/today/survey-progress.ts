import type { HouseholdRow, VisitRow } from '@chungtay/core/derive/row-types';

/** Returns the first day of the quarter that `todayOn` (`YYYY-MM-DD`) lies in. */
export function quarterStartOn(todayOn: string): string {
  const month = Number(todayOn.slice(5, 7));
  const first = month - ((month - 1) % 3);
  return `${todayOn.slice(0, 4)}-${String(first).padStart(2, '0')}-01`;
}

/** Returns how many of the households had a finished visit on `fromOn` or later. */
export function surveyedSince(
  fromOn: string,
  households: readonly Pick<HouseholdRow, 'folder'>[],
  visits: readonly Pick<VisitRow, 'folder' | 'on' | 'outcome'>[],
): number {
  const surveyed = new Set(
    visits.filter(({ on, outcome }) => outcome === 'done' && on !== null && on >= fromOn).map(({ folder }) => folder),
  );
  return households.filter(({ folder }) => surveyed.has(folder)).length;
}
