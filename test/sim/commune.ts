/** A whole commune in one process under one seed: the production code of both halves, with only time, network and disks made up. */
import { must } from '@chungtay/core/base/assert';
import type { DeviceId } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import type { Hub } from '@chungtay/core/sync/hub';
import type { MemoryFeedStore } from '@chungtay/core/sync/memory-feed-store';
import { type MemoryLink, MemoryNetwork } from '@chungtay/core/sync/memory-socket';
import type { Appointment } from '@chungtay/core/sync/people-writer';
import { seededRandom, settle, testSigner, testWorld, Timeline } from '../fixtures/world.ts';
import { Counters } from './counters.ts';
import { SimDevice } from './device.ts';
import { HostileMember } from './hostile.ts';
import { HubProcess } from './hub-process.ts';
import { Memory } from './memory.ts';
import { HOSTILE, PEOPLE, type Person, PROVINCE } from './people.ts';
import type { Planted } from './planting.ts';
import { hearingAs, OLDER_PROTOCOL } from './releases.ts';
import { capped, carriedBy, tapDown } from './wiretap.ts';

/** How a commune is made. */
export interface CommuneOptions {
  readonly planted?: Planted | null;
  /** Replaces how far each tablet's clock is off, jumps included, and makes the Hub pack at once: for comparing two runs. */
  readonly clockOffMs?: ((person: number) => number) | null;
}

/** See the file's head. */
export class Commune {
  readonly timeline = new Timeline();
  readonly network = new MemoryNetwork();
  readonly counters = new Counters();
  readonly memory = new Memory();
  /** What the office copied last, or null. */
  backup: MemoryFeedStore | null = null;
  readonly devices: SimDevice[] = [];
  hostile: HostileMember | null = null;
  /** What was found to be wrong while it ran, each beginning with the id of the rule. */
  readonly violations: string[] = [];
  readonly options: CommuneOptions;
  readonly office: HubProcess;
  readonly #seed: number;
  #tokens = 0;
  #signers = 0;
  #random: () => number;

  constructor(seed: number, options: CommuneOptions = {}) {
    this.#seed = seed;
    this.options = options;
    this.#random = seededRandom(seed);
    this.office = new HubProcess({
      timeline: this.timeline,
      seed,
      planted: options.planted ?? null,
      turns: () => (options.clockOffMs ? 0 : this.pick(4)),
      found: (violation) => void this.violations.push(violation),
      died: () => this.#hubDied(),
    });
  }

  /** The Hub of now. */
  get hub(): Hub {
    return this.office.hub;
  }

  /** The Hub's disk of now. */
  get store(): MemoryFeedStore {
    return this.office.store;
  }

