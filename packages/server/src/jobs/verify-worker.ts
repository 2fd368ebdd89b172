/** Verifies the Feed in a thread of its own, over a connection that can only read: hours of signatures hold up nobody's edit. Rule CLI-3. */
import { parentPort, workerData } from 'node:worker_threads';
import { must } from '@chungtay/core/base/assert';
import type { NotedHeads } from '@chungtay/core/sync/verify';
import { createNodeWorld } from '../ops/world.ts';
import { createBodyCipher } from '../store/body-cipher.ts';
import { openReader } from '../store/database.ts';
import { createVerifiedStore } from '../store/feed-sqlite.ts';
import type { FeedVerification } from './verify.ts';
import { verifyFeed } from './verify.ts';

/** What the thread is told. */
export interface VerifySetup {
  readonly path: string;
  /** The newest first. */
  readonly bodyKeys: readonly Uint8Array[];
  readonly noted: NotedHeads;
}

const port = must(parentPort, 'the port of a worker thread');
const { path, bodyKeys, noted } = workerData as VerifySetup;

async function verify(): Promise<FeedVerification> {
  const db = openReader(path);
  const store = createVerifiedStore(db, createBodyCipher(...bodyKeys));
  try {
    return await verifyFeed(store, createNodeWorld().crypto, noted);
  } finally {
    db.close();
  }
}

port.postMessage(await verify());
