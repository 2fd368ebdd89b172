import { Fault } from '@chungtay/core/base/assert';
import { Outage } from '@chungtay/core/sync/ports';
import type { OutageKind } from '@chungtay/core/sync/ports';

/** SQLite's primary result codes that mean the world failed; every other one means that we are wrong. */
const OUTAGE_OF_CODE: ReadonlyMap<number, OutageKind> = new Map([
  [5, 'busy'],
  [6, 'busy'],
  [7, 'storage-lost'],
  [8, 'storage-lost'],
  [10, 'storage-lost'],
  [11, 'storage-lost'],
  [13, 'storage-full'],
  [14, 'storage-lost'],
  [26, 'storage-lost'],
]);

/**
 * Returns what a failure of node:sqlite means to the Hub: an Outage for disk full, locked, I/O and damage, a Fault for the rest.
 * Carries SQLite's own words only, never a value. Rule STO-4.
 */
export function failureOf(error: unknown): Outage | Fault {
  if (error instanceof Outage || error instanceof Fault) return error;
  const errcode = (error as { readonly errcode?: unknown } | null)?.errcode;
  const kind = typeof errcode === 'number' ? OUTAGE_OF_CODE.get(errcode % 256) : undefined;
  if (kind) return new Outage(kind);
  return new Fault(`store: ${error instanceof Error ? error.message : 'unknown failure'}`);
}
