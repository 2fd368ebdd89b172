import { must } from '@chungtay/core/base/assert';
import type { ReplicaArea, ReplicaStore, ReplicaWrite } from '@chungtay/core/sync/ports';
import { Outage } from '@chungtay/core/sync/ports';
import { answerOf, dropDatabase, strictTransaction } from './idb.ts';
import { LastingDatabase } from './lasting-database.ts';
import { type StretchCost, STRETCH_FLOOR, stretch } from './passphrase-key.ts';
import { openRecord, recordKeyOf, sealRecord } from './vault-records.ts';

/** The areas that hold sealed records; `slots` beside them holds only wrapped keys and their costs. */
const AREAS: readonly ReplicaArea[] = ['log', 'outbox', 'kept', 'packs', 'quarantine', 'meta', 'drafts'];
const SLOTS = 'slots';
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** One way to the vault key: AES-GCM(Argon2id(passphrase), vault key). */
interface PassphraseSlot {
  readonly kind: 'passphrase';
  readonly salt: Uint8Array;
  readonly cost: StretchCost;
  readonly wrapped: Uint8Array;
}

/**
 * An open vault: one person's replica on this tablet, nothing readable on disk. A commit that rejects with `storage-blocked` may all the same
 * have reached the disk.
 */
export interface Vault extends ReplicaStore {
  readonly name: string;
  /** Closes the database and forgets the key. */
  close(): void;
}

/** Makes a new vault with a random key behind `passphrase`; returns it open. Rejects with an Outage. */
export async function createVault(
  name: string,
  passphrase: string,
  cost: StretchCost,
  onLost: () => void,
): Promise<Vault> {
  const db = await LastingDatabase.open(databaseOf(name), [...AREAS, SLOTS], onLost);
  const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const kek = await recordKeyOf(await stretch(passphrase, salt, cost));
  const slot: PassphraseSlot = { kind: 'passphrase', salt, cost, wrapped: await sealRecord(kek, slotLabel(name), raw) };
  await db.run((now) => strictTransaction(now, [SLOTS], (tx) => void tx.objectStore(SLOTS).put(slot, 'passphrase')));
  const key = await recordKeyOf(raw);
  raw.fill(0);
  return vaultOf(name, db, key);
}

/** Opens a vault with its passphrase; null when it is the wrong one. Rejects with an Outage, or with `storage-lost` when there is no vault. */
export async function openVault(name: string, passphrase: string, onLost: () => void): Promise<Vault | null> {
  const db = await LastingDatabase.open(databaseOf(name), [...AREAS, SLOTS], onLost);
  const slot = (await db.run((now) => answerOf(now.transaction(SLOTS).objectStore(SLOTS).get('passphrase')))) as
    | PassphraseSlot
    | undefined;
  const raw = slot && isPlausible(slot.cost) ? await unwrap(name, slot, passphrase) : null;
  if (!raw) {
    db.close();
    return null;
  }
  const key = await recordKeyOf(raw);
  raw.fill(0);
  return vaultOf(name, db, key);
}

/** Removes a vault that was never finished (enrolment that failed). Everything in it is gone. */
export function dropVault(name: string): Promise<void> {
  return dropDatabase(databaseOf(name));
}

async function unwrap(name: string, slot: PassphraseSlot, passphrase: string): Promise<Uint8Array | null> {
  const kek = await recordKeyOf(await stretch(passphrase, slot.salt, slot.cost));
  return openRecord(kek, slotLabel(name), slot.wrapped);
}

// costs come from disk: a thief may not make us accept less, nor stop the tablet with more
function isPlausible(cost: StretchCost): boolean {
  return (
    cost.memoryKiB >= STRETCH_FLOOR.memoryKiB &&
    cost.memoryKiB <= 1_048_576 &&
    cost.passes >= STRETCH_FLOOR.passes &&
    cost.passes <= 64
  );
}

function vaultOf(name: string, db: LastingDatabase, key: CryptoKey): Vault {
  let held: CryptoKey | null = key;
  let queue: Promise<void> = Promise.resolve();
  const keyNow = (): CryptoKey => must(held, 'open vault');
  const open = (area: ReplicaArea, record: string, sealed: Uint8Array): Promise<Uint8Array | null> =>
    openRecord(keyNow(), labelOf(name, area, record), sealed);

  return {
    name,
    commit(batch) {
      if (batch.length === 0) return Promise.resolve();
      // sealing is asynchronous: without the queue two commits could reach the disk in the other order
      const done = queue.then(() => {
        if (!held) throw new Outage('storage-lost');
        return writeSealed(name, db, held, batch);
      });
      queue = done.catch(() => undefined);
      return done;
    },
    async readAll(area) {
      const [keys, values] = await db.run((now) => allIn(now, area));
      const opened = await Promise.all(keys.map((record, i) => open(area, record, must(values[i], 'record'))));
      const records = keys.flatMap((record, i) => {
        const bytes = opened[i];
        return bytes ? [{ key: record, bytes }] : [];
      });
      return { records, damaged: keys.length - records.length };
    },
    async read(area, record) {
      const sealed = (await db.run((now) => answerOf(now.transaction(area).objectStore(area).get(record)))) as
        | Uint8Array
        | undefined;
      return sealed ? open(area, record, sealed) : null;
    },
    close() {
      held = null;
      db.close();
    },
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
  key: CryptoKey,
  batch: readonly ReplicaWrite[],
): Promise<void> {
  const sealed = await Promise.all(
    batch.map(async ({ area, key: record, bytes }) => ({
      area,
      record,
      bytes: bytes && (await sealRecord(key, labelOf(name, area, record), bytes)),
    })),
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

function labelOf(name: string, area: ReplicaArea, record: string): string {
  return `${name}|${area}|${record}`;
}

function databaseOf(name: string): string {
  return `ct-vault-${name}`;
}

function slotLabel(name: string): string {
  return `${name}|slot|passphrase`;
}
