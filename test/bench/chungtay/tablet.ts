/** An enrolled device: the replica and the session of core, over a real socket. */
import { createHash, randomInt } from 'node:crypto';
import type { World } from '@chungtay/core/base/world';
import { rowOf, type Row } from '@chungtay/core/derive/rows';
import { ClientSession } from '@chungtay/core/sync/client-session';
import type { ReplicaStore } from '@chungtay/core/sync/ports';
import { openReplica, type Replica } from '@chungtay/core/sync/replica';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';
import { createNodeWorld } from '@chungtay/server/ops/world';
import { dialHub } from '../../fixtures/dial.ts';
import { type EnrolledAtDoor, enrolAtDoor } from '../../fixtures/enrol.ts';
import { testSigner } from '../../fixtures/world.ts';

/** See the file's head. */
export interface Tablet {
  readonly replica: Replica<Row>;
  /** Dials; resolves when nothing is missing here and nothing made here waits. Rejects when the Hub does not take it. */
  readonly meet: (port: number) => Promise<void>;
  /** Hangs up. */
  readonly leave: () => void;
}

/** Enrols a new device with an invitation. */
export async function enrolTablet(port: number, code: string, store: ReplicaStore): Promise<Tablet> {
  const world = createNodeWorld();
  const signer = testSigner(randomInt(2 ** 47));
  const { identity } = await enrol(port, code, signer.publicKey);
  const replica = await openReplica<Row>({ world, store, signer, identity, rowOf: rowOfHeld });
  return tabletOf(replica, world);
}

function tabletOf(replica: Replica<Row>, world: World): Tablet {
  let session: ClientSession | null = null;
  return {
    replica,
    meet: (port) =>
      new Promise((resolve, reject) => {
        session?.stop();
        const look = () => {
          const state = now.state;
          if (state.is === 'stopped') reject(new Error(`the Hub refuses: ${state.refusal}`));
          else if (state.is === 'waiting') reject(new Error(`the session was lost: ${state.reason}`));
          else if (state.is === 'live' && state.isCaughtUp && replica.counts().waiting === 0) resolve();
        };
        const now = new ClientSession({ world, dial: dialHub(() => port), sync: replica.sync }, { onState: look });
        session = now;
        replica.subscribe(look);
        now.wake();
      }),
    leave: () => session?.stop(),
  };
}

/** Has the Hub make a device of a code and a key. */
export function enrol(port: number, code: string, signKey: Uint8Array): Promise<EnrolledAtDoor> {
  // any 32 bytes do for a device to which nothing will be sealed
  const sealKey = createHash('sha256').update(signKey).digest();
  return enrolAtDoor(port, { code, signKey, sealKey });
}

function rowOfHeld(held: HeldDocument): Row | null {
  if (held.access !== 'whole') return null;
  const { document, folder, owner, number, atMs } = held;
  return rowOf(held.kind, held.state, { document, folder, owner, number, atMs, firstReceipt: null, isWaiting: false });
}
