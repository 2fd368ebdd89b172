/** What a device does that the office has dismissed, once the Hub has sent it away with nothing more to hand in. Holds ERA-3. */
import type { SessionState } from '@chungtay/core/sync/session-state';
import type { ErasedWord } from '../platform/tablet-registry.ts';
import { base64UrlOf } from './identity.ts';
import type { OrderToErase } from './open-erase.ts';
import type { Workplace } from './workplace.ts';

/** Says whether the Hub has sent the device away for good, because it was dismissed. */
export function isDismissed(state: SessionState): boolean {
  return state.is === 'stopped' && state.refusal === 'device-revoked';
}

/** Returns the Hub's order to erase, or null: there is none, nobody says, or something still waits for its answer. */
export async function orderFor(at: Workplace, ask: OrderToErase): Promise<ErasedWord | null> {
  const last = at.replica.lastAnswered();
  return last && ask(at.opened, last);
}

/**
 * Says whether the order is about the last that this workplace will ever have written: it takes no more from here on, and whatever was
 * written while the Hub was asked is not lost.
 */
export async function isLastWord(at: Workplace, { lastN, lastHash }: ErasedWord): Promise<boolean> {
  await at.rest();
  const last = at.replica.lastAnswered();
  return last?.lastN === lastN && base64UrlOf(last.lastHash) === lastHash;
}
