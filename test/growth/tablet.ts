/** One tablet of the commune: the product's replica and session on a disk that outlives each start, and a meter on the line. */
import type { Signer, World } from '@chungtay/core/base/world';
import type { DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import { ClientSession } from '@chungtay/core/sync/client-session';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import type { Dial } from '@chungtay/core/sync/ports';
import { openReplica } from '@chungtay/core/sync/replica';
import type { Replica } from '@chungtay/core/sync/replica';
import type { Identity } from '@chungtay/core/sync/replica-core';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { Clockwork } from './clockwork.ts';

/** What went over the line: frames and their bytes, without what a network adds to each. */
export interface Traffic {
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly messages: number;
}

/** What a tablet is made of. */
export interface TabletParts {
  readonly name: string;
  readonly role: Role;
  readonly villages: readonly string[];
  readonly world: World;
  readonly signer: Signer;
  readonly identity: Identity;
  readonly dial: Dial;
  readonly clockwork: Clockwork;
}

const FOLD_BUDGET_MS = 30;

/** See the file's head. */
export class Tablet {
  readonly parts: TabletParts;
  store = new MemoryReplicaStore();
  replica!: Replica;
  /** Edits that this very tablet would not save, by reason. */
  readonly refused = new Map<string, number>();
  starts = 0;
  saved = 0;
  writtenBytes = 0;
  #session!: ClientSession;
  #traffic = { bytesUp: 0, bytesDown: 0, messages: 0 };

  constructor(parts: TabletParts) {
    this.parts = parts;
  }

  get member(): MemberNumber {
    return this.parts.identity.member;
  }

  /** Starts the program on what is on the disk: a fresh client id for whatever is written from now on. */
  async start(): Promise<void> {
    if (this.starts > 0) this.#session.stop();
    this.writtenBytes += this.store.writtenBytes;
    this.store = this.store.reopen();
    const { world, signer, identity } = this.parts;
    this.replica = await openReplica({ world, store: this.store, signer, identity });
    this.#session = new ClientSession({ world, dial: this.#metered, sync: this.replica.sync });
    this.starts += 1;
  }

  /** Says whether nothing is missing here and nothing made here waits; throws when the Hub will not talk to it any more. */
  get isSettled(): boolean {
    const { state } = this.#session;
    if (state.is === 'stopped') throw new Error(`${this.parts.name} was sent away: ${state.refusal}`);
    return state.is === 'live' && state.isCaughtUp && this.isJudged;
  }

  /** Says whether nothing made here waits for the Hub. */
  get isJudged(): boolean {
    return this.replica.sync.outboxAfter(0).length === 0;
  }

  /** Connects, and resolves once everything is here and everything made here is judged. */
  async meet(): Promise<void> {
    this.connect();
    await this.parts.clockwork.until(() => this.isSettled);
  }

  /** Begins to connect. */
  connect(): void {
    this.#session.wake();
  }

  /** Hangs up. */
  leave(): void {
    this.#session.stop();
  }

  /** Resolves once the Hub has judged everything written so far. */
  settled(): Promise<void> {
    return this.parts.clockwork.until(() => this.isSettled);
  }

  /** Saves one group; counts a refusal by its reason. Says whether it was saved. */
  async save(edits: readonly DocumentEdit[]): Promise<boolean> {
    const saved = await this.replica.edit(edits);
    if (saved.ok) {
      this.saved += edits.length;
      return true;
    }
    const { reason, fields } = saved.error;
    const why = `${this.parts.role} ${edits[0]?.document.split('/')[1] ?? ''} ${reason} ${fields.join(' ')}`;
    this.refused.set(why, (this.refused.get(why) ?? 0) + 1);
    return false;
  }

  /** As `save`; a refusal is a mistake of this program. */
  async write(edits: readonly DocumentEdit[]): Promise<void> {
    if (!(await this.save(edits))) throw new Error(`not saved: ${[...this.refused.keys()].join(', ')}`);
  }

  /** Says whether the tablet holds the document whole. */
  holds(document: DocumentId): boolean {
    return this.replica.read(document)?.access === 'whole';
  }

  /** What the program does when nobody types: folds the log when it is worth it. */
  async rest(): Promise<void> {
    while (this.replica.isFoldDue) await this.replica.fold(FOLD_BUDGET_MS);
  }

  /** Returns what went over the line since it was asked last. */
  takeTraffic(): Traffic {
    const traffic = this.#traffic;
    this.#traffic = { bytesUp: 0, bytesDown: 0, messages: 0 };
    return traffic;
  }

  readonly #metered: Dial = (events) => {
    const socket = this.parts.dial({
      onFrame: (frame) => {
        this.#traffic.bytesDown += frame.length;
        this.#traffic.messages += 1;
        events.onFrame(frame);
      },
      onClose: (code) => events.onClose(code),
    });
    return {
      send: (frame) => {
        this.#traffic.bytesUp += frame.length;
        this.#traffic.messages += 1;
        socket.send(frame);
      },
      get bufferedBytes() {
        return socket.bufferedBytes;
      },
      close: (code, reason) => socket.close(code, reason),
    };
  };
}
