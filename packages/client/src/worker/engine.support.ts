/** A tablet's engine in a test: the real replica, vault and door; only the page, the tab lock and the network are not there. */
import type { World } from '@chungtay/core/base/world';
import { makeUlid } from '@chungtay/core/model/ids';
import type { Principal } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import type { Dial, ReplicaArea } from '@chungtay/core/sync/ports';
import { closeCodeOf } from '@chungtay/core/wire/refusal';
import { makeDeviceKeys } from '../platform/device-keys.ts';
import { createVault } from '../platform/idb-vault.ts';
import { emptyDisk } from '../platform/indexed-db.support.ts';
import { STRETCH_FLOOR } from '../platform/passphrase-key.ts';
import { tabletRegistry } from '../platform/tablet-registry.ts';
import { browserWorld } from '../platform/world.ts';
import type { Opened } from './door.ts';
import type { EngineEvent } from './engine-views.ts';
import { identityFor } from './identity.support.ts';
import { encodeIdentity } from './identity.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { openWorkplace } from './open-workplace.ts';
import type { Workplace } from './workplace.ts';

/** A passphrase that is strong enough. */
export const PHRASE = 'trâu vàng thuyền nhỏ đèn ấm núi xanh';
/** A quick PIN. */
export const PIN = '482915';

/** The browser's World with a clock that a test moves. */
export function worldAt(start: { nowMs: number }): World {
  return { ...browserWorld(), nowMs: () => start.nowMs };
}

/** Takes up leases that no Hub ever renews. */
export function hublessLease(world: World): (opened: Opened) => Promise<LeaseKeeper> {
  const ask = () => Promise.resolve({ is: 'offline' } as const);
  return ({ vault, identity }) =>
    LeaseKeeper.open({ vault, identity, world, monotonicMs: () => performance.now(), ask });
}

/** No Hub far and wide. */
export const nowhere: Dial = (events) => {
  queueMicrotask(() => events.onClose(1006));
  return { send: () => undefined, bufferedBytes: 0, close: () => undefined };
};

/** A Hub that sends everybody away as dismissed. */
export const dismissing: Dial = (events) => {
  queueMicrotask(() => events.onClose(closeCodeOf('device-revoked')));
  return { send: () => undefined, bufferedBytes: 0, close: () => undefined };
};

/** Enrols a person on this tablet as `Door.enrol` does, but for the Hub. */
export async function settlePerson(world: World, vaultName: string, identity = identityFor('lead')): Promise<void> {
  const vault = await createVault(vaultName, PHRASE, STRETCH_FLOOR, () => undefined, world.nowMs());
  const salt = world.randomBytes(16);
  const pin = new Uint8Array([
    ...salt,
    ...world.crypto.sha256(new Uint8Array([...salt, ...new TextEncoder().encode(PIN)])),
  ]);
  await vault.commit([
    { area: 'meta', key: 'door/identity', bytes: encodeIdentity(identity, await makeDeviceKeys()) },
    { area: 'meta', key: 'door/pin', bytes: pin },
  ]);
  vault.close();
  const { role } = identity.principal;
  const registry = tabletRegistry();
  await registry.put({ vault: vaultName, name: identity.name, role, waiting: 0, wrongTries: 0, blockedUntilMs: 0 });
}

/** A world that waits a hundred times shorter. */
export function hasty(world: World): World {
  return { ...world, after: (delayMs, wake) => world.after(delayMs / 100, wake) };
}

/** What of a workplace may be otherwise. */
export interface WorkplaceOptions {
  readonly namedFor?: Principal['namedFor'];
  readonly tell?: (event: EngineEvent) => void;
  readonly world?: World;
}

/** Returns a workplace over a store in memory, far from any Hub; it waits for the disk a hundred times shorter. */
export async function workplaceOf(
  role: Role,
  store = new MemoryReplicaStore(),
  { namedFor = [], tell = () => undefined, world = hasty(browserWorld()) }: WorkplaceOptions = {},
): Promise<Workplace> {
  const keys = await makeDeviceKeys();
  const vault = Object.assign(store, {
    name: String(makeUlid(browserWorld())),
    setHigh: () => undefined,
    keysOf: (area: ReplicaArea) => Promise.resolve(store.keys(area)),
    seal: (_label: string, bytes: Uint8Array) => Promise.resolve(bytes),
    unseal: (_label: string, bytes: Uint8Array) => Promise.resolve(bytes),
    addAuthenticator: async () => undefined,
    dropAuthenticator: async () => undefined,
    office: async () => null,
    keepOffice: async () => undefined,
    close: () => undefined,
  });
  const opened: Opened = { vault, identity: identityFor(role, undefined, namedFor), keys };
  if (typeof indexedDB === 'undefined') emptyDisk();
  const lease = await hublessLease(world)(opened);
  return openWorkplace(opened, lease, { world, dial: nowhere, tell, onSession: () => undefined });
}
