import type { World } from '@chungtay/core/base/world';
import { signerOf } from '../platform/device-keys.ts';
import type { Opened } from './door.ts';
import { leaseDoor } from './lease-ask.ts';
import { LeaseKeeper } from './lease-keeper.ts';

/** Returns what takes up the lease of an opened vault, by the clocks of this browser and the Hub behind this page. */
export function openLease(world: World): (opened: Opened) => Promise<LeaseKeeper> {
  return async ({ vault, identity, keys }) => {
    const ask = leaseDoor(identity.device, identity.hubSignKey, await signerOf(keys), world);
    return LeaseKeeper.open({ vault, identity, world, monotonicMs: () => performance.now(), ask });
  };
}
