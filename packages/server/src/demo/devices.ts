import { randomBytes } from 'node:crypto';
import { must } from '@chungtay/core/base/assert';
import type { World } from '@chungtay/core/base/world';
import type { DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import { ClientSession } from '@chungtay/core/sync/client-session';
import type { Hub } from '@chungtay/core/sync/hub';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import { openReplica } from '@chungtay/core/sync/replica';
import type { Replica } from '@chungtay/core/sync/replica';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { createSigner, sealKeyOf } from '../auth/keys.ts';
import { dialLocally } from '../ops/local-link.ts';

/** A tablet of the invented commune: enrolled and admitted as any other, gone when the seeding ends. */
export interface DemoDevice {
  readonly member: MemberNumber;
  readonly replica: Replica;
  /** Saves one group; a refusal is a Fault: the demo never asks for what it may not do. */
  write(edits: readonly DocumentEdit[]): Promise<void>;
  /** Resolves once the Hub has judged everything written so far. */
  settled(): Promise<void>;
  /** Resolves once the Hub has given this tablet the document. */
  sees(document: DocumentId): Promise<void>;
  /** Leaves the network: what is written from now on waits. */
  leave(): void;
  /** Comes back and resolves once everything is judged and caught up. */
  comeBack(): Promise<void>;
}

const SEED_BYTES = 32;

/** Enrols and connects a tablet for a person of the commune. */
export async function openDemoDevice(hub: Hub, world: World, code: string): Promise<DemoDevice> {
  const signer = createSigner(randomBytes(SEED_BYTES));
  const sealKey = sealKeyOf(randomBytes(SEED_BYTES));
  const enrolled = await hub.enrol({ code, signKey: signer.publicKey, sealKey });
  const { member, device, epoch, hub: keys } = must(enrolled.ok ? enrolled.value : null, 'a device for the demo');
  const identity = { member, device, epoch, hubKey: keys.signKey };
  const replica = await openReplica({ world, store: new MemoryReplicaStore(), signer, identity });
  const tablet = new DemoTablet(member, replica, hub, world);
  await tablet.comeBack();
  return tablet;
}

class DemoTablet implements DemoDevice {
  readonly member: MemberNumber;
  readonly replica: Replica;
  readonly #session: ClientSession;
  readonly #watchers = new Set<() => void>();

  constructor(member: MemberNumber, replica: Replica, hub: Hub, world: World) {
    this.member = member;
    this.replica = replica;
    const dial = dialLocally((socket) => hub.accept(socket));
    this.#session = new ClientSession({ world, dial, sync: replica.sync }, { onState: () => this.#look() });
    replica.subscribe(() => this.#look());
  }

  async write(edits: readonly DocumentEdit[]): Promise<void> {
    const saved = await this.replica.edit(edits);
    if (saved.ok) return;
    const { reason, fields } = saved.error;
    throw new Error(`the demo may not write ${kindsOf(edits)}: ${reason} ${fields.join(' ')}`);
  }

  settled(): Promise<void> {
    return this.#until(() => this.#isJudged());
  }

  sees(document: DocumentId): Promise<void> {
    return this.#until(() => this.replica.read(document) !== null);
  }

  leave(): void {
    this.#session.stop();
  }

  comeBack(): Promise<void> {
    this.#session.wake();
    return this.#until(() => {
      const { state } = this.#session;
      return state.is === 'live' && state.isCaughtUp && this.#isJudged();
    });
  }

  #isJudged(): boolean {
    return this.replica.sync.outboxAfter(0).length === 0;
  }

  #look(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watcher = (): void => {
        if (!isSo()) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
      watcher();
    });
  }
}

function kindsOf(edits: readonly DocumentEdit[]): string {
  return edits.map(({ document }: { readonly document: DocumentId }) => document.split('/')[1]).join(', ');
}
