import { type Birth, dayNumberOf, isRealDay } from '@chungtay/core/model/dates';

/** A day that may be known only to the month or the year: `2017-03-27`, `2017-03`, `2017`. */
export interface DateParts {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}

/** A date as a person knows it: how exactly is in the length of `date`, `estimated` says that even that is a guess. */
export type PartialDate = Birth;

/** Returns the parts of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or null when the text is none of them or no such day exists. */
export function partsOfDate(on: string): DateParts | null {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/u.exec(on);
  if (!match) return null;
  const year = Number(match[1]);
  const month = match[2] === undefined ? null : Number(match[2]);
  const day = match[3] === undefined ? null : Number(match[3]);
  if (month !== null && (month < 1 || month > 12)) return null;
  if (month !== null && day !== null && !isRealDay({ year, month, day })) return null;
  return { year, month, day };
}

/** An age in the unit people say it in. */
export interface Age {
  readonly n: number;
  readonly unit: 'days' | 'months' | 'years';
  /** True when the birth date is partial or a guess. */
  readonly isAbout: boolean;
}

/**
 * Returns the age on the day `todayOn` (`YYYY-MM-DD`): years from 3 on, months before that, days in the first two months.
 * A birth known only by year counts from that year alone, and says so. Null when unborn or unreadable.
 */
export function ageOn(birth: PartialDate, todayOn: string): Age | null {
  const born = partsOfDate(birth.date);
  const today = partsOfDate(todayOn);
  if (!born || !today || today.month === null || today.day === null) return null;
  if (born.month === null) {
    const years = today.year - born.year;
    return years < 0 ? null : { n: years, unit: 'years', isAbout: true };
  }
  const months = wholeMonths(born, today.year, today.month, today.day);
  if (months < 0) return null;
  const isAbout = birth.estimated || born.day === null;
  if (months >= 36) return { n: Math.floor(months / 12), unit: 'years', isAbout };
  if (months >= 2 || born.day === null) return { n: months, unit: 'months', isAbout };
  const bornDay = dayNumberOf({ year: born.year, month: born.month, day: born.day });
  const nowDay = dayNumberOf({ year: today.year, month: today.month, day: today.day });
  return { n: nowDay - bornDay, unit: 'days', isAbout };
}

function wholeMonths(born: DateParts, year: number, month: number, day: number): number {
  const months = (year - born.year) * 12 + month - (born.month ?? 1);
  return born.day !== null && day < born.day ? months - 1 : months;
}
