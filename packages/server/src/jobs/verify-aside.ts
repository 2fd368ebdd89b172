import { Worker } from 'node:worker_threads';
import { Outage } from '@chungtay/core/sync/ports';
import type { VerifySetup } from './verify-worker.ts';
import type { FeedVerification } from './verify.ts';

/** Verifies the Feed of a database beside a Hub that works on it. Rejects with what the thread failed of, or an Outage. */
export function verifyAside(setup: VerifySetup): Promise<FeedVerification> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('verify-worker.ts', import.meta.url), { workerData: setup });
    worker.once('message', (found: FeedVerification) => resolve(found));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Outage('storage-lost')));
  });
}
