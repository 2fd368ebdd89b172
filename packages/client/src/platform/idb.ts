import { Outage } from '@chungtay/core/sync/ports';

/** 1 — first. 2 — envelopes that the Hub has answered are kept. 3 — the short lease has areas of its own. Stores are only ever added. */
const VERSION = 3;

/**
 * Returns an open database with exactly these stores; rejects with an Outage when the browser will not give it. `onLost`: a newer app wants
 * it. `onClosed`: the browser closed it, because the disk failed or its content was cleared; it may be opened again.
 */
export function openDatabase(
  name: string,
  stores: readonly string[],
  onLost: () => void,
  onClosed: () => void = onLost,
): Promise<IDBDatabase> {
  return opened(indexedDB.open(name, VERSION), onLost, onClosed, (db) => {
    for (const store of stores) if (!db.objectStoreNames.contains(store)) db.createObjectStore(store);
  });
}

/** Opens again what was open before; rejects with the Outage `storage-lost`, and makes nothing, when it is no longer there. */
export function reopenDatabase(name: string, onLost: () => void, onClosed: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION);
  let isThere = true;
  const again = opened(request, onLost, onClosed, () => {
    isThere = false;
    request.transaction?.abort();
  });
  return again.catch((cause: unknown) => {
    throw isThere ? cause : new Outage('storage-lost');
  });
}

function opened(
  request: IDBOpenDBRequest,
  onLost: () => void,
  onClosed: () => void,
  make: (db: IDBDatabase) => void,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    request.onupgradeneeded = () => make(request.result);
    request.onblocked = () => reject(new Outage('storage-blocked'));
    request.onerror = () => reject(outageOf(request.error));
    request.onsuccess = () => {
      const db = request.result;
      // a newer version of the app in another tab must not wait for us for ever
      db.onversionchange = () => {
        db.close();
        onLost();
      };
      db.onclose = onClosed;
      resolve(db);
    };
  });
}

/** Opens a database with these stores for `use` alone. Rejects with an Outage when the browser will not give it. */
export async function inDatabase<T>(
  name: string,
  stores: readonly string[],
  use: (db: IDBDatabase) => Promise<T>,
): Promise<T> {
  const db = await openDatabase(name, stores, () => undefined);
  try {
    return await use(db);
  } finally {
    db.close();
  }
}

/** Runs `write` in one strict transaction over `stores`; resolves when it is on disk (P1), rejects with an Outage and nothing written. */
export function strictTransaction(
  db: IDBDatabase,
  stores: readonly string[],
  write: (tx: IDBTransaction) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let tx: IDBTransaction;
    try {
      // the default durability loses acknowledged writes at a power cut
      tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
    } catch {
      reject(new Outage('storage-lost'));
      return;
    }
    tx.oncomplete = () => resolve();
    // a request's success may come before the abort of a full disk: only the transaction's own end counts
    tx.onabort = () => reject(outageOf(tx.error));
    try {
      write(tx);
    } catch (cause) {
      tx.abort();
      reject(outageOf(cause));
    }
  });
}

/** Returns the result of a request; rejects with an Outage. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(outageOf(request.error));
  });
}

/** Removes a database; resolves also when it never existed, or goes as soon as its last connection has closed. Rejects with an Outage. */
export function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(outageOf(request.error));
    // a connection of ours that closes at this moment still counts: the browser removes the database behind it
    request.onblocked = () => resolve();
  });
}

function outageOf(cause: unknown): Outage {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'QuotaExceededError') return new Outage('storage-full');
  if (name === 'InvalidStateError') return new Outage('storage-lost');
  return new Outage('storage-blocked');
}
