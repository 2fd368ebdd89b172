/** A whole commune in one process under one seed: the production code of both halves, with only time, network and disks made up. */
import { must } from '@chungtay/core/base/assert';
import type { World } from '@chungtay/core/base/world';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';
import { createHub, type Hub } from '@chungtay/core/sync/hub';
import { MemoryFeedStore } from '@chungtay/core/sync/memory-feed-store';
import { type MemoryLink, MemoryNetwork } from '@chungtay/core/sync/memory-socket';
import { Outage } from '@chungtay/core/sync/ports';
import { testSealer } from '../fixtures/sealer.ts';
import { seededRandom, settle, testSigner, testWorld, Timeline } from '../fixtures/world.ts';
import { Counters } from './counters.ts';
import { SimDevice } from './device.ts';
import { type Life, MortalFeedStore, mortalWorld } from './mortal.ts';
import { carelessHub, type Planted } from './planted.ts';
import { carriedBy, tapDown } from './wiretap.ts';

/** Places of the commune. */
export const VILLAGES = ['thon-dong', 'thon-tay'] as const;
const SCHOOL = 'tieu-hoc-1';

/** Who works here: name, role, villages, schools, clock skew in ms. */
const PEOPLE: readonly (readonly [string, Role, readonly string[], readonly string[], number])[] = [
  ['Lò Thị Hương', 'lead', [EVERYWHERE], [], 0],
  ['Y Bhăm Niê', 'collaborator', [VILLAGES[0]], [], -40_000],
  ['Tẩn Láo Lở', 'collaborator', [VILLAGES[1]], [], 3_600_000],
  ['Nguyễn Văn Đức', 'teacher', [], [SCHOOL], 0],
  ['Đặng Thị Ngọc Ánh', 'nurse', [EVERYWHERE], [EVERYWHERE], -86_400_000 * 365],
  ['Mùa A Dơ', 'police', [EVERYWHERE], [], 86_400_000 * 3_650],
];

/** How long the rounds of healing are: in the end long enough for what waits for somebody who never comes. */
const HEALING_MS = [1_000, 15_000, 60_000, 60_000, 300_000];

/** See the file's head. */
export class Commune {
  readonly timeline = new Timeline();
  readonly network = new MemoryNetwork();
  readonly counters = new Counters();
  store = new MemoryFeedStore();
  /** What the office copied last, or null. */
  backup: MemoryFeedStore | null = null;
  readonly devices: SimDevice[] = [];
  /** What was found to be wrong while it ran. */
  readonly violations: string[] = [];
  readonly planted: Planted | null;
  hub!: Hub;
  hubStore!: MortalFeedStore;
  /** Stands for the key that tablets seal to. */
  readonly lock = testSealer('lock');
  readonly #sealer = testSealer('sim');
  readonly #seed: number;
  #hubLife: Life = { isOver: true };
  #hubStarts = 0;
  #tokens = 0;
  #random: () => number;

  constructor(seed: number, planted: Planted | null = null) {
    this.#seed = seed;
    this.planted = planted;
    this.#random = seededRandom(seed);
  }

  /** Returns a number in [0, 1). */
  random(): number {
    return this.#random();
  }

  /** Draws anew from here on: a step draws the same whatever was left out before it. */
  reseed(step: number): void {
    this.#random = seededRandom(this.#seed * 100_003 + step);
  }

  /** Returns a number in [0, below). */
  pick(below: number): number {
    return Math.floor(this.random() * below);
  }

  /** Returns one of `choices`; undefined when there is none. */
  oneOf<T>(choices: readonly T[]): T | undefined {
    return choices[this.pick(choices.length)];
  }

  /** Returns a text that was never used before. */
  token(): string {
    this.#tokens += 1;
    return `Vừ Thị Mỷ ${this.#tokens}`;
  }

  /** Says whether the Hub runs. */
  get isHubUp(): boolean {
    return !this.#hubLife.isOver;
  }

