/** The thread of a device's disk: seals, writes, and answers when it is on the disk. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { must, unreachable } from '@chungtay/core/base/assert';
import type { ReplicaWrite } from '@chungtay/core/sync/ports';
import type { DiskAnswer, DiskRequest } from './sealed-store.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

const port = must(parentPort, 'the port of a worker thread');
const secret = randomBytes(KEY_BYTES);
const database = new DatabaseSync(workerData as string);
database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
database.exec('CREATE TABLE record(area TEXT, key TEXT, bytes BLOB NOT NULL, UNIQUE(area, key))');
const put = database.prepare('INSERT OR REPLACE INTO record VALUES(?, ?, ?)');
const drop = database.prepare('DELETE FROM record WHERE area = ? AND key = ?');
const one = database.prepare('SELECT bytes FROM record WHERE area = ? AND key = ?');
const all = database.prepare('SELECT key, bytes FROM record WHERE area = ? ORDER BY key');

port.on('message', (request: DiskRequest) => {
  const answer: DiskAnswer = { id: request.id, value: answerTo(request) };
  port.postMessage(answer);
});

function answerTo(request: DiskRequest): unknown {
  switch (request.verb) {
    case 'commit':
      commit(request.batch);
      return null;
    case 'readAll': {
      const rows = all.all(request.area) as unknown as readonly { readonly key: string; readonly bytes: Uint8Array }[];
      return { records: rows.map(({ key, bytes }) => ({ key, bytes: opened(request.area, key, bytes) })), damaged: 0 };
    }
    case 'read': {
      const row = one.get(request.area, request.key);
      return row ? opened(request.area, request.key, row['bytes'] as Uint8Array) : null;
    }
    default:
      return unreachable(request);
  }
}

function commit(batch: readonly ReplicaWrite[]): void {
  database.exec('BEGIN IMMEDIATE');
  for (const { area, key, bytes } of batch) {
    if (bytes) put.run(area, key, sealed(`${area}|${key}`, bytes));
    else drop.run(area, key);
  }
  database.exec('COMMIT');
}

function sealed(label: string, bytes: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, secret, iv).setAAD(Buffer.from(label));
  const parts = [iv, cipher.update(bytes), cipher.final()];
  return Buffer.concat([...parts, cipher.getAuthTag()]);
}

function opened(area: string, key: string, bytes: Uint8Array): Uint8Array {
  const end = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, secret, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(`${area}|${key}`));
  decipher.setAuthTag(bytes.subarray(end));
  return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, end)), decipher.final()]));
}
