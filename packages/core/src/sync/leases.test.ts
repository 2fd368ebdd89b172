import { describe, expect, it } from 'vitest';
import { MAX_EPOCH, addLease, countIds, epochOf, firstClientOf, isLeased, usableLeases } from './leases.ts';

describe('leases', () => {
  it('[ADM-7] carry the epoch in the id, and stay within 32 bits', () => {
    expect([firstClientOf(1), epochOf(firstClientOf(5)), epochOf(firstClientOf(6) - 1)]).toEqual([4_194_304, 5, 5]);
    expect(firstClientOf(MAX_EPOCH + 1) - 1).toBe(0xffff_ffff);
  });

  it('[ADM-7] hold their first id and not the one after their last', () => {
    const leases = [[10, 12] as const, [20, 21] as const];
    expect([9, 10, 11, 12, 20, 21].map((client) => isLeased(leases, client))).toEqual([
      false,
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  it.each([
    [
      'nothing used',
      0,
      [
        [4_194_304, 4_194_314],
        [4_194_320, 4_194_330],
      ],
    ],
    [
      'some used',
      4_194_309,
      [
        [4_194_310, 4_194_314],
        [4_194_320, 4_194_330],
      ],
    ],
    ['the first all used', 4_194_313, [[4_194_320, 4_194_330]]],
    ['all used', 4_194_329, []],
  ] as const)('[ENR-6] %s: the rest may be used', (_name, lastUsed, usable) => {
    const leases = [[4_194_304, 4_194_314] as const, [4_194_320, 4_194_330] as const];
    expect(usableLeases(leases, 1, lastUsed)).toEqual(usable);
    expect(usableLeases(leases, 2, lastUsed)).toEqual([]);
  });

  it('[ENR-6] join when one follows the other', () => {
    expect(addLease(addLease([], [4, 6]), [6, 9])).toEqual([[4, 9]]);
    expect(addLease([[4, 6]], [7, 9])).toEqual([
      [4, 6],
      [7, 9],
    ]);
    expect(
      countIds([
        [4, 6],
        [7, 9],
      ]),
    ).toBe(4);
  });
});
