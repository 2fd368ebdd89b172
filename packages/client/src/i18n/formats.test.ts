import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { formatsOf } from './formats.ts';
import { parseNumber } from './numbers.ts';
import { translateWith } from './translate.ts';
import { vi } from './vi.ts';
import { dayOf } from './zone.ts';

const formats = formatsOf(translateWith(vi, 'vi'), 'vi');
const english = formatsOf(translateWith(en, 'en'), 'en');

/** Monday 5 October 2026, 14:05 in Hà Nội. */
const NOW = Date.parse('2026-10-05T07:05:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('[TXT-2] dates', () => {
  it.each([
    ['2026-10-05', '05/10/2026', 'ngày 05 tháng 10 năm 2026'],
    ['2026-10', '10/2026', 'tháng 10 năm 2026'],
    ['2017', '2017', 'năm 2017'],
    ['không rõ', 'không rõ', 'không rõ'],
    ['2026-02-30', '2026-02-30', '2026-02-30'],
  ])('%s is %s, and in full %s', (on, short, long) => {
    expect(formats.date(on)).toBe(short);
    expect(formats.longDate(on)).toBe(long);
  });

  it('says khoảng before a guess', () => {
    expect(formats.partialDate({ date: '2016', estimated: true })).toBe('khoảng 2016');
    expect(formats.partialDate({ date: '2016-03', estimated: false })).toBe('03/2016');
  });

  it('uses the clock of Hà Nội wherever the device is', () => {
    expect(dayOf(Date.parse('2026-10-05T17:30:00Z'))).toBe('2026-10-06');
    expect(formats.time(Date.parse('2026-10-05T17:30:00Z'))).toBe('00:30');
    expect(formats.dateTime(NOW)).toBe('05/10/2026 14:05');
    expect(formats.weekday(NOW)).toBe('T2 05/10');
  });

  it('agrees with the zone table of the platform over forty years', () => {
    const platform = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short' });
    for (let at = Date.parse('1990-01-01T16:59:59Z'); at < Date.parse('2030-01-01Z'); at += 97 * HOUR) {
      expect(dayOf(at)).toBe(platform.format(at));
    }
  });
});

describe('relative', () => {
  it.each([
    [0, 'vừa xong', 'just now'],
    [-2 * MINUTE, 'vừa xong', 'just now'],
    [10 * MINUTE, '10 phút trước', '10 minutes ago'],
    [HOUR, '1 giờ trước', '1 hour ago'],
    [14 * HOUR, '14 giờ trước', '14 hours ago'],
    [15 * HOUR, 'hôm qua 23:05', 'yesterday 23:05'],
    [3 * 24 * HOUR, '3 ngày trước', '3 days ago'],
    [7 * 24 * HOUR, '28/09/2026', '28/09/2026'],
    [-HOUR, '05/10/2026 15:05', '05/10/2026 15:05'],
  ])('%d ms ago: %s', (agoMs, inVietnamese, inEnglish) => {
    expect(formats.relative(NOW - agoMs, NOW)).toBe(inVietnamese);
    expect(english.relative(NOW - agoMs, NOW)).toBe(inEnglish);
  });
});

describe('age', () => {
  it.each([
    ['2016-12-03', false, '9 tuổi'],
    ['2016-10-05', false, '10 tuổi'],
    ['2016-10-06', false, '9 tuổi'],
    ['2025-04-05', false, '18 tháng tuổi'],
    ['2026-09-30', false, '5 ngày tuổi'],
    ['2017', false, 'khoảng 9 tuổi'],
    ['2016-11', false, 'khoảng 9 tuổi'],
    ['2016-12-03', true, 'khoảng 9 tuổi'],
    ['2027', false, ''],
    ['?', false, ''],
  ])('born %s (about: %s): %s', (on, isAbout, words) => {
    expect(formats.age({ date: on, estimated: isAbout }, '2026-10-05')).toBe(words);
  });
});

describe('numbers', () => {
  it.each([0, 7, 18, 999, 1000, 999.5, 0.126, -1, -1000, 25_000])(
    'a number is written as the language writes it: %d',
    (n) => {
      const written = (tag: string) => new Intl.NumberFormat(tag, { maximumFractionDigits: 2 }).format(n);
      expect([formats.number(n), english.number(n)]).toEqual([written('vi-VN'), written('en-GB')]);
    },
  );

  it('are written the Vietnamese way', () => {
    expect(formats.number(1234567.89)).toBe('1.234.567,89');
    expect(formats.share(0.861)).toBe('86,1%');
    expect(formats.money(1_500_000)).toBe('1.500.000\u00A0₫');
    expect(formats.bytes(2_140_000)).toBe('2,1\u00A0MB');
    expect(formats.bytes(10_740_300_000)).toBe('10,7\u00A0GB');
  });

  it.each([
    ['12', 12],
    ['1.234', 1234],
    ['1.234,5', 1234.5],
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['-3', -3],
    ['1 500 000', 1500000],
    ['', null],
    ['12a', null],
    ['1,2,3', null],
  ])('reads %j as %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });
});
