import { describe, expect, it } from 'vitest';
import { dayMonthYear, dayNumberOf, dayOfNumber, fewestYearsOn, isoOf, mostYearsOn, parseIsoDay } from './dates.ts';

describe('days', () => {
  it('[IMP-7] a day and its number are one, across leap years and centuries', () => {
    for (let number = -60_000; number < 60_000; number += 17) expect(dayNumberOf(dayOfNumber(number))).toBe(number);
    expect(dayNumberOf({ year: 1970, month: 1, day: 1 })).toBe(0);
    expect(isoOf(dayOfNumber(dayNumberOf({ year: 2024, month: 2, day: 28 }) + 1))).toBe('2024-02-29');
    expect(isoOf(dayOfNumber(dayNumberOf({ year: 1900, month: 2, day: 28 }) + 1))).toBe('1900-03-01');
  });

  it.each(['2015-02-29', '2015-13-01', '2015-00-10', '2015-1-1', '15-01-01', '2015-04-31', 'x'])(
    '[IMP-7] %s is no day',
    (text) => {
      expect(parseIsoDay(text)).toBeNull();
    },
  );

  it('[IMP-7] are written day first', () => {
    expect(['2015-06-05', '2015-06', '2015'].map(dayMonthYear)).toEqual(['05/06/2015', '06/2015', '2015']);
  });

  it.each([
    ['2010-11-22', '2026-11-22', 16, 16],
    ['2010-11-23', '2026-11-22', 15, 15],
    ['2010-11', '2026-11-22', 15, 16],
    ['2010', '2026-11-22', 15, 16],
    ['2010', '2026-12-31', 16, 16],
    ['2016-02-29', '2026-02-28', 9, 9],
    ['2016-02-29', '2026-03-01', 10, 10],
    ['2010-10', '2026-11-01', 16, 16],
  ])('[IMP-7] born %s, on %s: %d to %d years', (birth, onDate, fewest, most) => {
    expect([fewestYearsOn(birth, onDate), mostYearsOn(birth, onDate)]).toEqual([fewest, most]);
  });
});
