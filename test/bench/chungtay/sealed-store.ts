/**
 * A device's disk in the bench: what the browser's vault does, on SQLite. Every record sealed, every commit on the disk before it counts;
 * both off the engine's thread, as in a browser (WebCrypto, IndexedDB).
 */
import { Worker } from 'node:worker_threads';
import type { ReplicaArea, ReplicaStore, ReplicaWrite } from '@chungtay/core/sync/ports';

/** What the disk's thread is asked. */
export type DiskRequest =
  | { readonly verb: 'commit'; readonly id: number; readonly batch: readonly ReplicaWrite[] }
  | { readonly verb: 'readAll'; readonly id: number; readonly area: ReplicaArea }
  | { readonly verb: 'read'; readonly id: number; readonly area: ReplicaArea; readonly key: string };

/** What it answers. */
export interface DiskAnswer {
  readonly id: number;
  readonly value: unknown;
}

/** Opens a new, empty store in `file`; its key lives as long as the process. */
export async function openSealedStore(file: string): Promise<ReplicaStore> {
  const disk = new Worker(new URL('sealed-disk.ts', import.meta.url), { workerData: file });
  const waiting = new Map<number, (value: never) => void>();
  let lastId = 0;
  disk.on('message', ({ id, value }: DiskAnswer) => {
    waiting.get(id)?.(value as never);
    waiting.delete(id);
  });
  disk.on('error', (error) => {
    throw error;
  });
  const ask = <T>(request: (id: number) => DiskRequest): Promise<T> =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      disk.postMessage(request(lastId));
    });
  const store: ReplicaStore = {
    commit: (batch) => ask((id) => ({ verb: 'commit', id, batch: batch.map(withOwnBytes) })),
    readAll: (area) => ask((id) => ({ verb: 'readAll', id, area })),
    read: (area, key) => ask((id) => ({ verb: 'read', id, area, key })),
  };
  await store.readAll('meta');
  return store;
}

/** A view would take all that lies behind it along. */
function withOwnBytes(write: ReplicaWrite): ReplicaWrite {
  const isView = write.bytes !== null && write.bytes.length < write.bytes.buffer.byteLength;
  return isView ? { ...write, bytes: write.bytes.slice() } : write;
}
