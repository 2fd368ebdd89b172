import { dayNumberOf, parseIsoDay } from '@chungtay/core/model/dates';
import type { Directory, DirectoryHoliday } from '@chungtay/core/model/directory';
import { isWorkingDay, type WorkCalendar } from '@chungtay/core/policy/calendar';

/** One line of a year's table. */
export interface HolidayLine extends DirectoryHoliday {
  readonly on: string;
  /** The name without its mark. */
  readonly words: string;
  /** No announcement was at hand for it: to be checked before deadlines are counted by it. */
  readonly isUnchecked: boolean;
}

const MARK = '[verify]';

/** Returns the days of a year by month (0 … 11), in order. */
export function holidaysOf(holidays: Directory['holidays'], year: number): readonly (readonly HolidayLine[])[] {
  const lines = Object.entries(holidays)
    .filter(([on]) => parseIsoDay(on) !== null && on.startsWith(`${year}-`))
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([on, { type, name }]) => ({ on, type, name, words: unmarked(name), isUnchecked: isMarked(name) }));
  return Array.from({ length: 12 }, (_, month) => lines.filter(({ on }) => Number(on.slice(5, 7)) === month + 1));
}

/** Says whether a text of the directory is marked as not checked. */
export function isMarked(text: string): boolean {
  return text.includes(MARK);
}

/** Returns a text of the directory without the mark. */
export function unmarked(text: string): string {
  return text.replaceAll(MARK, '').replaceAll(/\s+/gu, ' ').trim();
}

/** Says what a line would change nothing about: a day off that is none anyway, or a working day that is worked anyway. */
export function isNeedless(on: string, type: DirectoryHoliday['type'], calendar: WorkCalendar): boolean {
  const plain = { ...calendar, daysOff: new Set<string>(), workedDays: new Set<string>() };
  return isWorkingDay(on, plain) === (type === 'worked');
}

/** Returns how many days of a year offices work. */
export function workingDaysOf(year: number, calendar: WorkCalendar): number {
  const day = new Date(Date.UTC(year, 0, 1));
  let working = 0;
  for (; day.getUTCFullYear() === year; day.setUTCDate(day.getUTCDate() + 1)) {
    if (isWorkingDay(day.toISOString().slice(0, 10), calendar)) working += 1;
  }
  return working;
}

/** Returns the weekday of a day, 0 = Sunday. */
export function weekdayOf(on: string): number {
  const parsed = parseIsoDay(on);
  return parsed ? (dayNumberOf(parsed) + 4) % 7 : 0;
}
