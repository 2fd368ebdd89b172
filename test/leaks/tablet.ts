/** A device under watch: core's replica and session over a real socket, whose every byte is kept. */
import { createHash } from 'node:crypto';
import type { World } from '@chungtay/core/base/world';
import type { DocumentId } from '@chungtay/core/model/ids';
import { ClientSession } from '@chungtay/core/sync/client-session';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import { type Replica, openReplica } from '@chungtay/core/sync/replica';
import type { Identity } from '@chungtay/core/sync/replica-core';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { HistoryPart } from '@chungtay/core/wire/frames';
import { sealTo } from '../../packages/client/src/platform/seal-to-hub.ts';
import { dialHub } from '../fixtures/dial.ts';
import { enrolAtDoor } from '../fixtures/enrol.ts';
import { testSigner } from '../fixtures/world.ts';
import type { Who } from './cast.ts';
import { type RecordingRelay, openRelay } from './recording-relay.ts';

/** See the file's head. */
export class Tablet {
  readonly who: Who;
  readonly identity: Identity;
  readonly replica: Replica;
  readonly store: MemoryReplicaStore;
  readonly relay: RecordingRelay;
  readonly #session: ClientSession;
  readonly #watchers = new Set<() => void>();

  private constructor(parts: {
    who: Who;
    identity: Identity;
    replica: Replica;
    store: MemoryReplicaStore;
    relay: RecordingRelay;
    world: World;
  }) {
    this.who = parts.who;
    this.identity = parts.identity;
    this.replica = parts.replica;
    this.store = parts.store;
    this.relay = parts.relay;
    const look = (): void => {
      for (const watcher of this.#watchers) watcher();
    };
    const { world } = parts;
    const dial = dialHub(() => parts.relay.port);
    this.#session = new ClientSession({ world, dial, sync: parts.replica.sync }, { onState: look });
    this.replica.subscribe(look);
  }

  /** Enrols a device of this person, whose keys come from `seed`. */
  static async enrol(who: Who, code: string, seed: number, hubPort: () => number, world: World): Promise<Tablet> {
    const relay = await openRelay(hubPort);
    const signer = testSigner(seed);
    const keys = { signKey: signer.publicKey, sealKey: sealKeyOf(seed) };
    const { identity, hubSealKey } = await enrolAtDoor(relay.port, { code, ...keys });
    const store = new MemoryReplicaStore();
    const seal = sealTo(hubSealKey);
    const replica = await openReplica({ world, store, signer, identity, seal });
    return new Tablet({ who, identity, replica, store, relay, world });
  }

  /** Connects; resolves when nothing is missing here and nothing of it waits. */
  async meet(): Promise<void> {
    this.#session.stop();
    this.#session.wake();
    await this.until(() => {
      const { state } = this.#session;
      return state.is === 'live' && state.isCaughtUp && this.replica.sync.outboxAfter(0).length === 0;
    }, 'caught up');
  }

  /** Connects; resolves when the Hub has sent it away for ever. */
  async isTurnedAway(): Promise<string> {
    this.#session.wake();
    await this.until(() => this.#session.state.is === 'stopped', 'turned away');
    const { state } = this.#session;
    return state.is === 'stopped' ? state.refusal : '';
  }

  /** Leaves the network: what is written from now on waits. */
  leave(): void {
    this.#session.stop();
  }

  /** Saves one group. Throws when the device will not. */
  async write(edits: readonly DocumentEdit[]): Promise<void> {
    const saved = await this.replica.edit(edits);
    if (saved.ok) return;
    const { reason, document, fields } = saved.error;
    throw new Error(`${this.who} may not write ${document ?? ''}: ${reason} ${fields.join(' ')}`);
  }

  /** Asks which agencies hold these documents. */
  askReceipts(documents: readonly DocumentId[]): void {
    this.#session.askReceipts(documents);
  }

  /** Asks what became of a document; says what the Hub answered: a part of its past, or null. Throws when no answer comes. */
  async pastOf(document: DocumentId): Promise<HistoryPart | null> {
    const answer = await this.#session.askHistory(document, new Uint8Array(0));
    if (!answer || answer.isTooFast) throw new Error(`${this.who} is not answered about the past of ${document}`);
    return answer.part;
  }

  /** Resolves once the Hub has judged everything written so far. */
  settled(): Promise<void> {
    return this.until(() => this.replica.sync.outboxAfter(0).length === 0, 'settled');
  }

  /** Resolves once `isSo`; rejects with what was waited for when it never comes. */
  until(isSo: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
      };
      const watcher = (): void => {
        if (!isSo()) return;
        end();
        resolve();
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`${this.who} waits for ever: ${what}, ${JSON.stringify(this.#session.state)}`));
      }, 15_000);
      this.#watchers.add(watcher);
      watcher();
    });
  }

  /** Switches it off for good. */
  async close(): Promise<void> {
    this.#session.stop();
    await this.relay.close();
  }
}

function sealKeyOf(seed: number): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`seal ${seed}`).digest());
}
