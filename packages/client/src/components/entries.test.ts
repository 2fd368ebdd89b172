import { describe, expect, it } from 'vitest';
import { boxesOf, dateEntryOf, EMPTY_BOXES } from './date-entry.ts';
import { numberEntryOf, stepped } from './number-entry.ts';

const BIRTH = { todayOn: '2026-10-05', earliestYear: 1920, allowsFuture: false };
const boxes = (day: string, month: string, year: string, isAbout = false) => ({ day, month, year, isAbout });

describe('[UX-16] dateEntryOf', () => {
  it.each([
    ['27', '3', '2017', '2017-03-27'],
    ['', '3', '2017', '2017-03'],
    ['', '', '2017', '2017'],
    ['29', '2', '2024', '2024-02-29'],
    ['5', '10', '2026', '2026-10-05'],
    ['', '10', '2026', '2026-10'],
    ['', '', '2026', '2026'],
  ])('%s/%s/%s is %s', (day, month, year, date) => {
    expect(dateEntryOf(boxes(day, month, year), BIRTH)).toEqual({ as: 'date', date: { date, estimated: false } });
  });

  it.each([
    ['27', '3', '', 'yearMissing'],
    ['', '', '17', 'yearShort'],
    ['', '', '2o17', 'yearShort'],
    ['27', '', '2017', 'monthMissing'],
    ['', '13', '2017', 'noSuchMonth'],
    ['', 'ba', '2017', 'noSuchMonth'],
    ['29', '2', '2023', 'noSuchDay'],
    ['0', '2', '2023', 'noSuchDay'],
    ['', '', '1890', 'tooEarly'],
    ['6', '10', '2026', 'future'],
    ['', '11', '2026', 'future'],
    ['', '', '2027', 'future'],
  ])('%s/%s/%s is refused: %s', (day, month, year, why) => {
    expect(dateEntryOf(boxes(day, month, year), BIRTH)).toEqual({ as: 'refused', why });
  });

  it.each([
    ['', '3', '2017'],
    ['', '', '2017'],
  ])('%s/%s/%s is refused where a whole day is needed', (day, month, year) => {
    expect(dateEntryOf(boxes(day, month, year), { ...BIRTH, needsDay: true })).toEqual({
      as: 'refused',
      why: 'dayMissing',
    });
  });

  it('keeps the mark of a guess', () => {
    expect(dateEntryOf(boxes('', '', '2016', true), BIRTH)).toMatchObject({ date: { estimated: true } });
  });

  it('is empty only when all boxes are', () => {
    expect(dateEntryOf(EMPTY_BOXES, BIRTH)).toEqual({ as: 'empty' });
  });

  it('reads back what it shows', () => {
    for (const date of ['2017-03-27', '2017-03', '2017']) {
      const shown = boxesOf({ date, estimated: true });
      expect(dateEntryOf(shown, BIRTH)).toEqual({ as: 'date', date: { date, estimated: true } });
    }
  });
});

describe('[UX-17] numberEntryOf', () => {
  const WEIGHT = { min: 0, max: 150, usual: [2, 60], decimals: 1 } as const;
  it.each([
    ['', { as: 'empty' }],
    ['12,5', { as: 'number', value: 12.5, isUnusual: false }],
    ['90', { as: 'number', value: 90, isUnusual: true }],
    ['151', { as: 'refused', why: 'tooLarge' }],
    ['-1', { as: 'refused', why: 'tooSmall' }],
    ['mười', { as: 'refused', why: 'notNumber' }],
  ])('%j under the limits of a weight', (text, entry) => {
    expect(numberEntryOf(text, WEIGHT)).toEqual(entry);
  });

  it('takes no fractions where it counts', () => {
    expect(numberEntryOf('2,5', { max: 20 })).toEqual({ as: 'refused', why: 'notWhole' });
  });

  it.each([
    [null, 1, 1],
    [null, -1, 0],
    [20, 1, 20],
    [0, -1, 0],
    [3, 1, 4],
  ] as const)('steps from %s by %d to %d', (value, by, expected) => {
    expect(stepped(value, by, { max: 20 })).toBe(expected);
  });
});
