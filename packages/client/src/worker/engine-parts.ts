import type { World } from '@chungtay/core/base/world';
import type { Dial } from '@chungtay/core/sync/ports';
import type { TabLock } from '../platform/tab-lock.ts';
import type { Door, Opened } from './door.ts';
import type { EngineEvent } from './engine-views.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { OrderToErase } from './open-erase.ts';
import type { Recovery } from './recovery.ts';

/** What the engine stands on. */
export interface EngineParts {
  readonly world: World;
  readonly door: Door;
  readonly tab: TabLock;
  readonly dial: Dial;
  readonly recovery: Recovery;
  readonly tell: (event: EngineEvent) => void;
  /** Takes up the lease of an opened vault. */
  readonly openLease: (opened: Opened) => Promise<LeaseKeeper>;
  /** Asks the Hub whether a dismissed device is to erase what it holds. */
  readonly orderToErase: OrderToErase;
}
