/** IndexedDB in memory for the tests of this folder and the worker's, and what a thief with the disk would see of it. */
import { IDBDatabase, IDBFactory, IDBObjectStore } from 'fake-indexeddb';

/** Gives every test an empty disk. */
export function emptyDisk(): void {
  globalThis.indexedDB = new IDBFactory();
}

/** Returns the names of the databases there are. */
export async function databases(): Promise<readonly string[]> {
  return (await indexedDB.databases()).map(({ name }) => name ?? '').toSorted();
}

/** Returns every stored value of a database, with its area and key. */
export async function recordsOf(
  database: string,
): Promise<readonly { readonly area: string; readonly key: string; readonly value: unknown }[]> {
  const db = await answerOf(indexedDB.open(database));
  const records = [];
  for (const area of db.objectStoreNames) {
    const store = db.transaction(area).objectStore(area);
    const [keys, values] = await Promise.all([answerOf(store.getAllKeys()), answerOf(store.getAll())]);
    for (const [at, key] of keys.entries()) records.push({ area, key: key as string, value: values[at] as unknown });
  }
  db.close();
  return records;
}

/** Puts a value into a database behind its owner's back. */
export async function putBehind(database: string, area: string, key: string, value: unknown): Promise<void> {
  const db = await answerOf(indexedDB.open(database));
  await answerOf(db.transaction(area, 'readwrite').objectStore(area).put(value, key));
  db.close();
}

/** Makes writes fail as on a full disk, after the first has already been taken; returns how to give the disk its room back. */
export function fillDisk(): () => void {
  const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') as PropertyDescriptor;
  let isFirst = true;
  Object.defineProperty(IDBObjectStore.prototype, 'put', {
    ...put,
    value(this: IDBObjectStore, ...written: unknown[]) {
      if (!isFirst) throw new DOMException('no room', 'QuotaExceededError');
      isFirst = false;
      return Reflect.apply(put.value as () => unknown, this, written);
    },
  });
  return () => Object.defineProperty(IDBObjectStore.prototype, 'put', put);
}

/** Makes the browser refuse to encrypt, as where its memory is short; what is sealed still opens. Returns how to mend it. */
export function breakSealing(): () => void {
  const encrypt = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, 'encrypt') as PropertyDescriptor;
  Object.defineProperty(SubtleCrypto.prototype, 'encrypt', {
    ...encrypt,
    value: () => Promise.reject(new DOMException('no memory', 'OperationError')),
  });
  return () => Object.defineProperty(SubtleCrypto.prototype, 'encrypt', encrypt);
}

/** Notes what durability the transactions that write ask for; `end` puts everything back. */
export function watchDurability(): { readonly asked: unknown[]; end(): void } {
  const asked: unknown[] = [];
  const transaction = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction') as PropertyDescriptor;
  Object.defineProperty(IDBDatabase.prototype, 'transaction', {
    ...transaction,
    value(this: IDBDatabase, ...given: unknown[]) {
      if (given[1] === 'readwrite') asked.push((given[2] as { durability?: string } | undefined)?.durability);
      return Reflect.apply(transaction.value as () => unknown, this, given);
    },
  });
  return { asked, end: () => Object.defineProperty(IDBDatabase.prototype, 'transaction', transaction) };
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no answer'));
  });
}
