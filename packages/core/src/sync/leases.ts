/** Yjs client ids as the Hub leases them: epoch (10 bits) and counter (22 bits), each id to one device for ever (ADM-7). */

/** A range [from, to) of client ids. */
export type Lease = readonly [number, number];

/** A device with fewer unused ids than `stock` gets a block of `block` at its next welcome: 30 starts a day for a month without network. */
export const LEASE_SIZES = { stock: 1_024, block: 2_048 } as const;

const IDS_PER_EPOCH = 2 ** 22;
/** The highest epoch that fits. */
export const MAX_EPOCH = 1_023;

/** Returns the first client id of an epoch. */
export function firstClientOf(epoch: number): number {
  return epoch * IDS_PER_EPOCH;
}

/** Returns the epoch that a client id was leased in. */
export function epochOf(client: number): number {
  return Math.floor(client / IDS_PER_EPOCH);
}

/** Says whether one of the leases holds this client id. */
export function isLeased(leases: readonly Lease[], client: number): boolean {
  return leases.some(([from, to]) => client >= from && client < to);
}

/**
 * Returns what of the leases a device may still use in this epoch: ids above the last one seen from it. Ids of an older epoch are not
 * given out again, since a restored Hub cannot know which were used.
 */
export function usableLeases(leases: readonly Lease[], epoch: number, lastUsed: number): readonly Lease[] {
  const usable: Lease[] = [];
  for (const [from, to] of leases) {
    const start = Math.max(from, lastUsed + 1, firstClientOf(epoch));
    if (start < to) usable.push([start, to]);
  }
  return usable;
}

/** Returns how many ids the ranges hold. */
export function countIds(leases: readonly Lease[]): number {
  return leases.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Returns the leases with `[from, to)` added, joined to the last range where it follows on. */
export function addLease(leases: readonly Lease[], [from, to]: Lease): readonly Lease[] {
  const last = leases.at(-1);
  return last?.[1] === from ? [...leases.slice(0, -1), [last[0], to]] : [...leases, [from, to]];
}

/** Says whether no id of a lease lies in any of `taken`. */
export function isFree([from, to]: Lease, taken: readonly (readonly Lease[])[]): boolean {
  return taken.flat().every(([start, end]) => end <= from || start >= to);
}
