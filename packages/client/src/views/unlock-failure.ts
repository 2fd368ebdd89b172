import { unreachable } from '@chungtay/core/base/assert';
import type { Translate } from '../i18n/translate.ts';
import type { UnlockFailure } from '../stores/unlock-failure.ts';

/** Returns what to say about it. */
export function wordsOfFailure(failure: UnlockFailure, t: Translate): string {
  switch (failure.reason) {
    case 'wrong':
      return failure.triesLeft === undefined ? t('unlock.wrongOnly') : t('unlock.wrong', { n: failure.triesLeft });
    case 'wait':
      return t('unlock.wait', { n: Math.max(1, Math.ceil(failure.waitMs / 1000)) });
    case 'authenticator':
      return t('unlock.authenticator.silent');
    case 'keyGone':
    case 'damaged':
    case 'fault':
    case 'revoked':
    case 'lease':
      return t(`unlock.${failure.reason}`);
    default:
      return unreachable(failure);
  }
}
