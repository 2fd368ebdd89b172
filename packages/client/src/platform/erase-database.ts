import { dropDatabase, inDatabase, strictTransaction } from './idb.ts';

const STIRRED = 'ct-stirred';
const STORE = 'stir';
/** A file that a browser no longer needs goes with one of the next rewritings, once nothing reads it any more. */
const STIRS_AFTER = 3;

/**
 * Removes a database so that its bytes leave the browser's files too. Chromium's store rewrites the files over which a database lay when it is
 * dropped, but a record that still stood in the log goes into a new file together with its deletion, and lies there: so the log is written
 * out first. Rejects with an Outage when the database could not be dropped. Rule LSE-5.
 */
export async function eraseDatabase(name: string): Promise<void> {
  await stir();
  await dropDatabase(name);
  for (let round = 0; round < STIRS_AFTER; round += 1) await stir();
}

/** Makes the browser write out its log and tidy its files. A full disk does not keep anything from being dropped. */
async function stir(): Promise<void> {
  try {
    await inDatabase(STIRRED, [STORE], (db) =>
      strictTransaction(db, [STORE], (tx) => void tx.objectStore(STORE).put(new Uint8Array(1), STORE)),
    );
    await dropDatabase(STIRRED);
  } catch {
    // what could not be stirred now is tidied by the browser some time
  }
}
