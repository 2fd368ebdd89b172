/** Why the door stayed shut. */
export type UnlockFailure =
  | { readonly reason: 'wrong'; readonly triesLeft?: number }
  | { readonly reason: 'wait'; readonly waitMs: number }
  /** Too many wrong PINs: the key has left the memory, only the passphrase opens. */
  | { readonly reason: 'keyGone' }
  /** The authenticator of this machine did not answer: the passphrase opens. */
  | { readonly reason: 'authenticator' }
  /** What is stored cannot be read: only a new enrolment helps. */
  | { readonly reason: 'damaged' }
  /** The browser took the storage away while at work. */
  | { readonly reason: 'fault' }
  /** Without the Hub for too long: some files were put away. */
  | { readonly reason: 'lease' }
  /** The Hub no longer lets this tablet in. */
  | { readonly reason: 'revoked' };
