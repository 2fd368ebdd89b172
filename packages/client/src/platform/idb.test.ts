import { beforeEach, expect, it } from 'vitest';
import { dropDatabase, openDatabase } from './idb.ts';
import { databases, emptyDisk } from './indexed-db.support.ts';

beforeEach(emptyDisk);

it('[VLT-4] a database goes though a connection to it is only just closing: that is no trouble to tell anybody', async () => {
  const db = await openDatabase('ct-enrolling', ['keys'], () => undefined);
  // too busy to hear that it should close
  db.onversionchange = null;
  await dropDatabase('ct-enrolling');
  db.close();
  const again = await openDatabase('ct-enrolling', ['others'], () => undefined);
  expect([...again.objectStoreNames]).toEqual(['others']);
  again.close();
  expect(await databases()).toEqual(['ct-enrolling']);
});
