import { dayNumberOf, dayOfNumber } from '../model/dates.ts';
import type { CalendarDay } from '../model/dates.ts';

const EPOCH_1900 = dayNumberOf({ year: 1899, month: 12, day: 30 });
const EPOCH_1904 = dayNumberOf({ year: 1904, month: 1, day: 1 });
/** Excel's 29 February 1900 never was: the serials before it are one day off. */
const FALSE_LEAP_DAY = 60;
const MAX_SERIAL = 2_958_465;

/** Returns the day of a spreadsheet's day count, in the 1900 or 1904 system, or null when it is out of their range. */
export function dayOfSerial(serial: number, is1904: boolean): CalendarDay | null {
  const whole = Math.floor(serial);
  if (!Number.isFinite(serial) || whole < 1 || whole > MAX_SERIAL) return null;
  if (is1904) return dayOfNumber(EPOCH_1904 + whole);
  return dayOfNumber(EPOCH_1900 + whole + (whole < FALSE_LEAP_DAY ? 1 : 0));
}

/** Built-in formats of dates, the East Asian ones included (ECMA-376 part 1, 18.8.30). */
const BUILT_IN = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

/** Says whether a number under this format is shown as a date: a day or a year stands in it outside quotes and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN.has(id);
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/gu, '').toLowerCase();
  return /[dy]/u.test(bare.split(';')[0] ?? '') && !/general/u.test(bare);
}
