import { Outage, type OutageKind, type ReplicaArea, type ReplicaStore, type ReplicaWrite } from './ports.ts';

/** What the next commit meets: an Outage, or the end of the process just before or just after the batch became durable. */
export type StoreFailpoint = OutageKind | 'kill-before' | 'kill-after';

type Disk = Map<ReplicaArea, Map<string, Uint8Array>>;

/**
 * A ReplicaStore in memory, with a disk that outlives it. After a kill its promises never settle, as those of a dead process never do;
 * `reopen` is the restart. Keeps the contract suite `test/contracts/replica-store.ts`.
 */
export class MemoryReplicaStore implements ReplicaStore {
  /** How many batches became durable in this process. */
  commits = 0;
  /** How many bytes those batches carried. */
  writtenBytes = 0;
  #failpoint: StoreFailpoint | null = null;
  #isDead = false;
  readonly #disk: Disk;
  readonly #damaged: Set<string>;

  constructor(disk: Disk = new Map(), damaged: Set<string> = new Set()) {
    this.#disk = disk;
    this.#damaged = damaged;
  }

  /** Says whether the process died. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** Makes the next commit meet `failpoint`. */
  failNext(failpoint: StoreFailpoint): void {
    this.#failpoint = failpoint;
  }

  /** Ends the process now. */
  kill(): void {
    this.#isDead = true;
  }

  /** Makes one record fail its authentication, or every record of an area. */
  damage(area: ReplicaArea, key: string): void {
    this.#damaged.add(`${area}|${key}`);
  }

  /** Returns the store of the next process on the same disk. */
  reopen(): MemoryReplicaStore {
    this.#isDead = true;
    return new MemoryReplicaStore(this.#disk, this.#damaged);
  }

  /** Returns the store of a tablet whose storage is a copy of this one, byte for byte; from now on both go their own ways. */
  copy(): MemoryReplicaStore {
    const disk: Disk = new Map([...this.#disk].map(([area, records]) => [area, new Map(records)]));
    return new MemoryReplicaStore(disk, new Set(this.#damaged));
  }

  /** Returns the keys of an area, in order. */
  keys(area: ReplicaArea): readonly string[] {
    return [...this.#area(area).keys()].toSorted();
  }

  /** Returns every byte on the disk: what a thief, or a test for what must not be there, would find. */
  allBytes(): readonly Uint8Array[] {
    return [...this.#disk.values()].flatMap((area) => [...area.values()]);
  }

  async commit(batch: readonly ReplicaWrite[]): Promise<void> {
    const failpoint = this.#failpoint;
    this.#failpoint = null;
    // as on a real disk, the outcome is not known in the same turn
    await Promise.resolve();
    if (failpoint === 'kill-before') this.#isDead = true;
    if (this.#isDead) return never();
    if (failpoint !== null && failpoint !== 'kill-after') throw new Outage(failpoint as OutageKind);
    for (const write of batch) this.#write(write);
    this.commits += 1;
    if (failpoint === 'kill-after') {
      this.#isDead = true;
      return never();
    }
  }

  async readAll(area: ReplicaArea): Promise<{
    readonly records: readonly { readonly key: string; readonly bytes: Uint8Array }[];
    readonly damaged: number;
  }> {
    if (this.#isDead) return never();
    const keys = this.keys(area);
    const sound = keys.filter((key) => !this.#damaged.has(`${area}|${key}`));
    const records = sound.map((key) => ({ key, bytes: (this.#area(area).get(key) as Uint8Array).slice() }));
    return { records, damaged: keys.length - sound.length };
  }

  async read(area: ReplicaArea, key: string): Promise<Uint8Array | null> {
    if (this.#isDead) return never();
    if (this.#damaged.has(`${area}|${key}`)) return null;
    return this.#area(area).get(key)?.slice() ?? null;
  }

  #write({ area, key, bytes }: ReplicaWrite): void {
    this.#damaged.delete(`${area}|${key}`);
    if (bytes === null) this.#area(area).delete(key);
    else {
      this.writtenBytes += bytes.length;
      this.#area(area).set(key, bytes.slice());
    }
  }

  #area(area: ReplicaArea): Map<string, Uint8Array> {
    const records = this.#disk.get(area) ?? new Map<string, Uint8Array>();
    this.#disk.set(area, records);
    return records;
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
