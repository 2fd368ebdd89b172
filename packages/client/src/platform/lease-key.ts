import { eraseDatabase } from './erase-database.ts';
import { answerOf, inDatabase, strictTransaction } from './idb.ts';

/** The key of the short lease as it rests: sealed under the vault's key, and when it is to go by the tablet's own clock. */
export interface RestingKey {
  readonly sealed: Uint8Array;
  readonly endsAtMs: number;
}

const STORE = 'lease';
const KEY = 'key';

/**
 * Keeps the key of a vault, strict. It has a database of its own, which can be erased from the browser's files, while a
 * record that is deleted in one that stays lies on the disk until it is tidied up at some time. Rejects with an Outage. Rule LSE-5.
 */
export function keepLeaseKey(vault: string, resting: RestingKey): Promise<void> {
  return inDatabase(databaseOf(vault), [STORE], (db) =>
    strictTransaction(db, [STORE], (tx) => void tx.objectStore(STORE).put(resting, KEY)),
  );
}

/** Returns the key of a vault as it rests, or null when it is gone. Rejects with an Outage. */
export async function restingLeaseKey(vault: string): Promise<RestingKey | null> {
  const found = await inDatabase(databaseOf(vault), [STORE], (db) =>
    answerOf(db.transaction(STORE).objectStore(STORE).get(KEY) as IDBRequest<RestingKey | undefined>),
  );
  return found ?? null;
}

/** Erases the key of a vault. Rejects with an Outage. */
export function eraseLeaseKey(vault: string): Promise<void> {
  return eraseDatabase(databaseOf(vault));
}

/** Erases the keys whose time is over by the tablet's own clock, whoever has the passphrase and whether or not anybody opens. */
export async function eraseOverdueKeys(vaults: readonly string[], nowMs: number): Promise<void> {
  for (const vault of vaults) {
    const resting = await restingLeaseKey(vault);
    if (!resting || resting.endsAtMs <= nowMs) await eraseLeaseKey(vault);
  }
}

function databaseOf(vault: string): string {
  return `ct-lease-${vault}`;
}
