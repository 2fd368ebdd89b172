import { unreachable } from '@chungtay/core/base/assert';
import type { Translate } from '../i18n/translate.ts';

/** Why the door stayed shut. */
export type UnlockFailure =
  | { readonly reason: 'wrong'; readonly triesLeft?: number }
  | { readonly reason: 'wait'; readonly waitMs: number }
  /** Too many wrong PINs: the key has left the memory, only the passphrase opens. */
  | { readonly reason: 'keyGone' }
  /** What is stored cannot be read: only a new enrolment helps. */
  | { readonly reason: 'damaged' }
  /** The browser took the storage away while at work. */
  | { readonly reason: 'fault' }
  /** The Hub no longer lets this tablet in. */
  | { readonly reason: 'revoked' };

/** Returns what to say about it. */
export function wordsOfFailure(failure: UnlockFailure, t: Translate): string {
  switch (failure.reason) {
    case 'wrong':
      return failure.triesLeft === undefined ? t('unlock.wrongOnly') : t('unlock.wrong', { n: failure.triesLeft });
    case 'wait':
      return t('unlock.wait', { n: Math.max(1, Math.ceil(failure.waitMs / 1000)) });
    case 'keyGone':
    case 'damaged':
    case 'fault':
    case 'revoked':
      return t(`unlock.${failure.reason}`);
    default:
      return unreachable(failure);
  }
}
