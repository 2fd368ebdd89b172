import type { Role } from '@chungtay/core/model/role';
import { answerOf, inDatabase, strictTransaction } from './idb.ts';

/** Someone enrolled on this tablet: what the lock screen shows, and how often the passphrase was wrong. The only plain text at rest. */
export interface RegisteredPerson {
  readonly vault: string;
  readonly name: string;
  readonly role: Role;
  readonly waiting: number;
  readonly wrongTries: number;
  readonly blockedUntilMs: number;
  /** The authenticator that opens together with the PIN; absent while none does. */
  readonly authenticator?: KnownAuthenticator;
  /** The office dismissed this device and the Hub ordered to erase what this person had here; absent of everybody else. Nobody opens it any more. */
  readonly erasure?: Erasure;
}

/** What is left of somebody whose vault was erased: a notice, and what the Hub is still to be told. */
export interface Erasure {
  /** When the Hub ordered it, in ms. */
  readonly atMs: number;
  /** Signed while there was a key; null once the Hub has it. */
  readonly word: ErasedWord | null;
  /** Whoever works here has read the notice. */
  readonly isSeen: boolean;
}

/** The Hub's order, and this device's word that it obeys it, as they are sent to the Hub afterwards: no secret, no content. */
export interface ErasedWord {
  readonly device: string;
  readonly nonce: string;
  readonly lastN: number;
  readonly lastHash: string;
  /** When the Hub ordered it, in ms. */
  readonly atMs: number;
  readonly ordered: string;
  readonly obeyed: string;
}

/** How an authenticator is asked for its secret again: nothing of this opens anything. */
export interface KnownAuthenticator {
  /** The credential's id, as the authenticator gave it. */
  readonly credential: Uint8Array<ArrayBuffer>;
  /** What it is asked for; another 32 bytes give another secret. */
  readonly salt: Uint8Array<ArrayBuffer>;
  /** Whether it asked for a finger, a face or its own PIN when it was added: with and without, the secrets differ. */
  readonly verifies: boolean;
}

/** The people of this tablet. Every write is strict; rejects with an Outage. */
export interface TabletRegistry {
  people(): Promise<readonly RegisteredPerson[]>;
  put(person: RegisteredPerson): Promise<void>;
  remove(vault: string): Promise<void>;
}

const DATABASE = 'ct-tablet';
const PEOPLE = 'people';

/** Returns the registry. It is opened for each act: what the browser closed, for a full disk or because everything was cleared, begins anew. */
export function tabletRegistry(): TabletRegistry {
  const write = (change: (people: IDBObjectStore) => void): Promise<void> =>
    inDatabase(DATABASE, [PEOPLE], (db) => strictTransaction(db, [PEOPLE], (tx) => change(tx.objectStore(PEOPLE))));
  return {
    people: () =>
      inDatabase(DATABASE, [PEOPLE], (db) =>
        answerOf(db.transaction(PEOPLE).objectStore(PEOPLE).getAll() as IDBRequest<RegisteredPerson[]>),
      ),
    put: (person) => write((people) => people.put(person, person.vault)),
    remove: (vault) => write((people) => people.delete(vault)),
  };
}

const FREE_TRIES = 3;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Returns how long the next try must wait after `wrongTries` wrong ones, in ms: 0 for the first three, then 5 s doubling to 15 min. */
export function backOffMs(wrongTries: number): number {
  if (wrongTries < FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT_MS, 5_000 * 2 ** (wrongTries - FREE_TRIES));
}
