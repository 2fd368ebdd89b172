import { describe, expect, it } from 'vitest';
import { settle } from '../../../../test/fixtures/world.ts';
import { Inbound } from './client-session-inbound.ts';

/** Frames that tell when they are read and applied; each is stored when the test says so. */
function line() {
  const told: string[] = [];
  const stored: (() => void)[] = [];
  const inbound = new Inbound();
  const take = (name: string): Promise<void> =>
    inbound.take(
      async () => {
        told.push(`${name} read`);
        return name;
      },
      async (value) => {
        told.push(`${value} applied`);
        await new Promise<void>((resolve) => stored.push(resolve));
      },
    );
  return { told, stored, take, inbound };
}

describe('frames that arrive', () => {
  it('[REP-3] are applied one after another, while at most three are read ahead', async () => {
    const { told, stored, take } = line();
    const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map(take));
    await settle();
    expect(told).toEqual(['a read', 'a applied', 'b read', 'c read']);
    stored[0]?.();
    await settle();
    expect(told.slice(4).toSorted()).toEqual(['b applied', 'd read']);
    for (let turn = 1; turn < 5; turn += 1) {
      stored[turn]?.();
      await settle();
    }
    await all;
    expect(told.filter((word) => word.endsWith('applied'))).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((name) => `${name} applied`),
    );
  });

  it('[REP-3] one that fails, in reading or storing, fails alone', async () => {
    const { inbound } = line();
    const applied: number[] = [];
    const take = (value: number): Promise<void> =>
      inbound.take(
        () => (value === 2 ? Promise.reject(new Error('unread')) : Promise.resolve(value)),
        async () => {
          if (value === 4) throw new Error('unstored');
          applied.push(value);
        },
      );
    const ends = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7, 8].map(take));
    expect(ends.map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      false,
      true,
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(applied).toEqual([1, 3, 5, 6, 7, 8]);
  });
});
