/** One person's tablet in the simulation: a disk that stays, and a process that comes and goes. */
import { must } from '@chungtay/core/base/assert';
import type { Signer, World } from '@chungtay/core/base/world';
import type { DeviceId, DocumentId } from '@chungtay/core/model/ids';
import type { Principal } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';
import { ClientSession } from '@chungtay/core/sync/client-session';
import type { Appointment, Enrolled } from '@chungtay/core/sync/enrolment';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import type { MemoryLink } from '@chungtay/core/sync/memory-socket';
import { parseOutboxRow } from '@chungtay/core/sync/outbox';
import type { FeedStore } from '@chungtay/core/sync/ports';
import { openReplica, type Replica } from '@chungtay/core/sync/replica';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { Saved } from '@chungtay/core/sync/replica-edit';
import { nodeCrypto, settle } from '../fixtures/world.ts';
import type { Commune } from './commune.ts';
import { type Life, mortalWorld } from './mortal.ts';
import { carelessTablet } from './planted.ts';

/** An edit that the tablet showed as saved. */
export interface SavedEdit {
  readonly n: number;
  /** Names the envelope: a number that a restored Hub has forgotten may be given again. */
  readonly id: string;
  readonly document: DocumentId;
}

interface DeviceParts {
  readonly name: string;
  readonly appointment: Appointment;
  readonly signer: Signer;
  readonly world: World;
  readonly enrolled: Enrolled;
}

/** See the file's head. */
export class SimDevice {
  readonly name: string;
  readonly role: Role;
  readonly id: DeviceId;
  saved: SavedEdit[] = [];
  /** Client ids by the start that used them. */
  readonly clients: Set<number>[] = [];
  appointment: Appointment;
  store = new MemoryReplicaStore();
  replica!: Replica;
  session!: ClientSession;
  lastSaved: Saved | null = null;
  /** Nobody has the tablet any more. */
  isGone = false;
  /** The Hub sent it away for good before all healed; a Hub restored since may believe it again, and has to say so to a person first. */
  isOut = false;
  /** How far its clock is off beside what it was from the start. */
  jumpMs = 0;
  readonly #parts: DeviceParts;
  readonly #commune: Commune;
  readonly #links = new Set<MemoryLink>();
  #life: Life = { isOver: true };

  constructor(commune: Commune, parts: DeviceParts) {
    this.#commune = commune;
    this.#parts = parts;
    this.name = parts.name;
    this.role = parts.appointment.role;
    this.id = parts.enrolled.device;
    this.appointment = parts.appointment;
  }

  /** Says whether its process runs. */
  get isAlive(): boolean {
    return !this.#life.isOver && !this.store.isDead;
  }

  /** Says whether it is in touch, has everything, and nothing of it waits. */
  get isSettled(): boolean {
    const { state } = this.session;
    // the Hub's last word to a device that was revoked: it keeps what it has, and says so
    if (this.isStopped) return true;
    const isLive = this.isAlive && state.is === 'live' && state.isCaughtUp;
    return isLive && this.#commune.linkOf(this) !== null && this.replica.sync.outboxAfter(0).length === 0;
  }

  /** Says whether the Hub will not talk to it any more. */
  get isStopped(): boolean {
    return this.isAlive && this.session.state.is === 'stopped';
  }

  /** Returns where it stands, for printing. */
  describe(): string {
    const { state } = this.session;
    const { waiting, quarantined } = this.replica.counts();
    const unsent = this.replica.sync.outboxAfter(0).map(({ n }) => n);
    return `${this.name} ${JSON.stringify({ alive: this.isAlive, state, waiting, quarantined, unsent })}`;
  }

  readonly hub = () => this.#commune.hub;

  /** Returns the person as the Hub has him. */
  readonly principal = (): Principal => {
    const row = this.#commune.hub.members().find(({ member }) => member === this.#parts.enrolled.member);
    return row?.principal as Principal;
  };

  /** Starts the process on what is on its disk. */
  async start(): Promise<void> {
    const life = { isOver: false };
    this.#life = life;
    this.store = this.store.reopen();
    const { enrolled, signer } = this.#parts;
    const { device, member, epoch, hub } = enrolled;
    const { world: own } = this.#parts;
    const world = { ...mortalWorld(own, life), nowMs: () => own.nowMs() + this.jumpMs };
    const { planted } = this.#commune;
    const store = planted ? carelessTablet(this.store, planted) : this.store;
    const identity = { member, device, epoch, hubKey: hub.signKey };
    const seal = (bytes: Uint8Array) => Promise.resolve(this.#commune.lock.seal(bytes));
    this.replica = await openReplica({ world, store, signer, identity, seal });
    const dial = this.#commune.dialFor(this);
    this.session = new ClientSession({
      world,
      sync: this.replica.sync,
      dial: (events) => {
        const before = new Set(this.#commune.network.links);
        const socket = dial(events);
        for (const link of this.#commune.network.links) if (!before.has(link)) this.#links.add(link);
        return socket;
      },
    });
    this.clients.push(new Set());
    this.#watchClients();
    this.session.wake();
    await settle();
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

  /** Asks for an edit and waits until it is saved, refused, or cannot be any more. */
  async edit(edits: readonly DocumentEdit[]): Promise<boolean> {
    return this.#note(this.replica.edit(edits));
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
      if (isLost && !held.has(edit.n)) this.#commune.counters.add('onlyAtTheHub');
      else still.push(edit);
      if (isLost && held.has(edit.n)) this.#commune.counters.add('forgottenByTheHub');
    }
    this.saved = still;
  }

  /** Undoes the last edit of this start. */
  async undo(): Promise<boolean> {
    return this.lastSaved ? this.#note(this.replica.undo(this.lastSaved)) : false;
  }

  /** Writes everything of a quarantined envelope again. */
  async reapply(id: string, keys: readonly string[]): Promise<boolean> {
    return this.#note(this.replica.reapply(id, keys));
  }

  async #note(asked: ReturnType<Replica['edit']>): Promise<boolean> {
    let isSaved = false;
    asked.then(
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
