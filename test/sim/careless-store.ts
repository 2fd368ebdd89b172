/** Stores that break one promise each, for the simulation to find. */
import { decodePosition, encodePosition, POSITION_KEY } from '@chungtay/core/sync/device-meta';
import type { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import type { ReplicaArea, ReplicaStore, ReplicaWrite } from '@chungtay/core/sync/ports';
import type { Bug } from './commune.ts';

/** Commits kept back by a store that says "durable" too early. */
const BEHIND = 3;

/** A store with a planted mistake over one without. */
export class CarelessStore implements ReplicaStore {
  readonly #inner: MemoryReplicaStore;
  readonly #bug: Bug;
  readonly #behind: (readonly ReplicaWrite[])[] = [];

  constructor(inner: MemoryReplicaStore, bug: Bug) {
    this.#inner = inner;
    this.#bug = bug;
  }

  async commit(batch: readonly ReplicaWrite[]): Promise<void> {
    if (this.#bug === 'reuses-client-ids') return this.#inner.commit(batch.map(forgetClient));
    // says "durable" while the last commits lie in a buffer that dies with the process
    this.#behind.push(batch);
    const ripe = this.#behind.length > BEHIND ? this.#behind.shift() : undefined;
    await this.#inner.commit(ripe ?? []);
  }

  readAll(area: ReplicaArea): ReturnType<ReplicaStore['readAll']> {
    return this.#inner.readAll(area);
  }

  read(area: ReplicaArea, key: string): Promise<Uint8Array | null> {
    return this.#inner.read(area, key);
  }
}

function forgetClient(write: ReplicaWrite): ReplicaWrite {
  const position =
    write.area === 'meta' && write.key === POSITION_KEY && write.bytes ? decodePosition(write.bytes) : null;
  return position ? { ...write, bytes: encodePosition({ ...position, lastClient: 0 }) } : write;
}
