/** How a connection ended, and what the code of a close says about that. Rule CSE-9. */
import { type RefusalCode, CLOSE, refusalOfClose } from '../wire/refusal.ts';
import { FINAL_REFUSALS, type WaitReason } from './session-state.ts';

/** Times after which a silent Hub counts as lost. */
export const SILENCE = { welcomeMs: 15_000, answerMs: 20_000, idleMs: 45_000, probeMs: 10_000 } as const;

/** How a connection ended. */
export type ConnectionEnd =
  | { readonly is: 'waiting'; readonly reason: WaitReason }
  | { readonly is: 'stopped'; readonly refusal: RefusalCode };

/** Returns what the Hub's close code says. */
export function endOfClose(code: number): ConnectionEnd {
  const refusal = refusalOfClose(code);
  if (refusal && FINAL_REFUSALS.includes(refusal)) return { is: 'stopped', refusal };
  if (refusal) return { is: 'waiting', reason: 'refused' };
  if (code === CLOSE.restart) return { is: 'waiting', reason: 'restarting' };
  if (code === CLOSE.later) return { is: 'waiting', reason: 'busy' };
  return { is: 'waiting', reason: 'offline' };
}
