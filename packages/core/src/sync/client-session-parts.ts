/** What a connection to the Hub is made of, and what it tells. */
import type { World } from '../base/world.ts';
import type { ReportedState } from '../wire/frames.ts';
import type { ConnectionEnd } from './client-session-end.ts';
import type { Dial } from './ports.ts';
import type { ReplicaSync } from './replica-sync.ts';

/** What a connection tells its session. */
export interface ConnectionEvents {
  /** The hello is sent. */
  onProving(): void;
  /** The welcome is stored. `expected` documents come, 0 when the device only catches up. */
  onLive(expected: number): void;
  /** A feed frame is durable; `isLast` when nothing follows at once. */
  onFeed(isLast: boolean): void;
  /** Verdicts are durable. */
  onVerdicts(): void;
  /** The public directory changed. */
  onHint(): void;
  /** The Hub's clock said `hubMs`, read between `sinceMs` of the tablet's clock and now. */
  onClock(hubMs: number, sinceMs: number): void;
  /** It is over; called once, and nothing after it. */
  onEnd(end: ConnectionEnd): void;
}

/** What a connection needs. */
export interface ConnectionParts {
  readonly world: World;
  readonly dial: Dial;
  readonly sync: ReplicaSync;
  /** Returns how this device is, but for what waits, which is counted here; without it nothing is said. */
  readonly report?: () => Promise<Omit<ReportedState, 'unsent'>>;
  /** For a Hub that has said it does not know this device (RES-7). */
  readonly papers?: { readonly passport: Uint8Array };
}
