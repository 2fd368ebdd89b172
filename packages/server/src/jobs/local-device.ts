import { randomBytes } from 'node:crypto';
import type { World } from '@chungtay/core/base/world';
import { ClientSession } from '@chungtay/core/sync/client-session';
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
  /** Resolves once the Hub has judged everything written so far; rejects when it will not talk to this device any more. */
  settled(): Promise<void>;
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
  const watchers = new Set<() => void>();
  const look = (): void => {
    for (const watcher of watchers) watcher();
  };
  const session = new ClientSession({ world, dial, sync: replica.sync }, { onState: look, onHint });
  const stopLooking = replica.subscribe(look);
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const watcher = (): void => {
        const { state } = session;
        if (state.is === 'stopped') reject(new Error(`the Hub refused the device: ${state.refusal}`));
        else if (isSo()) resolve();
        else return;
        watchers.delete(watcher);
      };
      watchers.add(watcher);
      watcher();
    });
  session.wake();
  await until(() => session.state.is === 'live' && session.state.isCaughtUp);
  return {
    identity,
    replica,
    settled: () => until(() => replica.counts().waiting === 0),
    close() {
      stopLooking();
      session.stop();
    },
  };
}
