import { decodeAny, encodeAny } from '@chungtay/core/base/any';
import { hexOf } from '@chungtay/core/base/bytes';
import type { CryptoPort } from '@chungtay/core/base/world';
import { type DeviceKeys, makeDeviceKeys } from './device-keys.ts';
import { answerOf, dropDatabase, inDatabase, strictTransaction } from './idb.ts';
import { openRecord, recordKeyOf, sealRecord } from './vault-records.ts';

const DATABASE = 'ct-enrolling';
const KEYS = 'keys';
const LABEL = 'enrolling';

/**
 * Returns the keys to enrol with under a code: those of an earlier try whose answer never came, else new ones. They are on disk, sealed
 * under the code that nothing keeps, before this resolves: a tablet that dies while it asks comes back as the same device. Rejects with an Outage.
 */
export async function keysToEnrol(code: string, crypto: CryptoPort): Promise<DeviceKeys> {
  const { name, key } = await underCode(code, crypto);
  return inDatabase(DATABASE, [KEYS], async (db) => {
    const kept = (await answerOf(db.transaction(KEYS).objectStore(KEYS).get(name))) as Uint8Array | undefined;
    const known = kept && (await openKeys(key, kept));
    if (known) return known;
    const { signPrivate, signPublic, sealPrivate, sealPublic } = await makeDeviceKeys();
    const sealed = await sealRecord(key, LABEL, encodeAny([signPrivate, signPublic, sealPrivate, sealPublic]));
    await strictTransaction(db, [KEYS], (tx) => void tx.objectStore(KEYS).put(sealed, name));
    return { signPrivate, signPublic, sealPrivate, sealPublic };
  });
}

/** Forgets the keys kept under a code: the Hub's answer is here. Rejects with an Outage. */
export async function forgetEnrolling(code: string, crypto: CryptoPort): Promise<void> {
  const { name } = await underCode(code, crypto);
  const left = await inDatabase(DATABASE, [KEYS], async (db) => {
    await strictTransaction(db, [KEYS], (tx) => void tx.objectStore(KEYS).delete(name));
    return answerOf(db.transaction(KEYS).objectStore(KEYS).count());
  });
  // tidiness alone: the keys are gone, and a browser that is still closing the database says "blocked" and drops it a moment later
  if (left === 0) await dropDatabase(DATABASE).catch(() => undefined);
}

async function openKeys(key: CryptoKey, sealed: Uint8Array): Promise<DeviceKeys | null> {
  const plain = await openRecord(key, LABEL, sealed);
  const read = plain && decodeAny(plain);
  if (!read?.ok) return null;
  const [signPrivate, signPublic, sealPrivate, sealPublic] = read.value as readonly Uint8Array[];
  return signPrivate && signPublic && sealPrivate && sealPublic
    ? { signPrivate, signPublic, sealPrivate, sealPublic }
    : null;
}

// the code's 80 random bits need no stretching; its name on disk is another hash, of which the key cannot be had
async function underCode(
  code: string,
  crypto: CryptoPort,
): Promise<{ readonly name: string; readonly key: CryptoKey }> {
  const hashOf = (purpose: string): Uint8Array => crypto.sha256(encodeAny({ of: 'enrolling', purpose, code }));
  return { name: hexOf(hashOf('name')), key: await recordKeyOf(hashOf('key')) };
}