  /** Says whether the Hub runs. */
  get isHubUp(): boolean {
    return this.office.isUp;
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

  /** Founds the commune: Hub, people, devices, all of them once in touch. */
  async found(size: number): Promise<void> {
    this.office.release = this.random() < 0.45 ? 'older' : 'newer';
    await this.office.start();
    for (const [i, one] of PEOPLE.slice(0, size).entries()) await this.#enrolPerson(one, i);
    await this.#enrolPerson(PROVINCE, PEOPLE.length);
    this.hostile = new HostileMember(this, await this.#enrol(await this.hub.invite(appointmentOf(HOSTILE))));
    for (const device of this.devices) await device.start();
    await this.timeline.advance(1_000);
    this.network.isFlowing = false;
  }

  /** Gives somebody whose storage is gone a new device, on a tablet with the same clock; null when the Hub refuses. */
  async enrolAgain(lost: SimDevice): Promise<SimDevice | null> {
    const invited = await this.hub.inviteAgain(lost.member);
    if (!invited.ok) return null;
    const enrolled = await this.#enrol(invited.value).catch(() => null);
    if (!enrolled) return null;
    const { name, appointment, jumpMs } = lost;
    const world = testWorld(this.timeline, this.#seed * 100 + 50 + this.#signers, lost.skewMs);
    const device = new SimDevice(this, { name: `${name} anew`, appointment, ...enrolled, world, skewMs: lost.skewMs });
    device.jumpMs = jumpMs;
    device.isAnew = true;
    this.devices.push(device);
    await device.start();
    return device;
  }

  /** Makes a tablet whose storage is a copy of another's. */
  async clone(device: SimDevice): Promise<void> {
    const world = testWorld(this.timeline, this.#seed * 100 + 80 + this.#signers, device.skewMs);
    const copy = device.cloned(world);
    this.devices.push(copy);
    await copy.start();
  }

  async #enrolPerson(one: Person, i: number): Promise<void> {
    const skewMs = this.options.clockOffMs?.(i) ?? one.skewMs;
    const enrolled = await this.#enrol(await this.hub.invite(appointmentOf(one)));
    const world = testWorld(this.timeline, this.#seed * 100 + i, skewMs);
    const parts = { name: one.name, appointment: appointmentOf(one), ...enrolled, world, skewMs };
    const device = new SimDevice(this, parts);
    device.release = this.random() < 0.35 ? 'older' : 'newer';
    this.devices.push(device);
  }

  async #enrol({ code }: { readonly code: string }) {
    this.#signers += 1;
    const signer = testSigner(this.#seed * 100 + this.#signers);
    const enrolled = await this.hub.enrol({ code, signKey: signer.publicKey, sealKey: new Uint8Array(32) });
    if (!enrolled.ok) throw new Error(enrolled.error);
    return { signer, enrolled: enrolled.value };
  }

  /** Puts an older backup back in the Hub's place. */
  async restore(backup: MemoryFeedStore): Promise<void> {
    if (this.isHubUp) this.office.kill();
    await this.memory.restored(this.store, backup, this.devices);
    for (const device of this.devices) await device.forgetWhatNobodyKeeps(this.store, backup);
    this.office.store = backup.copy();
    await this.office.start();
  }

  /** Returns a Dial for a device: its connections are tapped. */
  dialFor(device: SimDevice) {
    return this.network.dialTo(() => {
      if (!this.isHubUp) return null;
      const { hub } = this;
      const { release } = this.office;
      const isOld = release === 'older' || device.release === 'older';
      return (socket) => {
        const send = socket.send.bind(socket);
        const tapped = (frame: Uint8Array): void => {
          // what a dead Hub still says reaches nobody, and the one in its place knows nothing of it
          if (hub === this.hub) this.#tap(frame, device);
          send(isOld ? capped(frame, OLDER_PROTOCOL) : frame);
        };
        return hearingAs(release, hub.accept(Object.assign(socket, { send: tapped })));
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
        if (link.isLingering) this.cut(link, 'cut');
      }
      await settle();
    }
  }

  /** Lets the network work for a while, so that what follows builds on what was. */
  async calm(): Promise<void> {
    for (const device of this.devices) if (device.isAlive) device.wake();
    await this.flow();
    await this.timeline.advance(2_000);
    this.network.isFlowing = false;
  }

  /** Returns the tablets that somebody still has. */
  get tablets(): readonly SimDevice[] {
    return this.devices.filter(({ isGone }) => !isGone);
  }

  /** Returns the link of a device, or null. */
  linkOf(device: SimDevice): MemoryLink | null {
    return this.network.links.find((link) => !link.isLingering && device.holds(link)) ?? null;
  }

  /** Returns a device that lives. */
  someDevice(): SimDevice | undefined {
    return this.oneOf(this.devices.filter((device) => device.isAlive));
  }

  /** Returns a device by its role: somebody's newest. */
  deviceOf(role: Role): SimDevice {
    return must(
      this.devices.findLast((device) => device.role === role && !device.isGone) ??
        this.devices.find((device) => device.role === role),
      `a ${role}`,
    );
  }

  /** Returns every tablet that works under one device key: one, or two when it was cloned. */
  tabletsOf(id: DeviceId): readonly SimDevice[] {
    return this.devices.filter((device) => device.id === id);
  }

  #tap(frame: Uint8Array, device: SimDevice): void {
    this.violations.push(...tapDown(frame, device, this.counters));
    for (const n of carriedBy(frame).stored) void this.#promised(device, n);
  }

  /** P2: what is said to be stored is on the disk at that moment. */
  async #promised(device: SimDevice, n: number): Promise<void> {
    const { store } = this;
    this.counters.add('answeredStored');
    const entry = await store.readStored(device.id, n);
    // a filer is told that it is stored, though it was held
    if (!entry && !(await store.readJudged(device.id, n)))
      this.violations.push(`P2 ${device.name} was told that ${n} is stored before it was`);
    else if (entry && store === this.store) this.memory.promised(device.id, entry);
  }

  #hubDied(): void {
    for (const link of this.network.links) this.cut(link, 'cut');
  }
}

function appointmentOf({ name, role, villages, schools }: Person): Appointment {
  return { name, role, villages, schools, namedFor: role === 'lead' ? ['sealed'] : [], untilMs: null };
}
