/** From a no of the policy to what the wire says: refused, or held because it was right when it was written. Rule POL-17. */
import type { HoldCode, RefusalCode } from '../wire/refusal.ts';
import type { Decision } from './decision.ts';

type Reason = Extract<Decision, { allowed: false }>['reason'];

const REFUSAL_OF: Readonly<Record<Reason, RefusalCode>> = {
  'no-right': 'no-grant',
  'not-here': 'not-here',
  ended: 'no-grant',
  'not-this-field': 'not-this-field',
  'hub-only': 'hub-only',
};

/**
 * Returns null when the edit is allowed now; else a hold when it was allowed `then`, at the cursor its writer had seen, else a refusal.
 * `then` is null when it was not allowed or that is not known; `isInPlace` says that the former appointment would still do: the file has
 * not moved, the appointment has changed.
 */
export function verdictOf(
  now: Decision,
  then: { readonly isInPlace: boolean } | null,
): { readonly hold: HoldCode } | { readonly refuse: RefusalCode } | null {
  if (now.allowed) return null;
  if (!then) return { refuse: REFUSAL_OF[now.reason] };
  return { hold: now.reason === 'not-here' && !then.isInPlace ? 'moved-away' : 'right-ended' };
}
