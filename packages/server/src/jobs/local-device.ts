import { randomBytes } from 'node:crypto';
import { must } from '@chungtay/core/base/assert';
import type { World } from '@chungtay/core/base/world';
import { ClientSession } from '@chungtay/core/sync/client-session';
import type { Hub } from '@chungtay/core/sync/hub';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import type { Dial } from '@chungtay/core/sync/ports';
import { openReplica } from '@chungtay/core/sync/replica';
import type { Replica } from '@chungtay/core/sync/replica';
import type { Identity } from '@chungtay/core/sync/replica-core';
import { createSigner, sealKeyOf } from '../auth/keys.ts';

/** The public keys of a device about to be enrolled. */
export interface LocalKeys {
  readonly signKey: Uint8Array;
  readonly sealKey: Uint8Array;
}

/** A device of one run of the program, on the Hub's own machine: a replica in memory and a session, as any tablet's. */
export interface LocalDevice {
  readonly identity: Identity;
  readonly replica: Replica;
  /** Resolves once it is so, looking again at every change; rejects when the Hub will not talk to this device any more. */
  until(isSo: () => boolean): Promise<void>;
  /** Resolves once the Hub has judged everything written so far; rejects as `until` does. */
  settled(): Promise<void>;
  /** Leaves the network: what is written from now on waits. */
  leave(): void;
  /** Comes back and resolves once everything is judged and caught up; rejects as `until` does. */
  comeBack(): Promise<void>;
  /** Leaves for good. */
  close(): void;
}

const SEED_BYTES = 32;

/**
 * Enrols a device whose keys are never written down, and connects it. What it writes passes admission like everybody's; when the
 * program ends the keys are gone, and whoever opened it revokes it.
 */
export async function openLocalDevice(
  world: World,
  dial: Dial,
  enrol: (keys: LocalKeys) => Promise<Identity>,
  onHint: () => void = () => undefined,
): Promise<LocalDevice> {
  const signer = createSigner(randomBytes(SEED_BYTES));
  const identity = await enrol({ signKey: signer.publicKey, sealKey: sealKeyOf(randomBytes(SEED_BYTES)) });
  const replica = await openReplica({ world, store: new MemoryReplicaStore(), signer, identity });
  const { look, until: untilSo } = createWaiting();
  const session = new ClientSession({ world, dial, sync: replica.sync }, { onState: look, onHint });
  const stopLooking = replica.subscribe(look);
  const until = (isSo: () => boolean): Promise<void> =>
    untilSo(() => {
      const { state } = session;
      if (state.is === 'stopped') throw new Error(`the Hub refused the device: ${state.refusal}`);
      return isSo();
    });
  const isJudged = (): boolean => replica.sync.outboxAfter(0).length === 0;
  const comeBack = (): Promise<void> => {
    session.wake();
    return until(() => session.state.is === 'live' && session.state.isCaughtUp && isJudged());
  };
  await comeBack();
  return {
    identity,
    replica,
    until,
    settled: () => until(isJudged),
    leave: () => session.stop(),
    comeBack,
    close() {
      stopLooking();
      session.stop();
    },
  };
}

/** Returns how a device enrols with a code at a Hub of this process; a code that does not work is a Fault. */
export function enrolAt(hub: Pick<Hub, 'enrol'>, code: string): (keys: LocalKeys) => Promise<Identity> {
  return async (keys) => {
    const enrolled = await hub.enrol({ code, ...keys });
    const { hub: hubKeys, ...identity } = must(enrolled.ok ? enrolled.value : null, 'a device of this process');
    return { ...identity, hubKey: hubKeys.signKey };
  };
}

/** Those who wait for something to become so: everybody looks again at every change, and fails where looking throws. */
function createWaiting(): { readonly look: () => void; readonly until: (isSo: () => boolean) => Promise<void> } {
  const watchers = new Set<() => void>();
  const look = (): void => {
    for (const watcher of watchers) watcher();
  };
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const watcher = (): void => {
        try {
          if (!isSo()) return;
          resolve();
        } catch (error) {
          reject(error);
        }
        watchers.delete(watcher);
      };
      watchers.add(watcher);
      watcher();
    });
  return { look, until };
}
