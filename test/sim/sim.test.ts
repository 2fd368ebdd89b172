import { describe, expect, it } from 'vitest';
import type { Bug } from './commune.ts';
import { Counters } from './counters.ts';
import { runSeed } from './run.ts';

const COUNT = 50;
const CHUNK = 10;
const counters = new Counters();

async function failuresOf(seeds: readonly number[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const seed of seeds) {
    const outcome = await runSeed(seed);
    counters.merge(outcome.counters);
    if (outcome.violations.length > 0)
      failures.push(`seed ${seed}\n${outcome.violations.join('\n')}\nafter\n${outcome.steps.join('\n')}`);
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
  );

  it('[SY-8] everything that may happen did happen', () => {
    expect(counters.missing()).toEqual([]);
  });
});

describe('mistakes planted on purpose', () => {
  it.each<[Bug, RegExp]>([
    ['sends-before-durable', /SY-3|never at rest/u],
    ['reuses-client-ids', /SY-7/u],
  ])('[SY-8] %s: found within twenty seeds', async (bug, sign) => {
    let found: string | undefined;
    for (let seed = 1; seed <= 20 && found === undefined; seed += 1) {
      const { violations } = await runSeed(seed, { bug });
      found = violations.find((violation) => sign.test(violation));
    }
    expect(found).toMatch(sign);
  });
});
