import { Worker } from 'node:worker_threads';
import { Fault } from '@chungtay/core/base/assert';
import { Outage } from '@chungtay/core/sync/ports';
import type { OutageKind } from '@chungtay/core/sync/ports';
import { packWork } from './writer-messages.ts';
import type { WriterReply, WriterRequest, WriterSetup, WriterWork } from './writer-messages.ts';

/** The one writer of a data directory. */
export interface Writer {
  /**
   * Returns why the last write was not taken, null when it was. `storage-lost` stays: nothing more is taken until the Hub is started
   * again; the others end with the next write that succeeds.
   */
  trouble(): OutageKind | null;
  /** Writes all or nothing; resolves when it is on disk. Rejects with an Outage. Rule STO-2. */
  write(work: WriterWork): Promise<void>;
  /** Seals under `bodyKey` from now on; resolves once nothing lies under another key, which may take a while. Rule STO-9. */
  renew(bodyKey: Uint8Array): Promise<void>;
  /** Writes what waits, then ends the thread. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

// its work is short-lived bytes: young space as large as the event loop's would be 24 MB for nothing
const YOUNG_MB = 6;

/** Starts the writing thread: opens, checks and migrates the database. Rejects when that fails, in words. */
export async function startWriter(setup: WriterSetup): Promise<Writer> {
  const worker = new Worker(new URL('writer-worker.ts', import.meta.url), {
    workerData: setup,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const waiting = new Map<number, Waiting>();
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const settle = ({ ids, outage, fault }: WriterReply): void => {
    for (const id of ids) {
      const one = waiting.get(id);
      waiting.delete(id);
      if (outage) one?.reject(new Outage(outage));
      else if (fault !== null) one?.reject(new Fault(fault));
      else one?.resolve();
    }
  };
  const settleAll = (): void => settle({ ids: [...waiting.keys()], outage: 'storage-lost', fault: null });
  worker.on('message', settle);
  worker.on('error', settleAll);
  worker.on('exit', settleAll);
  await new Promise<void>((resolve, reject) => waiting.set(0, { resolve, reject }));
  return connect(worker, waiting, ended);
}

function connect(worker: Worker, waiting: Map<number, Waiting>, ended: Promise<void>): Writer {
  let lastId = 0;
  let isClosed = false;
  let trouble: OutageKind | null = null;
  void ended.then(() => (isClosed = true));
  const ask = (requestOf: (id: number) => WriterRequest, transfer: readonly ArrayBuffer[] = []): Promise<void> => {
    if (isClosed) return Promise.reject(new Outage('storage-lost'));
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage(requestOf(id), transfer);
    });
  };
  return {
    trouble: () => trouble,
    async write(work) {
      if (isClosed) throw new Outage('storage-lost');
      const packed = packWork(work);
      try {
        await ask((id) => ({ verb: 'write', id, packed }), [packed.buffer]);
        trouble = null;
      } catch (error) {
        if (error instanceof Outage) trouble = error.kind;
        throw error;
      }
    },
    renew: (bodyKey) => ask((id) => ({ verb: 'renew', id, bodyKey })),
    close() {
      isClosed = true;
      const request: WriterRequest = { verb: 'close' };
      worker.postMessage(request);
      return ended;
    },
  };
}
