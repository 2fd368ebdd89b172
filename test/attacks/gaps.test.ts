import { Dice } from '@chungtay/core/base/random.support';
import { describe, expect, it } from 'vitest';
import { costOf, overBudget } from './budget.ts';
import { GAPS } from './gaps.ts';
import { attackGate, honestAtGate } from './gate.ts';

const FOUND_WITHIN = 20_000;

describe('a gate with a gap in it', () => {
  it.each(Object.keys(GAPS))(
    `[P16] [ATK-4] %s: found within ${FOUND_WITHIN} inputs`,
    (name) => {
      const { violations } = attackGate(FOUND_WITHIN, new Dice(5), GAPS[name] ?? null, 1);
      expect(violations).toHaveLength(1);
    },
    240_000,
  );
});

describe('the gate', () => {
  it('[P16] [ATK-1] [ATK-2] keeps hostile updates out, and lets every honest edit of every kind and role in', () => {
    const { violations, admitted, compared } = attackGate(40_000, new Dice(9));
    expect(violations).toEqual([]);
    expect(Math.min(admitted, compared)).toBeGreaterThan(100);
    const { refused, made } = honestAtGate(5_000, new Dice(10));
    expect(refused).toEqual([]);
    expect(made.size).toBeGreaterThan(60);
  }, 240_000);
});

describe('the measure of costs', () => {
  it('[P17] [ATK-3] sees time and memory, on the heap and off it', async () => {
    const waste = async (run: () => unknown): Promise<string | null> => {
      const kept: unknown[] = [];
      return overBudget(await costOf({ name: 'waste', run: () => void kept.push(run()) }));
    };
    expect(await waste(() => Array.from({ length: 7_000_000 }).fill(0.5))).toMatch(/waste: \d+/u);
    expect(await waste(() => new Uint8Array(60 * 1024 * 1024))).toMatch(/waste: \d+/u);
    expect(await waste(() => [])).toBeNull();
    const busy = (): void => {
      const start = process.threadCpuUsage();
      while (process.threadCpuUsage(start).user < 30_000);
    };
    expect(await waste(busy)).toMatch(/ ms$/u);
  }, 240_000);
});
