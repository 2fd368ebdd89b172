import { describe, expect, it } from 'vitest';
import { type Placed, placesFor } from './recycled-places.ts';

const show = (keys: string, former: readonly Placed[] = [], kept: number | null = null) =>
  placesFor([...keys], former, kept);
const words = (placed: readonly Placed[]) => placed.map(({ key, place }) => `${key}${place}`).join(' ');

describe('placesFor', () => {
  it.each([
    ['the first rows', 'abc', '', null, 'a0 b1 c2'],
    ['scrolled down by one', 'bcd', 'abc', null, 'b1 c2 d0'],
    ['scrolled up by one', 'xab', 'abc', null, 'x2 a0 b1'],
    ['another answer', 'xyz', 'abc', null, 'x0 y1 z2'],
    ['a shorter answer', 'x', 'abc', null, 'x0'],
    ['a longer one', 'abcd', 'abc', null, 'a0 b1 c2 d3'],
    ['a row between', 'axbc', 'abc', null, 'a0 x3 b1 c2'],
    ['[UX-31] the keyboard in a row that stays', 'cxy', 'abc', 2, 'c2 x0 y1'],
    ['[UX-31] the keyboard in a row that goes', 'xyz', 'abc', 1, 'x0 y2 z3'],
  ])('%s', (_, keys, former, kept, expected) => {
    expect(words(show(keys, show(former), kept))).toBe(expected);
  });

  it('never gives one place to two', () => {
    let placed: readonly Placed[] = [];
    for (let turn = 0; turn < 200; turn += 1) {
      const keys = Array.from({ length: 5 + (turn % 4) }, (_, at) => String(turn * 2 + at));
      placed = placesFor(keys, placed, turn % 3 === 0 ? (placed[2]?.place ?? null) : null);
      expect(new Set(placed.map(({ place }) => place)).size).toBe(keys.length);
    }
  });
});
