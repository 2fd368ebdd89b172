import type { Role } from '@chungtay/core/model/role';
import { answerOf, openDatabase, strictTransaction } from './idb.ts';

/** Someone enrolled on this tablet: what the lock screen shows, and how often the passphrase was wrong. The only plain text at rest. */
export interface RegisteredPerson {
  readonly vault: string;
  readonly name: string;
  readonly role: Role;
  readonly waiting: number;
  readonly wrongTries: number;
  readonly blockedUntilMs: number;
}

/** The people of this tablet. Every write is strict; rejects with an Outage. */
export interface TabletRegistry {
  people(): Promise<readonly RegisteredPerson[]>;
  put(person: RegisteredPerson): Promise<void>;
  remove(vault: string): Promise<void>;
}

const PEOPLE = 'people';

/** Opens the registry. */
export async function openTabletRegistry(onLost: () => void): Promise<TabletRegistry> {
  const db = await openDatabase('ct-tablet', [PEOPLE], onLost);
  return {
    people: () => answerOf(db.transaction(PEOPLE).objectStore(PEOPLE).getAll() as IDBRequest<RegisteredPerson[]>),
    put: (person) => strictTransaction(db, [PEOPLE], (tx) => void tx.objectStore(PEOPLE).put(person, person.vault)),
    remove: (vault) => strictTransaction(db, [PEOPLE], (tx) => void tx.objectStore(PEOPLE).delete(vault)),
  };
}

const FREE_TRIES = 3;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Returns how long the next try must wait after `wrongTries` wrong ones, in ms: 0 for the first three, then 5 s doubling to 15 min. */
export function backOffMs(wrongTries: number): number {
  if (wrongTries < FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT_MS, 5_000 * 2 ** (wrongTries - FREE_TRIES));
}
