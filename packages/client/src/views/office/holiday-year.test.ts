import { newDirectory } from '@chungtay/core/model/directory';
import { SHIPPED_CALENDAR } from '@chungtay/core/policy/calendar';
import { describe, expect, it } from 'vitest';
import { holidaysOf, isNeedless, unmarked, weekdayOf, workingDaysOf } from './holiday-year.ts';

const { holidays } = newDirectory({ name: 'Xã Nà Pàn' });

describe('the year of days off', () => {
  it('[OFF-4] holds each day of its year in its month, and says which are to be checked', () => {
    const months = holidaysOf(holidays, 2026);
    expect(months[3]?.map(({ on }) => on)).toEqual(['2026-04-26', '2026-04-27', '2026-04-30']);
    expect(months[0]).toMatchObject([
      { on: '2026-01-01', isUnchecked: false },
      { on: '2026-01-02', isUnchecked: true, words: 'Nghỉ hoán đổi Tết Dương lịch' },
      { on: '2026-01-10', type: 'worked', isUnchecked: true },
    ]);
    expect(holidaysOf(holidays, 2030).flat()).toEqual([]);
  });

  it.each([
    ['2026-09-02', 'off', false],
    ['2026-09-05', 'off', true],
    ['2026-09-05', 'worked', false],
    ['2026-09-02', 'worked', true],
  ] as const)('[OFF-4] %s as %s changes nothing: %s', (on, type, isNothing) => {
    expect(isNeedless(on, type, SHIPPED_CALENDAR)).toBe(isNothing);
  });

  it('[OFF-4] counts the working days, and knows the weekday', () => {
    // 261 weekdays, two Saturdays worked, 15 weekdays off
    expect(workingDaysOf(2026, SHIPPED_CALENDAR)).toBe(250);
    expect(weekdayOf('2026-11-23')).toBe(1);
    expect(unmarked('Quốc khánh [verify]')).toBe('Quốc khánh');
  });
});
