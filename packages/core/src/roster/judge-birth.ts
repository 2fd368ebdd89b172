import { dayMonthYear, fewestYearsOn, mostYearsOn } from '../model/dates.ts';
import { problem } from './problems.ts';
import type { RowProblem } from './problems.ts';
import type { BirthReading, BirthStyle } from './read-birth.ts';

const CHILD_BELOW_YEARS = 16;
const TEXT_STYLES: readonly BirthStyle[] = ['dots', 'slashes', 'dashes', 'iso', 'words', 'digits'];

/**
 * Returns what a birth means on the day of the import: not born yet, no child any more (16 reached before this calendar
 * year), turned 16 this year (still in this year's lists), or perhaps 16 as far as an estimated birth tells [IMP-7].
 */
export function judgeBirth(date: string, onDate: string): RowProblem[] {
  if (date > onDate.slice(0, date.length)) return [problem('future', { date: dayMonthYear(date) })];
  if (fewestYearsOn(date, onDate) >= CHILD_BELOW_YEARS) {
    const isThisYear = Number(date.slice(0, 4)) + CHILD_BELOW_YEARS === Number(onDate.slice(0, 4));
    return [problem(isThisYear ? 'turned16' : 'over16', { date: dayMonthYear(date) })];
  }
  return mostYearsOn(date, onDate) >= CHILD_BELOW_YEARS ? [problem('ageDoubt', { date: dayMonthYear(date) })] : [];
}

/** Returns the style in which most whole days of the column are written, or null when there is none. */
export function prevailingStyle(readings: readonly BirthReading[]): BirthStyle | null {
  const counts = new Map<BirthStyle, number>();
  for (const { birth, style } of readings) {
    if (birth?.date.length === 10 && style !== 'other') counts.set(style, (counts.get(style) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return most?.[0] ?? null;
}

/** Returns a remark where a day is written as text in another way than most of its column: typed apart, so worth a look. */
export function judgeStyle(reading: BirthReading, prevailing: BirthStyle | null): RowProblem[] {
  const isText = TEXT_STYLES.includes(reading.style) && reading.birth !== null;
  if (!isText || reading.style === prevailing || reading.birth?.date.length !== 10) return [];
  return [problem('textDate', { date: dayMonthYear(reading.birth.date) })];
}

const FEWEST_DATES = 12;
const FEWEST_TEXTS = 3;

/**
 * Says whether a spreadsheet set to month-first has swapped the days of this column: it turns 05/06 into a date (6 May
 * or 5 June, it guessed wrong) and leaves 25/06 a text, so that no date has a day above 12 and every text has one.
 */
export function looksSwapped(readings: readonly BirthReading[]): boolean {
  const dayOf = ({ birth }: BirthReading) => (birth?.date.length === 10 ? Number(birth.date.slice(8)) : 0);
  const dates = readings
    .filter(({ style }) => style === 'date')
    .map(dayOf)
    .filter(Boolean);
  const texts = readings
    .filter(({ style }) => TEXT_STYLES.includes(style))
    .map(dayOf)
    .filter(Boolean);
  return (
    dates.length >= FEWEST_DATES &&
    texts.length >= FEWEST_TEXTS &&
    dates.every((day) => day <= 12) &&
    texts.every((day) => day > 12)
  );
}
