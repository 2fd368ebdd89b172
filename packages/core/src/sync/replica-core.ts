/** The one way anything changes in a replica: planned on memory as it is, committed, and only then followed and told. Rules OUT-1, REP-3. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { PublicKey, Signer, World } from '../base/world.ts';
import type { DocState } from '../doc/state.ts';
import type { DeviceId, DocumentId, MemberNumber } from '../model/ids.ts';
import { Serial } from './device-serial.ts';
import type { ReplicaStore, ReplicaWrite } from './ports.ts';
import { type Change, writesOf } from './replica-change.ts';
import { loadKept } from './replica-load.ts';
import type { ReplicaMemory } from './replica-memory.ts';
import type { SealToHub } from './sealed-row.ts';

/** Who this device is, from its enrolment. */
export interface Identity {
  readonly member: MemberNumber;
  readonly device: DeviceId;
  /** The Hub's Ed25519 key: whoever speaks with another is not our Hub. */
  readonly hubKey: PublicKey;
  /** The Hub's epoch at enrolment; a later one means that it was restored from a backup. */
  readonly epoch: number;
  /** What makes the Hub know this device again, should it be put back to a time before the enrolment; only it can read it. Empty where it gave none. */
  readonly passport: Uint8Array;
}

/** Called after a commit with the documents that look different now, none when only counts or meta changed, and with those of their states that were read on the way. */
export type ReplicaListener = (changed: ReadonlySet<DocumentId>, states: ReadonlyMap<DocumentId, DocState>) => void;

/** What a replica is made of. */
export interface ReplicaParts {
  readonly world: World;
  readonly store: ReplicaStore;
  readonly signer: Signer;
  readonly identity: Identity;
  /** Without it nothing is kept of what this person may not read back. */
  readonly seal?: SealToHub;
  /** Says of which documents this tablet may keep nothing that it could read: its lease has ended. Their work is sealed to the Hub at once. */
  readonly sealsOnly?: (document: DocumentId) => boolean;
}

/** A planned change, with the states it leads to where they are known already. */
export interface Planned {
  readonly change: Change;
  readonly states?: ReadonlyMap<DocumentId, DocState>;
}

/** Memory, store and listeners of one replica; changes one at a time. */
export class ReplicaCore {
  readonly memory: ReplicaMemory;
  readonly parts: ReplicaParts;
  readonly #serial = new Serial();
  readonly #listeners = new Set<ReplicaListener>();
  #keptKnown: Promise<void> | null = null;

  constructor(memory: ReplicaMemory, parts: ReplicaParts) {
    this.memory = memory;
    this.parts = parts;
  }

  /** Tells `listener` of every change from now on; returns a function that ends it. */
  subscribe(listener: ReplicaListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves once what is kept for a restored Hub is known, read the first time: whatever changes it waits for that. Rejects with an Outage. */
  knowKept(): Promise<void> {
    this.#keptKnown ??= loadKept(this.memory, this.parts.store).catch((error: unknown) => {
      this.#keptKnown = null;
      throw error;
    });
    return this.#keptKnown;
  }

  /** Runs `task` when every earlier one has ended. */
  run<T>(task: () => Promise<T>): Promise<T> {
    return this.#serial.run(task);
  }

  /** Plans and commits one change. Rejects with an Outage, after which nothing has changed. */
  change<E>(plan: () => Result<Change | null, E>): Promise<Result<void, E>> {
    return this.plan(() => {
      const change = plan();
      return change.ok ? ok(change.value && { change: change.value }) : change;
    });
  }

  /** As `change`, for plans that know states too. */
  plan<E>(plan: () => Result<Planned | null, E>): Promise<Result<void, E>> {
    return this.run(async () => {
      const planned = plan();
      if (!planned.ok) return err(planned.error);
      if (planned.value) await this.commit(planned.value);
      return ok(undefined);
    });
  }

  /** Commits what was planned inside `run`, then follows and tells. */
  async commit({ change, states = new Map() }: Planned): Promise<void> {
    const logKeys = this.memory.nextLogKeys();
    const writes = writesOf(change, logKeys);
    if (writes.length > 0) await this.parts.store.commit(writes);
    const changed = this.memory.follow(change, logKeys);
    this.memory.holdings.keep(states);
    if (writes.length > 0) for (const listener of this.#listeners) listener(changed, states);
  }

  /** Commits writes that change nothing anybody sees, inside `run`. */
  async commitQuietly(writes: readonly ReplicaWrite[]): Promise<void> {
    await this.parts.store.commit(writes);
  }
}
