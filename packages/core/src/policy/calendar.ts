/** Days and working days in Vietnam: fixed +07:00, no summer time. Holidays come from a table, never from a formula. Rules DL-1 … DL-3. */
import { must } from '../base/assert.ts';
import { dayNumberOf, dayOfNumber, isoOf, parseIsoDay } from '../model/dates.ts';
import { SHIPPED_HOLIDAYS } from '../model/holidays.ts';

/** Asia/Ho_Chi_Minh in ms before UTC. */
const ZONE_MS = 7 * 3_600_000;
/** One day. */
export const DAY_MS = 86_400_000;
/** One hour. */
export const HOUR_MS = 3_600_000;

/** The days off beyond Saturday and Sunday, and the Saturdays or Sundays worked to make up for a bridge. */
export interface WorkCalendar {
  /** `YYYY-MM-DD`. */
  readonly daysOff: ReadonlySet<string>;
  /** `YYYY-MM-DD`. */
  readonly workedDays: ReadonlySet<string>;
  /** Years that the table covers: outside them only weekends are known, and the screen says so. */
  readonly years: ReadonlySet<number>;
}

/** One line of the holiday table, as the directory keeps it. */
export interface HolidayLine {
  readonly on: string;
  /** `off` = nobody works; `worked` = a weekend day that is worked instead. */
  readonly type: 'off' | 'worked';
}

/** Returns the calendar of a table; lines that are no day are left out. */
export function calendarOf(lines: readonly HolidayLine[]): WorkCalendar {
  const real = lines.filter((line) => parseIsoDay(line.on) !== null);
  return {
    daysOff: new Set(real.filter((line) => line.type === 'off').map((line) => line.on)),
    workedDays: new Set(real.filter((line) => line.type === 'worked').map((line) => line.on)),
    years: new Set(real.map((line) => Number(line.on.slice(0, 4)))),
  };
}

/** The calendar that ships with the product, for 2026 and 2027, until the directory has its own. */
export const SHIPPED_CALENDAR: WorkCalendar = calendarOf(SHIPPED_HOLIDAYS);

/** Returns the calendar of a commune's own table, or the shipped one while it has none: the same for screens, tablets and Hub. */
export function communeCalendar(lines: readonly HolidayLine[]): WorkCalendar {
  return lines.length > 0 ? calendarOf(lines) : SHIPPED_CALENDAR;
}

/** Returns the local day, `YYYY-MM-DD`, of an instant. */
export function dayOf(atMs: number): string {
  return isoOf(dayOfNumber(Math.floor((atMs + ZONE_MS) / DAY_MS)));
}

/** Returns the instant at which a local day `YYYY-MM-DD` begins. The text must be a day. */
export function startOfDayMs(day: string): number {
  return dayNumberOf(must(parseIsoDay(day), 'a day')) * DAY_MS - ZONE_MS;
}

/** Returns the first instant after a local day, or null for a text that is no day. */
export function endOfDayMs(day: string): number | null {
  const parsed = parseIsoDay(day);
  return parsed ? (dayNumberOf(parsed) + 1) * DAY_MS - ZONE_MS : null;
}

/** Returns the day that many calendar days later. */
export function addDays(day: string, days: number): string {
  return isoOf(dayOfNumber(dayNumberOf(must(parseIsoDay(day), 'a day')) + days));
}

/** Says whether public offices work on this day. */
export function isWorkingDay(day: string, calendar: WorkCalendar): boolean {
  if (calendar.daysOff.has(day)) return false;
  if (calendar.workedDays.has(day)) return true;
  // 1970-01-01 was a Thursday: 0 = Thursday … 2 = Saturday, 3 = Sunday.
  const weekday = ((dayNumberOf(must(parseIsoDay(day), 'a day')) % 7) + 7) % 7;
  return weekday !== 2 && weekday !== 3;
}

/** Returns the day on which the n-th working day after `day` falls; the day itself never counts. Rule DL-2. */
export function addWorkingDays(day: string, workingDays: number, calendar: WorkCalendar): string {
  let at = day;
  for (let left = workingDays; left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(at, calendar)) left -= 1;
  }
  return at;
}
