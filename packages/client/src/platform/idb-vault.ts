import { must } from '@chungtay/core/base/assert';
import type { ReplicaArea, ReplicaStore, ReplicaWrite } from '@chungtay/core/sync/ports';
import { HIGH_AREAS, Outage } from '@chungtay/core/sync/ports';
import { eraseDatabase } from './erase-database.ts';
import { answerOf, dropDatabase, strictTransaction } from './idb.ts';
import { LastingDatabase } from './lasting-database.ts';
import type { OfficeSlot, Recovering } from './office-slot.ts';
import { costAfter, type StretchCost } from './passphrase-key.ts';
import { VaultKeys } from './vault-keys.ts';
import { openRecord, sealRecord, vaultKeyOf, withRawKey } from './vault-records.ts';
import {
  authenticatorSlot,
  isMeasureDue,
  openAuthenticatorSlot,
  openPassphraseSlot,
  passphraseSlot,
  type PinAndSecret,
  type Slot,
  type Slots,
} from './vault-slots.ts';

/** The areas that hold sealed records; `slots` beside them holds only wrapped keys and their costs. */
const AREAS: readonly ReplicaArea[] = [
  ...(['log', 'outbox', 'kept', 'packs', 'quarantine', 'meta', 'drafts'] as const),
  ...HIGH_AREAS,
];
/** The store of wrapped keys. */
export const SLOTS = 'slots';
const KEY_BYTES = 32;

/**
 * An open vault: one person's replica on this tablet, nothing readable on disk. A commit that rejects with `storage-blocked` may all the same
 * have reached the disk.
 */
export interface Vault extends ReplicaStore {
  readonly name: string;
  /** Makes `secret` and `pin` together open the vault too; a former authenticator opens no more. Strict. Rejects with an Outage. */
  addAuthenticator(given: PinAndSecret): Promise<void>;
  /** No authenticator opens the vault any more. Strict. Rejects with an Outage. */
  dropAuthenticator(): Promise<void>;
  /** Returns the slot that two officers open, or null. */
  office(): Promise<OfficeSlot | null>;
  /** Puts what `make` returns in its place; null: no officers open the vault any more. Strict. Rejects with an Outage. */
  keepOffice(make: (raw: Uint8Array) => Promise<OfficeSlot | null>): Promise<void>;
  /** Sets the key of the short lease; without one its areas read as empty, and a commit into them rejects with `storage-lost`. */
  setHigh(key: CryptoKey | null): void;
  /** Returns the keys of an area's records, whether or not they can be opened. */
  keysOf(area: ReplicaArea): Promise<readonly string[]>;
  /** Seals bytes under the vault's key, for a place outside it. */
  seal(label: string, bytes: Uint8Array): Promise<Uint8Array>;
  /** Opens what `seal` made; null when it is damaged or another's. */
  unseal(label: string, sealed: Uint8Array): Promise<Uint8Array | null>;
  /** Closes the database and forgets the key. */
  close(): void;
}

/** Makes a new vault with a random key behind `passphrase`; returns it open. `atMs` = when the cost was measured. Rejects with an Outage. */
export async function createVault(
  name: string,
  passphrase: string,
  cost: StretchCost,
  onLost: () => void,
  atMs = Date.now(),
): Promise<Vault> {
  const db = await openVaultDatabase(name, onLost);
  const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  await putSlot(db, await passphraseSlot(name, raw, passphrase, { cost, atMs }));
  return vaultOf(name, db, raw);
}

/** Opens a vault with its passphrase; null when it is the wrong one. Rejects with an Outage, or with `storage-lost` when there is no vault. */
export async function openVault(
  name: string,
  passphrase: string,
  onLost: () => void,
  nowMs = Date.now(),
): Promise<Vault | null> {
  return openBy(name, onLost, async (db) => {
    const slot = await readSlot(db, 'passphrase');
    const startedAtMs = performance.now();
    const raw = slot && (await openPassphraseSlot(name, slot, passphrase));
    if (!raw || !isMeasureDue(slot, nowMs)) return raw;
    // once a month: the browser has become quicker, or the tablet was busy when the cost was measured
    const cost = costAfter(slot.cost, performance.now() - startedAtMs);
    // a full disk or a memory too small for the new cost keeps nobody out: the former slot still opens, and the next opening tries again
    await passphraseSlot(name, raw, passphrase, { cost, atMs: nowMs })
      .then((next) => putSlot(db, next))
      .catch(() => undefined);
    return raw;
  });
}

/** Opens a vault with PIN and authenticator; null when they are not the right ones, or none opens it. Rejects with an Outage. */
export function openVaultWithAuthenticator(
  name: string,
  given: PinAndSecret,
  onLost: () => void,
): Promise<Vault | null> {
  return openBy(name, onLost, async (db) => {
    const slot = await readSlot(db, 'authenticator');
    return slot && openAuthenticatorSlot(name, slot, given);
  });
}

/** Removes a vault whose person was dismissed, also from the browser's files. Everything in it is gone. */
export function eraseVault(name: string): Promise<void> {
  return eraseDatabase(databaseOf(name));
}

/** Removes a vault that was never finished (enrolment that failed). Everything in it is gone. */
export function dropVault(name: string): Promise<void> {
  return dropDatabase(databaseOf(name));
}

/** Opens a vault with the raw key that `keyIn` finds, which is zeroed; null when it finds none. Rejects with an Outage. */
export async function openBy(
  name: string,
  onLost: () => void,
  keyIn: (db: LastingDatabase) => Promise<Uint8Array | null>,
): Promise<Vault | null> {
  const db = await openVaultDatabase(name, onLost);
  try {
    const raw = await keyIn(db);
    if (raw) return await vaultOf(name, db, raw);
  } catch (cause) {
    db.close();
    throw cause;
  }
  db.close();
  return null;
}

