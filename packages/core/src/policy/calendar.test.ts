import { describe, expect, it } from 'vitest';
import { SHIPPED_HOLIDAYS } from '../model/holidays.ts';
import {
  SHIPPED_CALENDAR,
  addDays,
  addWorkingDays,
  calendarOf,
  dayOf,
  endOfDayMs,
  isWorkingDay,
  startOfDayMs,
} from './calendar.ts';

describe('days in Việt Nam', () => {
  it.each([
    ['2026-11-02T16:59:59.999Z', '2026-11-02'],
    ['2026-11-02T17:00:00.000Z', '2026-11-03'],
    ['2026-12-31T17:00:00.000Z', '2027-01-01'],
    ['1970-01-01T00:00:00.000Z', '1970-01-01'],
  ])('[DL-1] %s is on %s', (instant, day) => {
    expect(dayOf(Date.parse(instant))).toBe(day);
  });

  it('[DL-1] a day begins at 17:00 UTC the evening before and ends where the next begins', () => {
    expect(startOfDayMs('2026-11-03')).toBe(Date.parse('2026-11-02T17:00:00Z'));
    expect(endOfDayMs('2026-11-03')).toBe(startOfDayMs('2026-11-04'));
    expect(endOfDayMs('2026-02-30')).toBeNull();
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });
});

describe('working days', () => {
  it.each([
    ['Tết Bính Ngọ begins on 17/02/2026', '2026-02-17', false],
    ['its eve', '2026-02-16', false],
    ['its fourth day', '2026-02-20', false],
    ['the Monday after', '2026-02-23', true],
    ['Giỗ Tổ 10/3 falls on a Sunday', '2026-04-26', false],
    ['and is made up on Monday', '2026-04-27', false],
    ['30 April', '2026-04-30', false],
    ['1 May', '2026-05-01', false],
    ['a bridge day', '2026-08-31', false],
    ['the Saturday worked for it', '2026-08-22', true],
    ['the day beside National Day', '2026-09-01', false],
    ['National Day', '2026-09-02', false],
    ['the day after', '2026-09-03', true],
    ['Tết Đinh Mùi begins on 06/02/2027', '2027-02-06', false],
    ['its last day off', '2027-02-11', false],
    ['the Friday after', '2027-02-12', true],
    ['Giỗ Tổ 2027', '2027-04-16', false],
    ['1 May 2027 on a Saturday is made up on Monday', '2027-05-03', false],
    ['National Day 2027', '2027-09-02', false],
    ['a Saturday', '2026-11-07', false],
    ['a Sunday', '2026-11-08', false],
    ['a Monday', '2026-11-09', true],
  ])('[DL-3] %s: %s', (_what, day, isWorked) => {
    expect(isWorkingDay(day, SHIPPED_CALENDAR)).toBe(isWorked);
  });

  it('[DL-3] the table covers both years, each day once, with the days the law gives: New Year 1, Tết 5, Hùng Kings 1, April and May 2, September 2', () => {
    expect(SHIPPED_CALENDAR.years).toEqual(new Set([2026, 2027]));
    expect(new Set(SHIPPED_HOLIDAYS.map((line) => line.on)).size).toBe(SHIPPED_HOLIDAYS.length);
    for (const line of SHIPPED_HOLIDAYS) expect(endOfDayMs(line.on)).not.toBeNull();
    for (const year of ['2026', '2027']) {
      const made = SHIPPED_HOLIDAYS.filter(
        (line) => line.on.startsWith(year) && line.type === 'off' && !/bù|hoán đổi/u.test(line.name),
      );
      expect(made).toHaveLength(11);
      expect(made.filter((line) => line.name.startsWith('Tết') && !line.name.includes('Dương'))).toHaveLength(5);
    }
  });

  it('[DL-3] each made-up holiday answers a holiday on a weekend, each worked day a bridge', () => {
    const off = SHIPPED_HOLIDAYS.filter((line) => line.type === 'off');
    const weekend = calendarOf([]);
    for (const year of ['2026', '2027']) {
      const inYear = off.filter((line) => line.on.startsWith(year));
      const onWeekend = inYear.filter((line) => !isWorkingDay(line.on, weekend));
      expect(inYear.filter((line) => line.name.includes('Nghỉ bù'))).toHaveLength(onWeekend.length);
      const worked = SHIPPED_HOLIDAYS.filter((line) => line.on.startsWith(year) && line.type === 'worked');
      expect(worked).toHaveLength(inYear.filter((line) => line.name.includes('hoán đổi')).length);
      for (const line of worked) expect(isWorkingDay(line.on, weekend)).toBe(false);
    }
  });

  it.each([
    ['an ordinary week', '2026-11-02', 5, '2026-11-09'],
    ['from a Friday', '2026-11-06', 5, '2026-11-13'],
    ['from a Sunday', '2026-11-08', 5, '2026-11-13'],
    ['over Tết', '2026-02-13', 5, '2026-02-27'],
    ['over National Day, the worked Saturday counted', '2026-08-21', 7, '2026-09-03'],
    ['over April and May', '2026-04-24', 5, '2026-05-06'],
    ['over New Year', '2026-12-30', 7, '2027-01-11'],
    ['none', '2026-11-07', 0, '2026-11-07'],
  ])('[DL-2] %s: %s and %i working days is %s', (_what, from, days, due) => {
    expect(addWorkingDays(from, days, SHIPPED_CALENDAR)).toBe(due);
  });

  it('[DL-2] lines of a directory that are no day are left out', () => {
    expect(
      calendarOf([
        { on: 'Tết', type: 'off' },
        { on: '2028-01-03', type: 'off' },
      ]).daysOff,
    ).toEqual(new Set(['2028-01-03']));
  });
});
