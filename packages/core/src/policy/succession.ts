/** That somebody is there to screen reports, on every day to come. Rule ENR-9. */
import type { Principal } from '../model/principal.ts';
import { hasEnded } from './access.ts';

/** What is known of one person's appointment. */
export interface Appointed {
  readonly principal: Pick<Principal, 'role' | 'untilMs'>;
  readonly suspended: boolean;
}

/** Returns until when a lead is at work for certain, in ms: 0 when none is now, Infinity when one's appointment has no end. */
export function ledUntilMs(people: Iterable<Appointed>, nowMs: number): number {
  let untilMs = 0;
  for (const { principal, suspended } of people) {
    if (principal.role !== 'lead' || suspended || hasEnded(principal, nowMs)) continue;
    untilMs = Math.max(untilMs, principal.untilMs ?? Infinity);
  }
  return untilMs;
}
