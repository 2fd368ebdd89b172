import type { ImportPlan, PlannedRow, Verdict } from '@chungtay/core/roster/plan-types';
import { problem, type ProblemCode } from '@chungtay/core/roster/problems';
import { describe, expect, it } from 'vitest';
import { keptTable } from './export-kept.ts';
import { keptImportsOf, reasonOfKept } from './kept-imports.ts';
import { countToWrite, pairsOf, ROW_FILTERS, rowsOf } from './plan-words.ts';

function row(number: number, verdict: Verdict, ...codes: readonly ProblemCode[]): PlannedRow {
  return {
    sheet: 'Thôn 1',
    row: number,
    verdict,
    child: null,
    problems: codes.map((code) => problem(code)),
    folder: null,
    cells: [String(number)],
  };
}

const plan = {
  rows: [
    row(5, 'ready'),
    row(6, 'ready', 'nfd'),
    row(7, 'ready', 'noId'),
    row(8, 'already'),
    row(9, 'duplicate'),
    row(10, 'error', 'noName'),
  ],
  duplicates: [
    { sheet: 'Thôn 1', row: 9, withRow: { sheet: 'Thôn 1', row: 5 }, child: null, score: 0.8, reasons: ['sameName'] },
    { sheet: 'Thôn 1', row: 9, withRow: null, child: 'X', score: 0.9, reasons: ['sameMother'] },
  ],
} as unknown as ImportPlan;

describe('what a plan shows', () => {
  it('[IMP-4] shows every row under one verdict, and doubts beside them', () => {
    const counts = Object.fromEntries(ROW_FILTERS.map((filter) => [filter, rowsOf(plan, filter).length]));
    expect(counts).toEqual({ all: 6, ready: 3, doubt: 1, duplicate: 1, already: 1, error: 1 });
  });

  it('[IMP-10] writes a likely duplicate only when a person said so', () => {
    expect(countToWrite(plan, new Set())).toBe(3);
    expect(countToWrite(plan, new Set(['9@Thôn 1']))).toBe(4);
    expect(countToWrite(plan, new Set(['10@Thôn 1']))).toBe(3);
  });

  it('names the likeliest pair first', () => {
    expect(pairsOf(plan, { sheet: 'Thôn 1', row: 9 }).map(({ score }) => score)).toEqual([0.9, 0.8]);
  });
});

describe('what stayed out', () => {
  const draft = {
    key: 'import/thon.xlsx',
    value: {
      fileName: 'thon.xlsx',
      keptAtMs: 2,
      columns: ['Họ tên', 'Ghi chú'],
      rows: [
        {
          row: 7,
          verdict: 'error',
          cells: ['=HYPERLINK("x")'],
          problems: [
            { code: 'noBirth', severity: 'error', params: {} },
            { code: 'nfd', severity: 'info', params: {} },
            { code: 'codeOfTomorrow', severity: 'error', params: {} },
          ],
          duplicates: [{ reasons: ['sameName', 'sameBirth'] }, { reasons: ['sameName'] }],
        },
      ],
    },
  };

  it('[IMP-5] is listed with its reasons, once each, and without what was merely repaired', () => {
    const [kept] = keptImportsOf([draft, { key: 'intake/x', value: {} }, { key: 'import/spoilt', value: { rows: 1 } }]);
    expect(kept?.rows.map((one) => reasonOfKept(one, 'vi'))).toEqual([
      'Không có ngày sinh. codeOfTomorrow Trùng họ tên, trùng ngày sinh.',
    ]);
  });

  it('[IMP-9] goes out as it was, under the headings of its file', () => {
    const [kept] = keptImportsOf([draft]);
    expect(kept && keptTable(kept, { row: 'Dòng', reason: 'Lý do' }, 'vi')).toEqual([
      ['Dòng', 'Họ tên', 'Ghi chú', 'Lý do'],
      ['7', '=HYPERLINK("x")', '', expect.stringContaining('ngày sinh')],
    ]);
  });
});
