import { describe, expect, it } from 'vitest';
import { groupedCode, isSameWord, placesToProve, troubleOfCode } from './enrol-steps.ts';

describe('invitation code', () => {
  it.each([
    ['7k2m9qxa4tpd0b3h', '7K2M-9QXA-4TPD-0B3H', null],
    ['7K2M 9QXA 4TPD 0B3H', '7K2M-9QXA-4TPD-0B3H', null],
    ['http://127.0.0.1:8080/#i=7K2M9QXA4TPD0B3H', '7K2M-9QXA-4TPD-0B3H', null],
    [' https://tre-em.xa.vn/#i=7K2M9QXA4TPD0B3H', '7K2M-9QXA-4TPD-0B3H', 'elsewhere'],
    ['7K2M9QXA4TPD0B3', '7K2M-9QXA-4TPD-0B3', 'short'],
    ['7K2M9QXA4TPD0B3HX', '7K2M-9QXA-4TPD-0B3H-X', 'short'],
    ['', '', 'short'],
  ])('reads %j', (typed, grouped, trouble) => {
    expect(groupedCode(typed)).toBe(grouped);
    expect(troubleOfCode(typed, 'http://127.0.0.1:8080')).toBe(trouble);
  });
});

describe('placesToProve', () => {
  it('asks for two different places in order, whatever the draw', () => {
    for (const draw of [0, 1, 2, 3]) {
      const [first = -1, second = -1, ...more] = placesToProve(4, (n) => Math.min(draw, n - 1));
      expect(more).toEqual([]);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(second).toBeGreaterThan(first);
    }
  });
});

describe('isSameWord', () => {
  it.each([
    ['trau  vang', 'trâu vàng', true],
    [' TRÂU VÀNG ', 'trâu vàng', true],
    ['đèn đỏ'.normalize('NFD'), 'đèn đỏ', true],
    ['trâu', 'trâu vàng', false],
    ['', 'trâu vàng', false],
  ])('%j against %j', (typed, offered, same) => expect(isSameWord(typed, offered)).toBe(same));
});
