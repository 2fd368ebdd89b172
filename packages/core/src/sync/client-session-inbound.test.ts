import { describe, expect, it } from 'vitest';
import { settle } from '../../../../test/fixtures/world.ts';
import { Inbound } from './client-session-inbound.ts';

const NAMES = 'abcdefghijk'.split('');

/** Frames that tell when they are read and applied; what is applied is stored when the test says so. */
function line() {
  const told: string[] = [];
  const stored: (() => void)[] = [];
  const inbound = new Inbound<string>(async (values) => {
    told.push(`${values.join('')} applied`);
    await new Promise<void>((resolve) => stored.push(resolve));
  });
  const take = (name: string): Promise<void> =>
    inbound.take(async () => {
      told.push(`${name} read`);
      return name;
    });
  return { told, stored, take };
}

describe('frames that arrive', () => {
  it('[REP-3] are applied in order, the first at once, then together what was read meanwhile, at most eight of them in hand', async () => {
    const { told, stored, take } = line();
    const all = Promise.all(NAMES.map(take));
    await settle();
    expect(told).toEqual(['a read', 'a applied', ...NAMES.slice(1, 8).map((name) => `${name} read`)]);
    stored[0]?.();
    await settle();
    expect(told.slice(9)).toEqual(['bcdefgh applied', 'i read']);
    stored[1]?.();
    await settle();
    stored[2]?.();
    await settle();
    stored[3]?.();
    await all;
    const applied = told.filter((word) => word.endsWith('applied')).map((word) => word.split(' ')[0]);
    expect(applied.join('')).toBe(NAMES.join(''));
  });

  it('[REP-3] one that cannot be read, or stored, is told to its caller, and later ones still come', async () => {
    const applied: number[] = [];
    const inbound = new Inbound<number>(async (values) => {
      if (values.includes(4)) throw new Error('unstored');
      applied.push(...values);
    });
    const ends: boolean[] = [];
    for (const value of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      const end = inbound.take(() =>
        value < 10 && value % 2 === 0 && value !== 4 ? Promise.reject(new Error('unread')) : Promise.resolve(value),
      );
      ends.push(
        await end.then(
          () => true,
          () => false,
        ),
      );
    }
    expect(ends).toEqual([true, false, true, false, true, false, true, false, true, true]);
    expect(applied).toEqual([1, 3, 5, 7, 9, 10]);
  });
});
