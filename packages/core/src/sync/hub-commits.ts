/**
 * The Hub's one writer. Work waits in lanes, one a device, and is taken in turns; what was decided together is committed together, and
 * nothing is answered before that. Holds ADM-11, ADM-14.
 */
import type { CryptoPort } from '../base/world.ts';
import type { DocumentId } from '../model/ids.ts';
import type { HubIndex } from './hub-index.ts';
import { Overlay } from './hub-overlay.ts';
import type { StateCache } from './hub-states.ts';
import { DamagedRow, Outage } from './ports.ts';
import type { FeedBatch, FeedStore } from './ports.ts';

/** Something to decide and commit. Exactly one of `done` and `failed` is called, once. */
export interface Work {
  /** Whoever shares a lane waits in it: a device. */
  readonly lane: string;
  /** How many envelopes it counts for. */
  readonly weight: number;
  /** Returns the documents whose states `decide` asks for. */
  needs(index: HubIndex): Iterable<DocumentId>;
  decide(overlay: Overlay): Promise<void>;
  /** Committed, or found to change nothing. */
  done(): void;
  failed(error: unknown): void;
}

/** What the loop works on and whom it tells. */
export interface CommitPorts {
  readonly store: FeedStore;
  readonly crypto: CryptoPort;
  readonly states: StateCache;
  readonly index: () => HubIndex;
  /** A batch is durable: take it in. Called before the work is told. */
  readonly committed: (batch: FeedBatch, overlay: Overlay) => void;
  /** After the work of a batch was told. */
  readonly settled: () => void;
  /** A commit failed with unknown outcome; resolves when the index is true again. */
  readonly recover: (error: unknown) => Promise<void>;
}

const MAX_BATCH_WEIGHT = 512;

/** Decides and commits until stopped. */
export class CommitLoop {
  readonly #ports: CommitPorts;
  readonly #lanes = new Map<string, Work[]>();
  #running: Promise<void> | null = null;
  #isStopped = false;

  constructor(ports: CommitPorts) {
    this.#ports = ports;
  }

  /** Says whether more work waits for a commit. */
  get isBusy(): boolean {
    return this.#lanes.size > 0;
  }

  /** Queues work behind what waits in its lane; after `stop` it fails at once. */
  push(work: Work): void {
    if (this.#isStopped) {
      work.failed(new Outage('restarting'));
      return;
    }
    const lane = this.#lanes.get(work.lane);
    if (lane) lane.push(work);
    else this.#lanes.set(work.lane, [work]);
    this.#running ??= this.#run();
  }

  /** Takes no more work; resolves when what waited is committed. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // what arrives in the same turn shares the first commit
    await Promise.resolve();
    while (this.#lanes.size > 0) await this.#commitOne(this.#takeTurn());
    this.#running = null;
  }

  /** Takes the first of every lane, again and again, until the batch is full. */
  #takeTurn(): readonly Work[] {
    const taken: Work[] = [];
    let weight = 0;
    while (this.#lanes.size > 0 && weight < MAX_BATCH_WEIGHT) {
      for (const [name, lane] of this.#lanes) {
        const work = lane.shift();
        if (lane.length === 0) this.#lanes.delete(name);
        if (!work) continue;
        taken.push(work);
        weight += work.weight;
        if (weight >= MAX_BATCH_WEIGHT) break;
      }
    }
    return taken;
  }

  async #commitOne(works: readonly Work[]): Promise<void> {
    const faulty = new Set<Work>();
    try {
      const overlay = await this.#decide(works, faulty);
      const batch = overlay.toBatch();
      if (batch) {
        await this.#ports.store.commit(batch);
        this.#ports.committed(batch, overlay);
      }
    } catch (error) {
      for (const work of works) if (!faulty.has(work)) work.failed(error);
      await this.#ports.recover(error);
      return;
    }
    for (const work of works) if (!faulty.has(work)) work.done();
    this.#ports.settled();
  }

  /** One work's Fault is its own: it is dropped with its fork, the others go on. */
  async #decide(works: readonly Work[], faulty: Set<Work>): Promise<Overlay> {
    const index = this.#ports.index();
    const needed = new Set(works.flatMap((work) => [...work.needs(index)]));
    const loaded = await this.#ports.states.load(needed);
    const overlay = new Overlay(index, loaded, this.#ports.crypto);
    for (const work of works) {
      const fork = overlay.fork();
      try {
        await work.decide(fork);
      } catch (error) {
        // a row that is damaged fails whoever needs it
        if (error instanceof Outage && !(error instanceof DamagedRow)) throw error;
        faulty.add(work);
        work.failed(error);
        continue;
      }
      overlay.absorb(fork);
    }
    return overlay;
  }
}
