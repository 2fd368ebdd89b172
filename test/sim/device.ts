/** One person's tablet in the simulation: a disk that stays, and a process that comes and goes. */
import { must } from '@chungtay/core/base/assert';
import { equalBytes } from '@chungtay/core/base/bytes';
import type { Signer, World } from '@chungtay/core/base/world';
import type { DeviceId, DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import type { Principal } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';
import { ClientSession } from '@chungtay/core/sync/client-session';
import type { Enrolled } from '@chungtay/core/sync/enrolment';
import { HubClock } from '@chungtay/core/sync/hub-clock';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import type { MemoryLink } from '@chungtay/core/sync/memory-socket';
import { parseOutboxRow } from '@chungtay/core/sync/outbox';
import type { Appointment } from '@chungtay/core/sync/people-writer';
import type { FeedStore } from '@chungtay/core/sync/ports';
import { openReplica, type Replica } from '@chungtay/core/sync/replica';
import type { DocumentEdit, Saved } from '@chungtay/core/sync/replica-edit';
import { nodeCrypto, settle } from '../fixtures/world.ts';
import type { Commune } from './commune.ts';
import { type Life, limitedStore, mortalWorld } from './mortal.ts';
import { carelessTablet } from './planted.ts';
import { as, hearingAs, type Release } from './releases.ts';

/** An edit that the tablet showed as saved. */
export interface SavedEdit {
  readonly n: number;
  /** Names the envelope: a number that a restored Hub has forgotten may be given again. */
  readonly id: string;
  readonly document: DocumentId;
}

/** What a tablet is made of. */
export interface DeviceParts {
  readonly name: string;
  readonly appointment: Appointment;
  readonly signer: Signer;
  readonly world: World;
  readonly enrolled: Enrolled;
  /** How far its clock is off from the start. */
  readonly skewMs: number;
}

/** See the file's head. */
export class SimDevice {
  readonly name: string;
  readonly role: Role;
  readonly id: DeviceId;
  readonly member: MemberNumber;
  readonly skewMs: number;
  saved: SavedEdit[] = [];
  /** Client ids by the start that used them. */
  readonly clients: Set<number>[] = [];
  appointment: Appointment;
  store = new MemoryReplicaStore();
  replica!: Replica;
  session!: ClientSession;
  lastSaved: Saved | null = null;
  release: Release = 'newer';
  /** Nobody has the tablet any more. */
  isGone = false;
  /** The Hub sent it away for good before all healed; a Hub restored since may believe it again, and has to say so to a person first. */
  isOut = false;
  /** Its person signed in on it after its storage was lost (P6). */
  isAnew = false;
  /** Its storage was copied, or is the copy: two tablets work under one key. */
  isCloned = false;
  /** Its storage takes nothing more. */
  isFull = false;
  /** How far its clock is off beside what it was from the start. */
  jumpMs = 0;
  /** Its clock or the Hub's has jumped since it started: what it knows of the difference is from before. */
  hasJumped = false;
  readonly #parts: DeviceParts;
  readonly #commune: Commune;
  readonly #links = new Set<MemoryLink>();
  #hubAheadMs = 0;
  #life: Life = { isOver: true, release: 'newer' };

  constructor(commune: Commune, parts: DeviceParts) {
    this.#commune = commune;
    this.#parts = parts;
    this.name = parts.name;
    this.role = parts.appointment.role;
    this.id = parts.enrolled.device;
    this.member = parts.enrolled.member;
    this.skewMs = parts.skewMs;
    this.appointment = parts.appointment;
  }

  /** Says whether its process runs. */
  get isAlive(): boolean {
    return !this.#life.isOver && !this.store.isDead;
  }

  /** Says whether it is in touch and has everything. */
  get isLive(): boolean {
    const { state } = this.session;
    return this.isAlive && state.is === 'live' && state.isCaughtUp && this.#commune.linkOf(this) !== null;
  }

  /** Says whether it is in touch, has everything, and nothing of it waits. Two tablets under one key take turns. */
  get isSettled(): boolean {
    // the Hub's last word to a device that was revoked or copied: it keeps what it has, and says so
    if (this.isStopped) return true;
    const isOnLine = this.isCloned ? this.#commune.tabletsOf(this.id).some(({ isLive }) => isLive) : this.isLive;
    return this.isAlive && isOnLine && this.replica.sync.outboxAfter(0).length === 0;
  }

  /** Says whether the Hub will not talk to it any more. */
  get isStopped(): boolean {
    return this.isAlive && this.session.state.is === 'stopped';
  }

  /** Returns how far its clock is off in all. */
  get clockOffMs(): number {
    return this.#commune.options.clockOffMs ? this.skewMs : this.skewMs + this.jumpMs;
  }

  /** Returns where it stands, for printing. */
  describe(): string {
    const { state } = this.session;
    const unsent = this.replica.sync.outboxAfter(0).map(({ n }) => n);
    return `${this.name} ${JSON.stringify({ alive: this.isAlive, state, ...this.replica.counts(), unsent })}`;
  }

  readonly hub = () => this.#commune.hub;

  /** Returns the person as the Hub has him. */
  readonly principal = (): Principal => {
    const row = this.#commune.hub.members().find(({ member }) => member === this.member);
    return row?.principal as Principal;
  };

  /** Returns the tablet whose storage is a copy of this one's. */
  cloned(world: World): SimDevice {
    const copy = new SimDevice(this.#commune, { ...this.#parts, name: `${this.name} (copy)`, world });
    copy.store = this.store.copy();
    copy.release = this.release;
    copy.jumpMs = this.jumpMs;
    this.isCloned = true;
    copy.isCloned = true;
    return copy;
  }

  /** Starts the process on what is on its disk. */
  async start(): Promise<void> {
    const life: Life = { isOver: false, release: this.release };
    this.#life = life;
    this.hasJumped = false;
    this.store = this.store.reopen();
    await as(life.release, () => this.#boot(life));
    this.clients.push(new Set());
    this.#watchClients();
    await this.#findSaved();
    this.wake();
    await settle();
  }

  async #boot(life: Life): Promise<void> {
    const { enrolled, signer, world: own } = this.#parts;
    const { hub, ...known } = enrolled;
    const { clockOffMs, planted } = this.#commune.options;
    const world = { ...mortalWorld(own, life), nowMs: () => own.nowMs() + (clockOffMs ? 0 : this.jumpMs) };
    const limited = limitedStore(this.store, () => this.isFull);
    const store = planted ? carelessTablet(limited, planted) : limited;
    const identity = { ...known, hubKey: hub.signKey };
    const seal = async (bytes: Uint8Array) => this.#commune.office.lock.seal(bytes);
    const clock = new HubClock(world);
    const hubNowMs = () => {
      clock.meet((this.#hubAheadMs = this.session?.facts.skewMs ?? this.#hubAheadMs));
      return clock.nowMs();
    };
    this.replica = await openReplica({ world, store, signer, identity, seal, hubNowMs });
    const dial = this.#commune.dialFor(this);
    this.session = new ClientSession({
      world,
      sync: this.replica.sync,
      dial: (events) => {
        const before = new Set(this.#commune.network.links);
        const socket = dial(hearingAs(life.release, events));
        for (const link of this.#commune.network.links) if (!before.has(link)) this.#links.add(link);
        return socket;
      },
    });
  }

  /** Asks the session to try now. */
  wake(): void {
    as(this.#life.release, () => this.session.wake());
  }

  /** Ends the process now. Its connections end for the Hub alone. */
  kill(): void {
    this.#life.isOver = true;
    this.store.kill();
    const link = this.#commune.linkOf(this);
    if (link) this.#commune.cut(link, 'cutFar');
  }

  /** Says whether the connection is of this device. */
  holds(link: MemoryLink): boolean {
    return this.#links.has(link);
  }

  /** Says whether this very envelope lies on its disk, to be handed in or kept. */
  keeps(body: Uint8Array): boolean {
    return this.store.allBytes().some((bytes) => equalBytes(bytes, body));
  }

  /** Asks for an edit and waits until it is saved, refused, or cannot be any more. */
  async edit(edits: readonly DocumentEdit[]): Promise<boolean> {
    const isSaved = await this.#note(() => this.replica.edit(edits));
    if (isSaved && this.isAlive) this.#findSuperseded(edits);
    return isSaved;
  }

  /** DOC-24: who writes over what he sees leaves one value, his own. */
  #findSuperseded(edits: readonly DocumentEdit[]): void {
    for (const { document, sets = [] } of edits) {
      const held = this.replica.read(document);
      for (const { name, code } of held?.access === 'whole' ? sets : []) {
        const path = code === undefined ? name : `${name}:${code}`;
        if (held?.access === 'whole' && (held.state.fields.get(path)?.length ?? 0) > 1)
          this.#commune.violations.push(`DOC-24 ${this.name} disagrees with himself about ${path} of ${document}`);
      }
    }
  }

  /**
   * The Hub is about to lose what came after `backup`. What of that this tablet does not hold either, since it was only handed in or is
   * closed to it, was on the Hub's disk alone.
   */
  async forgetWhatNobodyKeeps(store: FeedStore, backup: FeedStore): Promise<void> {
    const held = new Set([...this.store.keys('kept'), ...this.store.keys('outbox')].map(Number));
    const still: SavedEdit[] = [];
    for (const edit of this.saved) {
      const isLost = (await isStored(this.id, edit, store)) && !(await isStored(this.id, edit, backup));
      if (!isLost || held.has(edit.n)) still.push(edit);
      if (isLost && held.has(edit.n)) this.#commune.counters.add('forgottenByTheHub');
    }
    this.saved = still;
  }

  /** Undoes the last edit of this start. */
  async undo(): Promise<boolean> {
    const { lastSaved } = this;
    return lastSaved ? this.#note(() => this.replica.undo(lastSaved)) : false;
  }

  /** Writes everything of a quarantined envelope again. */
  async reapply(id: string, keys: readonly string[]): Promise<boolean> {
    return this.#note(() => this.replica.reapply(id, keys));
  }

  /** P1: what was shown as saved is on the disk that the process starts from, unless it was answered. */
  async #findSaved(): Promise<void> {
    const waiting = new Set(this.replica.sync.outboxAfter(0).map(({ id }) => id));
    const fallen = new Set(this.replica.quarantine().map(({ id }) => id));
    const filed = new Set(this.replica.filed().map(({ document }) => document));
    const kept = new Set(this.store.keys('kept').map(Number));
    for (const edit of this.saved) {
      const isHere = waiting.has(edit.id) || fallen.has(edit.id) || filed.has(edit.document) || kept.has(edit.n);
      if (!isHere && !(await isStored(this.id, edit, this.#commune.store)))
        this.#commune.violations.push(`P1 ${this.name} started without ${edit.n}, which it had shown as saved`);
    }
  }

  async #note(ask: () => ReturnType<Replica['edit']>): Promise<boolean> {
    let isSaved = false;
    as(this.#life.release, ask).then(
      (outcome) => {
        if (!outcome.ok) return undefined;
        isSaved = true;
        this.lastSaved = outcome.value;
        const rows = this.replica.sync.outboxAfter(0);
        for (const { n, document } of outcome.value.documents)
          this.saved.push({ n, document, id: must(rows.find((row) => row.n === n)?.id, 'the row of an edit') });
        return undefined;
      },
      () => undefined,
    );
    await settle();
    if (!this.isAlive) this.kill();
    return isSaved;
  }

  #watchClients(): void {
    const used = this.clients.at(-1) as Set<number>;
    const first = this.replica.sync.outboxAfter(0).at(-1)?.n ?? this.replica.sync.position.lastN;
    this.replica.subscribe(() => {
      for (const row of this.replica.sync.outboxAfter(first)) used.add(row.signed.envelope.client);
    });
  }
}

/** Says whether the store holds this very envelope of the device. */
export async function isStored(device: DeviceId, { n, id }: SavedEdit, store: FeedStore): Promise<boolean> {
  const entry = await store.readStored(device, n);
  return entry !== null && parseOutboxRow(entry.body, nodeCrypto)?.id === id;
}
