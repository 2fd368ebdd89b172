import type { RecoverAnswer, RecoverRefusal } from '@chungtay/core/wire/recovery';

/** Why a forgotten passphrase cannot be answered by officers just now; `none`: no shares of this vault are on the tablet. */
export type RecoveryNo = RecoverRefusal | 'offline' | 'none' | 'gone' | 'damaged' | 'storage';

/** How it stands with a vault whose passphrase is forgotten. */
export type RecoveryView =
  | { readonly is: 'idle' }
  /** Waits for officers; without a connection nobody knows more than the number. */
  | {
      readonly is: 'open';
      readonly number: string;
      readonly officers: Extract<RecoverAnswer, { is: 'open' }>['officers'] | null;
      readonly untilMs: number | null;
    }
  /** Two have answered: a new passphrase opens it. */
  | { readonly is: 'ready' }
  | { readonly is: 'refused'; readonly by: string }
  | { readonly is: 'no'; readonly code: RecoveryNo };

/** An officer's share sealed for the tablet, or why not: the number is another, or the share is none of his. */
export type ShareAnswer =
  | { readonly ok: true; readonly box: string }
  | { readonly ok: false; readonly reason: 'number' | 'share' };
