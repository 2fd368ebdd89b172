import type { WireVerb } from '@chungtay/core/policy/office';
import { officeProblem, type OfficeProblem } from '@chungtay/core/wire/office';
import * as z from 'zod/mini';
import type { EngineApi } from './engine.ts';

/** What became of an order: done, a no, not even asked, or nobody knows: then the list says. */
export type OfficeReply<Answer> =
  | { readonly is: 'done'; readonly answer: Answer }
  | { readonly is: 'no'; readonly problem: OfficeProblem }
  | { readonly is: 'offline' | 'unknown' };

/** Asks the Hub's office, and keeps the key of a deed until its answer came. */
export interface Orders {
  /** Asks for a verb; an order whose answer never came is asked again under its key. */
  ask<Answer>(verb: WireVerb, body: unknown, shape: z.ZodMiniType<Answer>): Promise<OfficeReply<Answer>>;
  /** Forgets the keys, and what is still asked: its answer is nobody's. */
  forget(): void;
}

const answered = z.object({ problem: z.optional(officeProblem) });
const KEY_CHARS = 26;

/** Returns the orders of one page. */
export function createOrders(api: Pick<EngineApi, 'askOffice'>): Orders {
  const unanswered = new Map<string, string>();
  let askers = 0;

  async function ask<Answer>(
    verb: WireVerb,
    body: unknown,
    shape: z.ZodMiniType<Answer>,
  ): Promise<OfficeReply<Answer>> {
    const asker = askers;
    const text = JSON.stringify(body);
    const deed = `${verb} ${text}`;
    const key = unanswered.get(deed) ?? crypto.randomUUID().replaceAll('-', '').slice(0, KEY_CHARS);
    unanswered.set(deed, key);
    // an engine that fails has sent it or not: nobody knows
    const outcome = await api.askOffice(verb, key, text).catch(() => ({ is: 'unknown' as const }));
    // who asked has left: the next person is not told
    if (asker !== askers) return { is: 'unknown' };
    const reply = outcome.is === 'answered' ? readReply(outcome.answer, shape) : outcome;
    // an answer that cannot be read tells no more than none
    if (reply.is !== 'unknown') unanswered.delete(deed);
    return reply;
  }

  return {
    ask,
    forget() {
      askers += 1;
      unanswered.clear();
    },
  };
}

function readReply<Answer>(text: string, shape: z.ZodMiniType<Answer>): OfficeReply<Answer> {
  const value = parsed(text);
  const problem = answered.safeParse(value);
  if (problem.success && problem.data.problem) return { is: 'no', problem: problem.data.problem };
  const answer = shape.safeParse(value);
  return answer.success ? { is: 'done', answer: answer.data } : { is: 'unknown' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
