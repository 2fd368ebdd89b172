import type { Seeded } from '@chungtay/server/demo/people';

/** Returns one of the list. */
export function pick<T>(random: Seeded, from: readonly T[]): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new RangeError('nothing to pick from');
  return one;
}

/** Returns the list in another order. */
export function shuffled<T>(random: Seeded, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
