import { describe, expect, it } from 'vitest';
import { checkRoster } from './check.ts';
import { rosterOf } from './write-roster.ts';

const SEEDS = Array.from({ length: 40 }, (_, at) => at + 1);
const sums = { rows: 0, planted: 0, pairs: 0 };

describe('rosters of every shape met, by seed', () => {
  it.each(SEEDS)('[IMP-3] [IMP-4] [IMP-5] [IMP-10] roster %d is read as it was written', (seed) => {
    const { rows, planted, pairs, differences } = checkRoster(rosterOf(seed));
    sums.rows += rows;
    sums.planted += planted;
    sums.pairs += pairs;
    expect(differences).toEqual([]);
  });

  it('[IMP-5] were many rows with many troubles', () => {
    expect(sums.rows).toBeGreaterThan(40 * 70);
    expect(sums.planted).toBeGreaterThan(40 * 18);
    expect(sums.pairs).toBeGreaterThan(40 * 3);
  });
});