/** Everything that lies beside the records, by its kind. */
interface Kept extends Slots {
  readonly office: OfficeSlot;
  readonly recovering: Recovering;
}

/** Returns the vault's database; it can be read without a key, and says nothing then. Rejects with an Outage. */
export function openVaultDatabase(name: string, onLost: () => void): Promise<LastingDatabase> {
  return LastingDatabase.open(databaseOf(name), [...AREAS, SLOTS], onLost);
}

/** Returns what lies beside the records under a kind, or null. */
export async function readSlot<const Kind extends keyof Kept>(
  db: LastingDatabase,
  kind: Kind,
): Promise<Kept[Kind] | null> {
  const slot = await db.run((now) => answerOf(now.transaction(SLOTS).objectStore(SLOTS).get(kind)));
  return (slot as Kept[Kind] | undefined) ?? null;
}

function putSlot(db: LastingDatabase, slot: Slot): Promise<void> {
  return changeSlots(db, (slots) => void slots.put(slot, slot.kind));
}

/** Changes what lies beside the records. Strict. Rejects with an Outage. */
export function changeSlots(db: LastingDatabase, change: (slots: IDBObjectStore) => void): Promise<void> {
  return db.run((now) => strictTransaction(now, [SLOTS], (tx) => change(tx.objectStore(SLOTS))));
}

/** Returns the open vault; `raw` is zeroed. */
async function vaultOf(name: string, db: LastingDatabase, raw: Uint8Array): Promise<Vault> {
  const keys = new VaultKeys(await vaultKeyOf(raw));
  raw.fill(0);
  return {
    name,
    ...recordsOf(name, db, keys),
    addAuthenticator: (given) =>
      withRawKey(keys.own, async (again) => {
        const { cost } = must(await readSlot(db, 'passphrase'), 'the slot of the passphrase');
        await putSlot(db, await authenticatorSlot(name, again, given, cost));
      }),
    dropAuthenticator: () => changeSlots(db, (slots) => void slots.delete('authenticator')),
    office: () => readSlot(db, 'office'),
    keepOffice: (make) =>
      withRawKey(keys.own, async (again) => {
        const slot = await make(again);
        await changeSlots(db, (slots) => void (slot ? slots.put(slot, 'office') : slots.delete('office')));
      }),
    setHigh: (high) => keys.setHigh(high),
    seal: async (label, bytes) => sealRecord(keys.own, `${name}|${label}`, bytes),
    unseal: async (label, sealed) => openRecord(keys.own, `${name}|${label}`, sealed),
    close() {
      keys.forget();
      db.close();
    },
  };
}

function recordsOf(
  name: string,
  db: LastingDatabase,
  keys: VaultKeys,
): Pick<Vault, 'commit' | 'readAll' | 'read' | 'keysOf'> {
  let queue: Promise<void> = Promise.resolve();
  const open = async (area: ReplicaArea, record: string, sealed: Uint8Array): Promise<Uint8Array | null> => {
    const key = keys.of(area);
    return key && openRecord(key, labelOf(name, area, record), sealed);
  };
  return {
    commit(batch) {
      if (batch.length === 0) return Promise.resolve();
      // sealing is asynchronous: without the queue two commits could reach the disk in the other order
      const done = queue.then(() => writeSealed(name, db, keys, batch));
      queue = done.catch(() => undefined);
      return done;
    },
    async readAll(area) {
      if (keys.isShut(area)) return { records: [], damaged: 0 };
      const [names, values] = await db.run((now) => allIn(now, area));
      const opened = await Promise.all(names.map((record, i) => open(area, record, must(values[i], 'record'))));
      const records = names.flatMap((record, i) => {
        const bytes = opened[i];
        return bytes ? [{ key: record, bytes }] : [];
      });
      return { records, damaged: names.length - records.length };
    },
    async read(area, record) {
      const sealed = (await db.run((now) => answerOf(now.transaction(area).objectStore(area).get(record)))) as
        | Uint8Array
        | undefined;
      return sealed ? open(area, record, sealed) : null;
    },
    keysOf: (area) => db.run(async (now) => (await allIn(now, area))[0]),
  };
}

function allIn(db: IDBDatabase, area: ReplicaArea): Promise<readonly [readonly string[], readonly Uint8Array[]]> {
  const store = db.transaction(area).objectStore(area);
  const names = answerOf(store.getAllKeys() as IDBRequest<string[]>);
  return Promise.all([names, answerOf(store.getAll() as IDBRequest<Uint8Array[]>)]);
}

async function writeSealed(
  name: string,
  db: LastingDatabase,
  keys: VaultKeys,
  batch: readonly ReplicaWrite[],
): Promise<void> {
  const sealed = await Promise.all(
    batch.map(async ({ area, key: record, bytes }) => {
      const key = keys.of(area);
      if (bytes && !key) throw new Outage('storage-lost');
      return { area, record, bytes: bytes && key && (await sealRecord(key, labelOf(name, area, record), bytes)) };
    }),
  );
  const areas = [...new Set(batch.map((one) => one.area))];
  const put = (tx: IDBTransaction): void => {
    for (const { area, record, bytes } of sealed) {
      if (bytes) tx.objectStore(area).put(bytes, record);
      else tx.objectStore(area).delete(record);
    }
  };
  await db.run((now) => strictTransaction(now, areas, put));
}

/** Returns what a record is bound to: its vault, area and name. */
export function labelOf(name: string, area: ReplicaArea, record: string): string {
  return `${name}|${area}|${record}`;
}

function databaseOf(name: string): string {
  return `ct-vault-${name}`;
}
