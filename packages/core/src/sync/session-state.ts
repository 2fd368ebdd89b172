/** Where a device's session with the Hub stands. */
import type { RefusalCode } from '../wire/refusal.ts';

/** Why a session waits before it tries again. A closed list; the screen has a sentence for each. */
export type WaitReason =
  /** no connection, or it was lost */
  | 'offline'
  /** connected, but nothing came back in time: half-open, or a portal in between */
  | 'timeout'
  /** the Hub is restarting */
  | 'restarting'
  /** the Hub asked for patience */
  | 'busy'
  /** whoever answers does not have our Hub's key */
  | 'other-hub'
  /** the Hub sent what it may not, or what this device fails over; nothing of it was applied */
  | 'bad-frame'
  /** the device misses something the Hub believes it has: everything is fetched again */
  | 'refetching'
  /** the device could not store what arrived */
  | 'storage'
  /** refused for a reason that may pass */
  | 'refused';

/** The machine: idle → connecting → proving → live → waiting → connecting …; stopped until the app or the enrolment changes. */
export type SessionState =
  | { readonly is: 'idle' }
  /** dialling, and waiting for the Hub to speak first */
  | { readonly is: 'connecting' }
  /** the hello is sent: waiting for the welcome */
  | { readonly is: 'proving' }
  /** `isCaughtUp`: everything that was missing at the welcome is here. `expected` documents come with a first download, else 0. */
  | { readonly is: 'live'; readonly isCaughtUp: boolean; readonly expected: number }
  /** `retryAtMs` by the tablet's clock */
  | { readonly is: 'waiting'; readonly retryAtMs: number; readonly reason: WaitReason }
  /** the outbox is kept */
  | { readonly is: 'stopped'; readonly refusal: RefusalCode };

/** Refusals that no retry can change; every other refusal is tried again, rarely. */
export const FINAL_REFUSALS: readonly RefusalCode[] = [
  'device-revoked',
  'device-forked',
  'client-too-old',
  'hub-too-old',
  'not-enrolled',
  'bad-proof',
];
