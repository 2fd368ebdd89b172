import { describe, expect, it } from 'vitest';
import { firstReceiptOf } from './first-receipt.ts';

const HOUR = 3_600_000;

describe('the first receipt', () => {
  it.each([
    ['a clock that is right', { writtenAtMs: 9 * HOUR, skewMs: 0, seenAtMs: 8 * HOUR }, 0],
    ['half a minute is the way, not the clock', { writtenAtMs: 9 * HOUR, skewMs: 30_000, seenAtMs: 8 * HOUR }, 0],
    ['a clock behind', { writtenAtMs: 2 * HOUR, skewMs: 7 * HOUR, seenAtMs: 8 * HOUR }, 7 * HOUR],
    ['a clock ahead', { writtenAtMs: 20 * HOUR, skewMs: -11 * HOUR, seenAtMs: 8 * HOUR }, -11 * HOUR],
    [
      'ahead, and put right since: not after it came',
      { writtenAtMs: 20 * HOUR, skewMs: 0, seenAtMs: 8 * HOUR },
      -10 * HOUR,
    ],
    [
      'behind, and put right since: not before what was seen',
      { writtenAtMs: HOUR, skewMs: 0, seenAtMs: 8 * HOUR },
      7 * HOUR,
    ],
    ['behind, with nothing seen', { writtenAtMs: HOUR, skewMs: 0, seenAtMs: 0 }, 0],
    ['a hello that says nonsense', { writtenAtMs: 9 * HOUR, skewMs: -9e15, seenAtMs: 8 * HOUR }, -HOUR],
  ])('[DL-9] %s', (_what, clock, skewMs) => {
    expect(firstReceiptOf(10 * HOUR, clock)).toEqual({ atMs: 10 * HOUR, skewMs });
  });
});
