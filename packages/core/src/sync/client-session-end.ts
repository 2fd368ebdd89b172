/** How long a connection waits, how it ended, and what the code of a close says about that. Rule CSE-9. */
import { type RefusalCode, CLOSE, refusalOfClose } from '../wire/refusal.ts';
import { FINAL_REFUSALS, type WaitReason } from './session-state.ts';

/**
 * Times after which a silent Hub counts as lost. A line of a kilobyte a second is slow, not lost: what was sent is given that time, and so
 * are frames that are still to come, of which nothing is heard before they are whole. Rule CSE-13.
 */
export const SILENCE = {
  welcomeMs: 15_000,
  answerMs: 20_000,
  sentByteMs: 1,
  comingMs: 240_000,
  idleMs: 45_000,
  probeMs: 10_000,
  comingProbeMs: 60_000,
} as const;

/** Returns how long the Hub may say nothing when it owes an answer to so many bytes, or has more to tell. */
export function answerWithinMs(owedBytes: number, isComing: boolean): number {
  return owedBytes * SILENCE.sentByteMs + (isComing ? SILENCE.comingMs : SILENCE.answerMs);
}

/** Returns how long the answer to a probe may take behind them. */
export function probeWithinMs(owedBytes: number, isComing: boolean): number {
  return owedBytes * SILENCE.sentByteMs + (isComing ? SILENCE.comingProbeMs : SILENCE.probeMs);
}

/**
 * Returns how far the Hub's clock is ahead, in ms, when it was read somewhere between two moments of the tablet; nothing when the tablet
 * slept between them, or its clock was put right: then they do not say.
 */
export function skewAcross(sinceMs: number, nowMs: number, hubMs: number): { readonly skewMs?: number } {
  const tookMs = nowMs - sinceMs;
  return Math.abs(tookMs) > SILENCE.welcomeMs ? {} : { skewMs: Math.round(hubMs - sinceMs - tookMs / 2) };
}

/** How a connection ended. */
export type ConnectionEnd =
  | { readonly is: 'waiting'; readonly reason: WaitReason }
  | { readonly is: 'stopped'; readonly refusal: RefusalCode };

/** Returns what the Hub's close code says; a device that was dismissed hands in what it still has before it stops (ENR-8). */
export function endOfClose(code: number, isOwing: boolean): ConnectionEnd {
  const refusal = refusalOfClose(code);
  if (refusal === 'device-revoked' && isOwing) return { is: 'waiting', reason: 'refused' };
  if (refusal && FINAL_REFUSALS.includes(refusal)) return { is: 'stopped', refusal };
  if (refusal) return { is: 'waiting', reason: 'refused' };
  if (code === CLOSE.restart) return { is: 'waiting', reason: 'restarting' };
  if (code === CLOSE.later) return { is: 'waiting', reason: 'busy' };
  return { is: 'waiting', reason: 'offline' };
}
