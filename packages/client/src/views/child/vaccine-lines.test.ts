import { describe, expect, it } from 'vitest';
import { vaccineLines } from './vaccine-lines.ts';

const TODAY = '2026-11-22';

function stateOf(code: string, rows: Parameters<typeof vaccineLines>[0], birth: string | null): string | undefined {
  return vaccineLines(rows, birth, TODAY).find((line) => line.code === code)?.state;
}

describe('vaccineLines', () => {
  const given = { BCG: { value: { vaccine: 'BCG', on: '2026-08-01' } } };
  const ruledOut = { BCG: { value: { vaccine: 'BCG', contraindicated: true } } };
  it.each([
    ['a dose with its day is given', 'BCG', given, '2026-07-30', 'given'],
    ['a dose ruled out is not due', 'BCG', ruledOut, '2026-07-30', 'ruledOut'],
    ['an open dose of the age is due', 'DPT-1', {}, '2026-07-30', 'due'],
    ['a dose of a later age is not yet', 'JE-1', {}, '2026-07-30', 'later'],
    ['past the programme nothing is due', 'BCG', {}, '2019-03-02', 'missing'],
    ['without a birth nothing is due', 'BCG', {}, null, 'missing'],
  ])('%s', (_, code, rows, birth, state) => expect(stateOf(code, rows, birth)).toBe(state));

  it('keeps a cleared row open', () => {
    expect(stateOf('BCG', { BCG: { value: null } }, '2026-07-30')).toBe('due');
  });
});
