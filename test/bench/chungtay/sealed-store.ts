/** A device's disk in the bench: what the browser's vault does, on SQLite. Every record sealed, every commit on the disk before it counts. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { ReplicaStore } from '@chungtay/core/sync/ports';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Opens a new, empty store in `file`; its key lives as long as the process. */
export function openSealedStore(file: string): ReplicaStore {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
  database.exec('CREATE TABLE record(area TEXT, key TEXT, bytes BLOB NOT NULL, UNIQUE(area, key))');
  const put = database.prepare('INSERT OR REPLACE INTO record VALUES(?, ?, ?)');
  const drop = database.prepare('DELETE FROM record WHERE area = ? AND key = ?');
  const one = database.prepare('SELECT bytes FROM record WHERE area = ? AND key = ?');
  const all = database.prepare('SELECT key, bytes FROM record WHERE area = ? ORDER BY key');
  const secret = randomBytes(KEY_BYTES);
  const opened = (area: string, key: string, sealed: unknown) => unseal(secret, `${area}|${key}`, sealed as Uint8Array);
  return {
    async commit(batch) {
      database.exec('BEGIN IMMEDIATE');
      for (const { area, key, bytes } of batch) {
        if (bytes) put.run(area, key, seal(secret, `${area}|${key}`, bytes));
        else drop.run(area, key);
      }
      database.exec('COMMIT');
    },
    async readAll(area) {
      const rows = all.all(area) as unknown as readonly { readonly key: string; readonly bytes: Uint8Array }[];
      return { records: rows.map(({ key, bytes }) => ({ key, bytes: opened(area, key, bytes) })), damaged: 0 };
    },
    async read(area, key) {
      const row = one.get(area, key);
      return row ? opened(area, key, row['bytes']) : null;
    },
  };
}

function seal(secret: Buffer, label: string, bytes: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, secret, iv).setAAD(Buffer.from(label));
  const sealed = [iv, cipher.update(bytes), cipher.final()];
  return Buffer.concat([...sealed, cipher.getAuthTag()]);
}

function unseal(secret: Buffer, label: string, sealed: Uint8Array): Uint8Array {
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, secret, sealed.subarray(0, IV_BYTES)).setAAD(Buffer.from(label));
  decipher.setAuthTag(sealed.subarray(end));
  return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, end)), decipher.final()]));
}
