import type { World } from '@chungtay/core/base/world';
import { signerOf } from '../platform/device-keys.ts';
import type { ErasedWord } from '../platform/tablet-registry.ts';
import type { Opened } from './door.ts';
import { eraseDoor, type LastWritten } from './erase-ask.ts';

/** Asks for the order to erase, for an opened vault. */
export type OrderToErase = (opened: Opened, last: LastWritten) => Promise<ErasedWord | null>;

/** Returns what asks the Hub behind this page. */
export function orderToErase(world: World): OrderToErase {
  return async ({ identity, keys }, last) =>
    eraseDoor(identity.device, identity.hubSignKey, await signerOf(keys), world)(last);
}
