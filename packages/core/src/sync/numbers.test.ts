import { describe, expect, it } from 'vitest';
import { nextNumber } from './numbers.ts';

describe('official numbers', () => {
  it.each([
    ['2026-03-02T01:00:00Z', 146, 'HS 2026/0147'],
    ['2026-12-31T16:59:59Z', 0, 'HS 2026/0001'],
    ['2026-12-31T17:00:00Z', 0, 'HS 2027/0001'],
    ['2026-06-01T00:00:00Z', 12_344, 'HS 2026/12345'],
  ])('[ADM-13] at %s after %i: %s', (at, last, text) => {
    const given = nextNumber('HS', Date.parse(at), () => last);
    expect(given).toEqual({ series: text.slice(0, 7), last: last + 1, text });
  });
});
