import { beforeEach, expect, it } from 'vitest';
import { answerOf, strictTransaction } from './idb.ts';
import { databases, emptyDisk } from './indexed-db.support.ts';
import { LastingDatabase } from './lasting-database.ts';

let lost: number;
let lasting: LastingDatabase;

beforeEach(async () => {
  emptyDisk();
  lost = 0;
  lasting = await LastingDatabase.open('ct', ['words'], () => (lost += 1));
});

function write(): Promise<void> {
  return lasting.run((db) => strictTransaction(db, ['words'], (tx) => void tx.objectStore('words').put('chữ', 'a')));
}

function read(): Promise<unknown> {
  return lasting.run((db) => answerOf(db.transaction('words').objectStore('words').get('a')));
}

it('[P3] closed by the browser, it is opened again with all that was in it', async () => {
  await write();
  await lasting.run(async (db) => {
    db.close();
    db.onclose?.(new Event('close'));
  });
  expect([await read(), lost]).toEqual(['chữ', 0]);
});

it('[P3] what runs into the close cannot be known to be there; what comes after it goes through', async () => {
  await lasting.run(async (db) => db.close());
  await expect(write()).rejects.toMatchObject({ kind: 'storage-blocked' });
  await write();
  expect([await read(), lost]).toEqual(['chữ', 0]);
});

it('[P3] does not use a connection again that failed once', async () => {
  const used: IDBDatabase[] = [];
  const failing = lasting.run(async (db) => {
    used.push(db);
    throw new Error('the disk is full');
  });
  await expect(failing).rejects.toMatchObject({ kind: 'storage-blocked' });
  await lasting.run(async (db) => used.push(db));
  expect(new Set(used).size).toBe(2);
});

it('[P6] when it was cleared, it says so by itself and makes nothing in its place', async () => {
  await write();
  await lasting.run(async (db) => {
    db.close();
    await answerOf(indexedDB.deleteDatabase('ct'));
    db.onclose?.(new Event('close'));
  });
  await expect.poll(() => lost).toBe(1);
  await expect(write()).rejects.toMatchObject({ kind: 'storage-lost' });
  expect([lost, await databases()]).toEqual([1, []]);
});

it('[VLT-1] closed for good, it is not opened again', async () => {
  lasting.close();
  await expect(read()).rejects.toMatchObject({ kind: 'storage-lost' });
});
