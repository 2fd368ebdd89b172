import { unreachable } from '@chungtay/core/base/assert';
import type { Translate } from '../i18n/translate.ts';

/** Why the door stayed shut. */
export type UnlockFailure =
  | { readonly reason: 'wrong'; readonly triesLeft?: number }
  | { readonly reason: 'wait'; readonly waitMs: number }
  /** Too many wrong PINs: the key has left the memory, only the passphrase opens. */
  | { readonly reason: 'keyGone' };

/** Returns what to say about it. */
export function wordsOfFailure(failure: UnlockFailure, t: Translate): string {
  switch (failure.reason) {
    case 'wrong':
      return failure.triesLeft === undefined ? t('unlock.wrongOnly') : t('unlock.wrong', { n: failure.triesLeft });
    case 'wait':
      return t('unlock.wait', { n: Math.max(1, Math.ceil(failure.waitMs / 1000)) });
    case 'keyGone':
      return t('unlock.keyGone');
    default:
      return unreachable(failure);
  }
}