  /** Founds the commune: Hub, people, devices, all of them once in touch. */
  async found(size: number): Promise<void> {
    await this.startHub();
    for (const [i, [name, role, villages, schools, skewMs]] of PEOPLE.slice(0, size).entries()) {
      const appointment = { name, role, villages, schools, namedFor: [], untilMs: null };
      const { code } = await this.hub.invite(appointment);
      const signer = testSigner(this.#seed * 100 + i);
      const enrolled = await this.hub.enrol({ code, signKey: signer.publicKey, sealKey: new Uint8Array(32) });
      if (!enrolled.ok) throw new Error(enrolled.error);
      const world = testWorld(this.timeline, this.#seed * 100 + i, skewMs);
      this.devices.push(new SimDevice(this, { name, appointment, signer, world, enrolled: enrolled.value }));
    }
    for (const device of this.devices) await device.start();
    await this.timeline.advance(1_000);
    this.network.isFlowing = false;
  }

  /** Starts the Hub, again after a kill, on what it left on disk. */
  async startHub(): Promise<void> {
    const life = { isOver: false };
    this.#hubLife = life;
    this.#hubStarts += 1;
    this.hubStore = new MortalFeedStore(this.planted ? carelessHub(this.store, this.planted) : this.store, life);
    this.hubStore.onDeath = () => this.#hubDied();
    try {
      this.hub = await this.#createHub(life);
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
      life.isOver = true;
    }
  }

  #createHub(life: Life): Promise<Hub> {
    return createHub({
      world: this.#hubWorld(life),
      store: this.hubStore,
      sealer: this.#sealer,
      signer: testSigner(0),
      sealKey: new Uint8Array(32),
      unseal: (box) => Promise.resolve(this.lock.open(box)),
      commune: 'xa-mo-phong',
      report: (error) => {
        if (!(error instanceof Outage)) this.violations.push(`the Hub met a Fault: ${String(error)}`);
      },
    });
  }

  /** Packing a frame takes a while, and a commit may fall into it. */
  #hubWorld(life: Life): World {
    const world = mortalWorld(testWorld(this.timeline, this.#seed + this.#hubStarts * 7_919), life);
    const port = world.deflate;
    const deflate = (bytes: Uint8Array) => afterTurns(this.pick(4), () => port.deflate(bytes));
    return { ...world, deflate: { ...port, deflate } };
  }

  /** Ends the Hub's process now. */
  killHub(): void {
    this.#hubLife.isOver = true;
    this.#hubDied();
  }

  /** Puts an older backup back in the Hub's place. */
  async restore(backup: MemoryFeedStore): Promise<void> {
    if (this.isHubUp) this.killHub();
    for (const device of this.devices) await device.forgetWhatNobodyKeeps(this.store, backup);
    this.store = backup.copy();
    await this.startHub();
  }

  /** Returns a Dial for a device: its connections are tapped. */
  dialFor(device: SimDevice) {
    return this.network.dialTo(() => {
      if (this.#hubLife.isOver) return null;
      const { hub } = this;
      return (socket) => {
        const send = socket.send.bind(socket);
        return hub.accept(
          Object.assign(socket, {
            send: (frame: Uint8Array) => {
              // what a dead Hub still says reaches nobody, and the one in its place knows nothing of it
              if (hub === this.hub) this.violations.push(...tapDown(frame, device, this.counters));
              send(frame);
            },
          }),
        );
      };
    });
  }

  /** Ends a connection; counts what is lost with it. */
  cut(link: MemoryLink, how: 'cut' | 'halfOpen' | 'cutFar'): void {
    for (const frame of link.undelivered('down')) {
      const { verdicts, items } = carriedBy(frame);
      this.counters.add('lostVerdicts', verdicts);
      this.counters.add('lostFeeds', items);
    }
    link[how]();
  }

  /** Lets frames through until nothing is under way. */
  async flow(): Promise<void> {
    this.network.isFlowing = true;
    for (let isMoving = true; isMoving;) {
      isMoving = false;
      for (const link of this.network.links) {
        while (link.deliver('up')) isMoving = true;
        while (link.deliver('down')) isMoving = true;
      }
      await settle();
    }
  }

  /** Lets the network work for a while, so that what follows builds on what was. */
  async calm(): Promise<void> {
    for (const device of this.devices) if (device.isAlive) device.session.wake();
    await this.flow();
    await this.timeline.advance(2_000);
    this.network.isFlowing = false;
  }

  /** Heals everything: all processes up, all connected, until nothing waits any more. Says whether that was reached. */
  async heal(): Promise<boolean> {
    this.hubStore.deathAt = null;
    this.store.failNext = null;
    for (const link of this.network.links) if (link.isHalfOpen) this.cut(link, 'cut');
    await this.flow();
    for (let round = 0; round < 40; round += 1) {
      if (this.#hubLife.isOver) await this.startHub();
      for (const device of this.devices) {
        if (device.isGone) continue;
        if (!device.isAlive) await device.start();
        else device.session.wake();
      }
      await this.timeline.advance(HEALING_MS[Math.min(round >> 3, HEALING_MS.length - 1)] ?? 0);
      await this.rest();
      if (!this.#isAtRest) continue;
      // the last word of one is news to the others, a moment later
      await this.rest();
      if (this.#isAtRest) return true;
    }
    return false;
  }

  get #isAtRest(): boolean {
    return this.isHubUp && this.tablets.every((device) => device.isSettled);
  }

  /** Lets everything that takes turns, and no time, come to its end. */
  async rest(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      for (let i = 0; i < 10; i += 1) await settle();
      await this.timeline.advance(100);
    }
  }

  /** Returns the tablets that somebody still has. */
  get tablets(): readonly SimDevice[] {
    return this.devices.filter(({ isGone }) => !isGone);
  }

  /** Returns the link of a device, or null. */
  linkOf(device: SimDevice): MemoryLink | null {
    return this.network.links.find((link) => device.holds(link)) ?? null;
  }

  /** Returns a device that lives. */
  someDevice(): SimDevice | undefined {
    return this.oneOf(this.devices.filter((device) => device.isAlive));
  }

  /** Returns a device by its role. */
  deviceOf(role: Role): SimDevice {
    return must(
      this.devices.find((device) => device.role === role),
      `a ${role}`,
    );
  }

  #hubDied(): void {
    for (const link of this.network.links) this.cut(link, 'cut');
  }
}

async function afterTurns<T>(turns: number, act: () => Promise<T>): Promise<T> {
  for (let turn = 0; turn < turns; turn += 1) await settle();
  return act();
}
