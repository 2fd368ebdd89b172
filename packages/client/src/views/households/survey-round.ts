import type { VisitRow } from '@chungtay/core/derive/row-types';
import type { FolderId } from '@chungtay/core/model/ids';
import { compareNames } from '@chungtay/core/model/names';
import type { RowOf } from '../../composables/use-rows.ts';

/** How far a household's survey has got in this round. */
export type SurveyStatus = 'todo' | 'partly' | 'absent' | 'refused' | 'moved' | 'done';

/** One household of the round. */
export interface RoundLine {
  readonly row: RowOf<'household'>;
  readonly status: SurveyStatus;
  /** The day to come again, or null. */
  readonly nextOn: string | null;
  /** The day of the last visit, or null. */
  readonly lastOn: string | null;
}

/** Returns the first day of the quarter of a day: a round of the survey is a quarter. */
export function roundStart(today: string): string {
  const month = Number(today.slice(5, 7));
  return `${today.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}

/**
 * Returns the households in the order of the way: village by village as `villages` has them, in each by the number in the book, else by the
 * name of the head.
 */
export function roundOf(
  households: readonly RowOf<'household'>[],
  visits: readonly VisitRow[],
  today: string,
  villages: readonly string[] = [],
): readonly RoundLine[] {
  const placeOf = (row: RowOf<'household'>): number => villages.indexOf(row.village ?? '');
  const start = roundStart(today);
  const last = new Map<FolderId, VisitRow>();
  for (const visit of visits) {
    if (visit.on === null || visit.on < start) continue;
    const known = last.get(visit.folder);
    if (!known || isLater(visit, known)) last.set(visit.folder, visit);
  }
  return households
    .map((row) => {
      const visit = last.get(row.folder);
      return { row, status: statusOf(visit), nextOn: visit?.nextOn ?? null, lastOn: visit?.on ?? null };
    })
    .toSorted((a, b) => placeOf(a.row) - placeOf(b.row) || compareLines(a.row, b.row));
}

/** Returns the household to go to: one that was begun, else the first not visited, else the one whose day has come. */
export function nextLine(lines: readonly RoundLine[], today: string): RoundLine | null {
  const due = lines.filter(({ status, nextOn }) => status === 'absent' && (nextOn === null || nextOn <= today));
  return (
    lines.find(({ status }) => status === 'partly') ?? lines.find(({ status }) => status === 'todo') ?? due[0] ?? null
  );
}

/** Returns how many are finished: surveyed, refused or gone. */
export function finishedCount(lines: readonly RoundLine[]): number {
  return lines.filter(({ status }) => status === 'done' || status === 'refused' || status === 'moved').length;
}

function statusOf(visit: VisitRow | undefined): SurveyStatus {
  switch (visit?.outcome) {
    case 'done':
    case 'absent':
    case 'refused':
    case 'moved':
      return visit.outcome;
    default:
      return visit ? 'partly' : 'todo';
  }
}

function isLater(a: VisitRow, b: VisitRow): boolean {
  const [first, second] = [a.on ?? '', b.on ?? ''];
  return first === second ? a.atMs > b.atMs : first > second;
}

function compareLines(a: RowOf<'household'>, b: RowOf<'household'>): number {
  const [first, second] = [numberIn(a.code), numberIn(b.code)];
  if (first !== second) return first < second ? -1 : 1;
  return compareNames(a.head ?? '', b.head ?? '') || (a.folder < b.folder ? -1 : 1);
}

function numberIn(code: string | null): number {
  // the last one: a number of the village may stand before that of the household
  const digits = (code ?? '').match(/\d+/gu)?.at(-1);
  return digits === undefined ? Number.POSITIVE_INFINITY : Number(digits);
}
