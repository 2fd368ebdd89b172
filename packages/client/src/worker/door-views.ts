import type { Role } from '@chungtay/core/model/role';
import type { KnownAuthenticator } from '../platform/tablet-registry.ts';
import type { ErasedVault } from './door-erasing.ts';

/** What the lock screen needs before anyone is in. */
export interface BootState {
  readonly people: readonly TabletPerson[];
  /** The vault that the quick PIN opens now, or null. */
  readonly pinOpens: string | null;
  readonly unlocked: boolean;
  /** Another tab works: this one may take over. */
  readonly otherTab: boolean;
  /** Vaults that were erased here by the Hub's order, and nobody has read that yet. */
  readonly erased: readonly ErasedVault[];
}

/** Someone enrolled on this tablet: what the lock screen may show. */
export interface TabletPerson {
  readonly vault: string;
  readonly name: string;
  readonly role: Role;
  /** Edits waiting to be sent, as last known. */
  readonly waiting: number;
  /** Until when further tries are refused, in ms; 0 when free. */
  readonly blockedUntilMs: number;
  /** What opens together with the PIN after a cold start, or null. */
  readonly authenticator: KnownAuthenticator | null;
}

/** Whether the PIN was right; `left` = tries before the key is forgotten. */
export type PinProof = { readonly ok: true } | { readonly ok: false; readonly triesLeft: number };

/** An authenticator that has just answered, and its secret. */
export interface NewAuthenticator extends KnownAuthenticator {
  readonly secret: Uint8Array<ArrayBuffer>;
}
