/** The Hub of the simulated commune: a disk that stays, a process that comes and goes, and a clock that may be wrong. */
import type { World } from '@chungtay/core/base/world';
import { createHub, type Hub } from '@chungtay/core/sync/hub';
import { MemoryFeedStore } from '@chungtay/core/sync/memory-feed-store';
import { Outage } from '@chungtay/core/sync/ports';
import { testSealer } from '../fixtures/sealer.ts';
import { settle, testSigner, testWorld, type Timeline } from '../fixtures/world.ts';
import { type Life, MortalFeedStore, mortalWorld } from './mortal.ts';
import { carelessHub } from './planted.ts';
import type { Planted } from './planting.ts';
import { as, bound, type Release } from './releases.ts';

/** What a Hub is run on. */
export interface HubParts {
  readonly timeline: Timeline;
  readonly seed: number;
  readonly planted: Planted | null;
  /** Returns how many turns packing the next frame takes. */
  readonly turns: () => number;
  /** Hears what is wrong. */
  readonly found: (violation: string) => void;
  /** Hears that the process ended. */
  readonly died: () => void;
}

/** See the file's head. */
export class HubProcess {
  store = new MemoryFeedStore();
  /** The store as the process of now sees it: where its next commit may meet its end. */
  mortal!: MortalFeedStore;
  hub!: Hub;
  release: Release = 'newer';
  /** How far its clock is off. */
  jumpMs = 0;
  /** Stands for the key that tablets seal to. */
  readonly lock = testSealer('lock');
  readonly #parts: HubParts;
  readonly #sealer = testSealer('sim');
  #life: Life = { isOver: true, release: 'newer' };
  #starts = 0;

  constructor(parts: HubParts) {
    this.#parts = parts;
  }

  /** Says whether it runs. */
  get isUp(): boolean {
    return !this.#life.isOver;
  }

  /** Starts it, again after a kill, on what it left on disk. */
  async start(): Promise<void> {
    const { planted } = this.#parts;
    const life: Life = { isOver: false, release: this.release };
    this.#life = life;
    this.#starts += 1;
    this.mortal = new MortalFeedStore(planted ? carelessHub(this.store, planted) : this.store, life);
    this.mortal.onDeath = () => this.#parts.died();
    try {
      const hub = await as(life.release, () => this.#create(life));
      this.hub = bound(hub, () => life.release);
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
      life.isOver = true;
    }
  }

  /** Ends it now. */
  kill(): void {
    this.#life.isOver = true;
    this.#parts.died();
  }

  #create(life: Life): Promise<Hub> {
    return createHub({
      world: this.#world(life),
      store: this.mortal,
      sealer: this.#sealer,
      signer: testSigner(0),
      sealKey: new Uint8Array(32),
      unseal: (box) => Promise.resolve(this.lock.open(box)),
      commune: 'xa-mo-phong',
      report: (error) => {
        if (!(error instanceof Outage)) this.#parts.found(`Fault the Hub met ${String(error)}`);
      },
    });
  }

  /** Packing a frame takes a while, and a commit may fall into it. */
  #world(life: Life): World {
    const { timeline, seed, planted, turns } = this.#parts;
    const own = testWorld(timeline, seed + this.#starts * 7_919);
    const world = mortalWorld({ ...own, nowMs: () => own.nowMs() + this.jumpMs }, life);
    const port = world.deflate;
    const deflate = (bytes: Uint8Array) => afterTurns(turns(), () => port.deflate(bytes));
    const crypto = planted?.believes ? { ...world.crypto, verify: () => Promise.resolve(true) } : world.crypto;
    return { ...world, crypto, deflate: { ...port, deflate } };
  }
}

async function afterTurns<T>(turns: number, act: () => Promise<T>): Promise<T> {
  for (let turn = 0; turn < turns; turn += 1) await settle();
  return act();
}
