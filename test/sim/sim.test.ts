import { describe, expect, it } from 'vitest';
import { Counters } from './counters.ts';
import { type Bug, PLANTED } from './planted.ts';
import { runSeed } from './run.ts';
import { SEEDS } from './seeds.ts';

const COUNT = 40;
const CHUNK = 10;
/** Within so many seeds every planted mistake must show. */
const FOUND_WITHIN = 100;
const counters = new Counters();

async function failuresOf(seeds: readonly number[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const seed of seeds) {
    const outcome = await runSeed(seed);
    counters.merge(outcome.counters);
    if (outcome.violations.length > 0)
      failures.push(`seed ${seed}\n${outcome.violations.join('\n')}\nafter\n${[...outcome.steps.values()].join('\n')}`);
  }
  return failures;
}

function range(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

describe('a commune in one process', () => {
  it.each(range(0, COUNT / CHUNK).map((chunk) => [chunk * CHUNK + 1, (chunk + 1) * CHUNK]))(
    '[SY-1] [SY-2] [SY-3] [SY-4] [SY-5] [SY-7] holds after every fault of seeds %i to %i',
    async (first) => {
      expect(await failuresOf(range(first, CHUNK))).toEqual([]);
    },
    120_000,
  );

  it.each(SEEDS)('[SY-8] seed $seed, which once failed: $why', async ({ seed }) => {
    expect(await failuresOf([seed])).toEqual([]);
  });

  it('[SY-8] everything that may happen did happen', () => {
    expect(counters.missing()).toEqual([]);
  });
});

describe('mistakes planted on purpose', () => {
  it.each(Object.keys(PLANTED) as Bug[])(
    '[SY-8] a program that %s is found out',
    async (bug) => {
      let found: string | undefined;
      for (let seed = 1; seed <= FOUND_WITHIN && found === undefined; seed += 1) {
        const { violations } = await runSeed(seed, { bug });
        found = violations.find((violation) => PLANTED[bug].sign.test(violation));
      }
      expect(found).toMatch(PLANTED[bug].sign);
    },
    120_000,
  );
});
