import type { KnownAuthenticator } from '../platform/tablet-registry.ts';

/** Whether the PIN was right; `left` = tries before the key is forgotten. */
export type PinProof = { readonly ok: true } | { readonly ok: false; readonly triesLeft: number };

/** An authenticator that has just answered, and its secret. */
export interface NewAuthenticator extends KnownAuthenticator {
  readonly secret: Uint8Array<ArrayBuffer>;
}
