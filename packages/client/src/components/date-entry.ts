import { daysInMonth } from '@chungtay/core/model/dates';
import { type PartialDate, partsOfDate } from '../i18n/partial-date.ts';
import { two } from '../i18n/zone.ts';

/** The three boxes as typed, and the tick for a guess. */
export interface DateBoxes {
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly isAbout: boolean;
}

/** Which dates a field takes. */
export interface DateLimits {
  /** Today on the Vietnamese calendar, `YYYY-MM-DD`. */
  readonly todayOn: string;
  /** The first year that makes sense. */
  readonly earliestYear: number;
  /** A day that has not come yet is allowed (a plan), or not (a birth). */
  readonly allowsFuture: boolean;
  /** A month or a year alone is not enough. */
  readonly needsDay?: boolean;
}

/** Why three boxes are no date. */
export type DateRefusal =
  | 'yearMissing'
  | 'yearShort'
  | 'monthMissing'
  | 'noSuchMonth'
  | 'noSuchDay'
  | 'dayMissing'
  | 'tooEarly'
  | 'future';

/** What three boxes mean. */
export type DateEntry =
  | { readonly as: 'empty' }
  | { readonly as: 'date'; readonly date: PartialDate }
  | { readonly as: 'refused'; readonly why: DateRefusal };

/** No date yet. */
export const EMPTY_BOXES: DateBoxes = { day: '', month: '', year: '', isAbout: false };

/** Returns the boxes that show a date. */
export function boxesOf(date: PartialDate | null): DateBoxes {
  const parts = date && partsOfDate(date.date);
  if (!date || !parts) return EMPTY_BOXES;
  return {
    day: parts.day === null ? '' : String(parts.day),
    month: parts.month === null ? '' : String(parts.month),
    year: String(parts.year),
    isAbout: date.estimated,
  };
}

/** Returns what the boxes mean. Year alone, or month and year, are dates too (UX-16); a guess stays marked as one. */
export function dateEntryOf(boxes: DateBoxes, limits: DateLimits): DateEntry {
  const [day, month, year] = [boxes.day.trim(), boxes.month.trim(), boxes.year.trim()];
  if (day === '' && month === '' && year === '') return { as: 'empty' };
  const why = refusalOf(day, month, year, limits);
  if (why) return { as: 'refused', why };
  const date = [year, month, day]
    .filter((part) => part !== '')
    .map((part) => two(Number(part)))
    .join('-');
  return { as: 'date', date: { date, estimated: boxes.isAbout } };
}

function refusalOf(day: string, month: string, year: string, limits: DateLimits): DateRefusal | null {
  if (year === '') return 'yearMissing';
  if (!/^\d{4}$/u.test(year)) return 'yearShort';
  if (day !== '' && month === '') return 'monthMissing';
  if (month !== '' && !(Number(month) >= 1 && Number(month) <= 12)) return 'noSuchMonth';
  if (day !== '' && !(Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month)))) return 'noSuchDay';
  if (limits.needsDay && day === '') return 'dayMissing';
  if (Number(year) < limits.earliestYear) return 'tooEarly';
  const earliest = [year, month, day]
    .filter((part) => part !== '')
    .map((part) => two(Number(part)))
    .join('-');
  if (!limits.allowsFuture && earliest > limits.todayOn.slice(0, earliest.length)) return 'future';
  return null;
}
