/**
 * The Hub's one writer, in a thread of its own, so that an fsync never holds up the event loop. Everything that waits when a commit
 * ends goes into the next transaction: that is the group commit. Rule STO-2.
 */
import type { DatabaseSync } from 'node:sqlite';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { must } from '@chungtay/core/base/assert';
import { Outage } from '@chungtay/core/sync/ports';
import type { OutageKind } from '@chungtay/core/sync/ports';
import { createBodyCipher } from './body-cipher.ts';
import { openWriter } from './database.ts';
import { createDirectoryWriter } from './directory-write.ts';
import { createBatchWriter } from './feed-write.ts';
import { failureOf } from './outage.ts';
import { createChores } from './writer-chores.ts';
import { unpackWork } from './writer-messages.ts';
import type { WriterReply, WriterRequest, WriterSetup } from './writer-messages.ts';

const MAX_GROUPED = 64;

const port = must(parentPort, 'the port of a worker thread');
const setup = workerData as WriterSetup;
let lost: OutageKind | null = null;

function start(): void {
  const db = openWriter(setup.path);
  const cipher = createBodyCipher(...setup.bodyKeys);
  const writeFeed = createBatchWriter(db, cipher);
  const writeDirectory = createDirectoryWriter(db);
  const chores = createChores(db, cipher, (write) => commit(db, write));
  const write = (request: WriterRequest & { readonly verb: 'write' }): void => {
    const work = unpackWork(request.packed);
    if (work.to === 'feed') writeFeed(work.batch);
    else writeDirectory(work.change);
  };
  port.on('message', (first: WriterRequest) => {
    const requests = [first, ...waiting()];
    const writes = requests.filter((request) => request.verb === 'write');
    if (writes.length > 0)
      reply(
        commit(db, () => writes.forEach(write)),
        writes.map((request) => request.id),
      );
    if (writes.length > 0) chores.tidyLater();
    for (const request of requests) {
      if (request.verb !== 'renew') continue;
      cipher.adopt(request.bodyKey);
      chores.renew(() => reply(null, [request.id]));
    }
    if (requests.some((request) => request.verb === 'close')) {
      db.close();
      port.close();
    }
  });
}

function waiting(): readonly WriterRequest[] {
  const more: WriterRequest[] = [];
  while (more.length < MAX_GROUPED) {
    const next = receiveMessageOnPort(port);
    if (!next) break;
    more.push(next.message as WriterRequest);
  }
  return more;
}

/** Returns null when everything is on disk. After a failed fsync the pages in memory may lie, so nothing more is written (P2). */
function commit(db: DatabaseSync, write: () => void): Outage | Error | null {
  if (lost) return new Outage(lost);
  try {
    db.exec('BEGIN IMMEDIATE');
    write();
    db.exec('COMMIT');
    return null;
  } catch (error) {
    const failure = failureOf(error);
    if (db.isTransaction) db.exec('ROLLBACK');
    if (failure instanceof Outage && failure.kind === 'storage-lost') lost = failure.kind;
    return failure;
  }
}

function reply(failure: Outage | Error | null, ids: readonly number[]): void {
  const said: WriterReply = {
    ids,
    outage: failure instanceof Outage ? failure.kind : null,
    fault: failure && !(failure instanceof Outage) ? failure.message : null,
  };
  port.postMessage(said);
}

try {
  start();
  reply(null, [0]);
} catch (error) {
  reply(error instanceof Error ? error : new Error('the writer could not start'), [0]);
  port.close();
}
