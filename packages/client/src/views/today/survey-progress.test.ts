import type { FolderId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import { quarterStartOn, surveyedSince } from './survey-progress.ts';

describe('quarterStartOn', () => {
  it.each([
    ['2026-01-01', '2026-01-01'],
    ['2026-03-31', '2026-01-01'],
    ['2026-11-22', '2026-10-01'],
    ['2026-12-31', '2026-10-01'],
  ])('%s lies in the quarter of %s', (day, start) => expect(quarterStartOn(day)).toBe(start));
});

describe('surveyedSince', () => {
  const [a, b, c] = ['A', 'B', 'C'] as unknown as [FolderId, FolderId, FolderId];
  const households = [{ folder: a }, { folder: b }, { folder: c }];

  it('counts a household once, only finished and recent visits, and none that left', () => {
    const visits = [
      { folder: a, on: '2026-10-02', outcome: 'done' },
      { folder: a, on: '2026-11-02', outcome: 'done' },
      { folder: b, on: '2026-09-30', outcome: 'done' },
      { folder: c, on: '2026-10-09', outcome: 'absent' },
      { folder: 'D' as FolderId, on: '2026-10-09', outcome: 'done' },
    ];
    expect(surveyedSince('2026-10-01', households, visits)).toBe(1);
  });
});
