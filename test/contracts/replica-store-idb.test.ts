import { must } from '@chungtay/core/base/assert';
import type { ReplicaArea } from '@chungtay/core/sync/ports';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach } from 'vitest';
import { createVault, openVault, type Vault } from '../../packages/client/src/platform/idb-vault.ts';
import { STRETCH_FLOOR } from '../../packages/client/src/platform/passphrase-key.ts';
import { recordKeyOf } from '../../packages/client/src/platform/vault-records.ts';
import { replicaStoreContract } from './replica-store.ts';

const PASSPHRASE = 'suối rừng nương bản';
const put = must(Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put'), 'put');
let vaults = 0;

globalThis.indexedDB = new IDBFactory();

afterEach(() => {
  Object.defineProperty(IDBObjectStore.prototype, 'put', put);
});

replicaStoreContract('the vault in IndexedDB', async () => {
  vaults += 1;
  const name = `contract-${vaults}`;
  const lost = () => undefined;
  const high = await recordKeyOf(new Uint8Array(32).fill(7));
  let vault: Vault = await createVault(name, PASSPHRASE, STRETCH_FLOOR, lost);
  vault.setHigh(high);
  return {
    store: vault,
    reopen: async () => {
      vault.close();
      vault = must(await openVault(name, PASSPHRASE, lost), 'the vault again');
      vault.setHigh(high);
      return vault;
    },
    fillDisk: () => {
      Object.defineProperty(IDBObjectStore.prototype, 'put', {
        ...put,
        value(this: IDBObjectStore, ...written: unknown[]) {
          Object.defineProperty(IDBObjectStore.prototype, 'put', put);
          // what was written in the transaction before it fails must go with it
          Reflect.apply(put.value as () => unknown, this, written);
          throw new DOMException('no room', 'QuotaExceededError');
        },
      });
    },
    damage: (area, key) => flipByte(`ct-vault-${name}`, area, key),
  };
});

/** Changes one byte of a sealed record behind the vault's back. */
async function flipByte(database: string, area: ReplicaArea, key: string): Promise<void> {
  const db = await answerOf(indexedDB.open(database));
  const store = db.transaction(area, 'readwrite').objectStore(area);
  const sealed = (await answerOf(store.get(key))) as Uint8Array;
  const at = sealed.length - 1;
  sealed[at] = (sealed[at] ?? 0) ^ 1;
  await answerOf(store.put(sealed, key));
  db.close();
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no answer'));
  });
}
