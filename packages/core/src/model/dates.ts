/** A day of the Gregorian calendar; month and day count from 1. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A birth as known: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; estimated when the paper gave less than a day. */
export interface Birth {
  readonly date: string;
  readonly estimated: boolean;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Returns how many days a month has; 0 when there is no such month. */
export function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (LENGTHS[month - 1] ?? 0);
}

/** Says whether the calendar has this day. */
export function isRealDay({ year, month, day }: CalendarDay): boolean {
  return Number.isInteger(year) && day >= 1 && day <= daysInMonth(year, month);
}

/** Returns `YYYY-MM-DD`. */
export function isoOf({ year, month, day }: CalendarDay): string {
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** Returns `dd/mm/yyyy`, `mm/yyyy` or `yyyy`, as people here write what `iso` says. */
export function dayMonthYear(iso: string): string {
  return iso.split('-').toReversed().join('/');
}

/** Returns the day that `YYYY-MM-DD` names, or null when the text is another shape or no real day. */
export function parseIsoDay(text: string): CalendarDay | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (!parts) return null;
  const day = { year: Number(parts[1]), month: Number(parts[2]), day: Number(parts[3]) };
  return isRealDay(day) ? day : null;
}

/** Returns the number of days from 1970-01-01 to the day: negative before. */
export function dayNumberOf({ year, month, day }: CalendarDay): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Returns the day that many days after 1970-01-01: the inverse of `dayNumberOf`. */
export function dayOfNumber(dayNumber: number): CalendarDay {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1 };
}

/** Returns completed years on `onDate` (`YYYY-MM-DD`) of someone born on `birth`; of a month or a year, the most there can be. Negative before birth. */
export function mostYearsOn(birth: string, onDate: string): number {
  const years = Number(onDate.slice(0, 4)) - Number(birth.slice(0, 4));
  return onDate.slice(4, birth.length) < birth.slice(4) ? years - 1 : years;
}

/** Returns completed years on `onDate` of someone born on `birth`; of a month or a year, the fewest there can be. */
export function fewestYearsOn(birth: string, onDate: string): number {
  const years = Number(onDate.slice(0, 4)) - Number(birth.slice(0, 4));
  const latest = `${birth}${birth.length === 4 ? '-12-31' : birth.length === 7 ? '-31' : ''}`;
  return onDate.slice(4) < latest.slice(4) ? years - 1 : years;
}

/** Returns the first day that a date of a day, month or year may mean, `YYYY-MM-DD`. */
export function firstDayOf(date: string): string {
  return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;
}

/** Returns the last day that a date of a day, month or year may mean, `YYYY-MM-DD`. */
export function lastDayOf(date: string): string {
  if (date.length === 10) return date;
  const [year = 0, month = 12] = date.split('-').map(Number);
  return isoOf({ year, month, day: daysInMonth(year, month) });
}

/** Returns the same day that many months later; where that month is shorter, its last day. `date` = `YYYY-MM-DD`. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const count = year * 12 + (month - 1) + months;
  const then = { year: Math.floor(count / 12), month: (count % 12) + 1 };
  return isoOf({ ...then, day: Math.min(day, daysInMonth(then.year, then.month)) });
}

/** Returns the first day on which somebody born on `birth` has surely completed so many years: `fewestYearsOn` counts them from then on. */
export function birthdayAt(birth: string, years: number): string {
  const [year = 0, month = 12, day = 31] = birth.split('-').map(Number);
  const then = { year: year + years, month, day };
  if (isRealDay(then)) return isoOf(then);
  return month === 12 ? `${padded(then.year + 1, 4)}-01-01` : isoOf({ year: then.year, month: month + 1, day: 1 });
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
