import type { WireVerb } from '@chungtay/core/policy/office';
import {
  invitedAnswer,
  type InvitedAnswer,
  namingsAnswer,
  type NamingsAnswer,
  officeProblem,
  type OfficeProblem,
  peopleAnswer,
  type PeopleAnswer,
} from '@chungtay/core/wire/office';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import * as z from 'zod/mini';
import { injectedEngine } from './engine.ts';

/** What became of an order: done, a no, not even asked, or nobody knows: then the list says. */
export type OfficeReply<Answer> =
  | { readonly is: 'done'; readonly answer: Answer }
  | { readonly is: 'no'; readonly problem: OfficeProblem }
  | { readonly is: 'offline' | 'unknown' };

const answered = z.object({ problem: z.optional(officeProblem) });
const KEY_CHARS = 26;

/**
 * The office's people and devices, asked of the Hub over the session. Nothing is kept on the tablet, and everything goes with the lock. An
 * order whose answer never came keeps its key: given again in the same words it is answered, not done twice.
 */
export const useOffice = defineStore('office', () => {
  const engine = injectedEngine();
  const people = shallowRef<PeopleAnswer | null>(null);
  const namings = shallowRef<NamingsAnswer['namings']>([]);
  /** Why the list is not of now: null while it is. */
  const trouble = shallowRef<'offline' | 'unknown' | 'no' | null>(null);
  const unanswered = new Map<string, string>();

  function forget(): void {
    people.value = null;
    namings.value = [];
    trouble.value = null;
    unanswered.clear();
  }
  engine.on('locked', forget);

  async function ask<Answer>(
    verb: WireVerb,
    body: unknown,
    shape: z.ZodMiniType<Answer>,
  ): Promise<OfficeReply<Answer>> {
    const text = JSON.stringify(body);
    const deed = `${verb} ${text}`;
    const key = unanswered.get(deed) ?? crypto.randomUUID().replaceAll('-', '').slice(0, KEY_CHARS);
    unanswered.set(deed, key);
    const outcome = await engine.api.askOffice(verb, key, text).catch(() => ({ is: 'offline' as const }));
    if (outcome.is === 'unknown') return outcome;
    unanswered.delete(deed);
    return outcome.is === 'answered' ? readReply(outcome.answer, shape) : outcome;
  }

  /** Asks for the lists; the former ones stay when the Hub is not to be had. */
  async function refresh(): Promise<void> {
    takePeople(await ask('people', {}, peopleAnswer));
  }

  /** Orders what answers with the lists. */
  async function order(verb: WireVerb, body: unknown): Promise<OfficeReply<PeopleAnswer>> {
    const reply = await ask(verb, body, peopleAnswer);
    if (reply.is === 'done') takePeople(reply);
    return reply;
  }

  /** Invites somebody new, or to a further device; the lists follow. */
  async function invite(verb: 'invite' | 'inviteAgain', body: unknown): Promise<OfficeReply<InvitedAnswer>> {
    const reply = await ask(verb, body, invitedAnswer);
    await refresh();
    return reply;
  }

  /** Asks what waits for a second person. */
  async function refreshNamings(): Promise<void> {
    const reply = await ask('namings', {}, namingsAnswer);
    if (reply.is === 'done') namings.value = reply.answer.namings;
  }

  /** Confirms or declines a naming. */
  async function confirmNaming(body: unknown): Promise<OfficeReply<NamingsAnswer>> {
    const reply = await ask('confirmNaming', body, namingsAnswer);
    if (reply.is === 'done') namings.value = reply.answer.namings;
    return reply;
  }

  function takePeople(reply: OfficeReply<PeopleAnswer>): void {
    trouble.value = reply.is === 'done' ? null : reply.is;
    if (reply.is === 'done') people.value = reply.answer;
  }

  return { people, namings, trouble, refresh, order, invite, refreshNamings, confirmNaming };
});

function readReply<Answer>(text: string, shape: z.ZodMiniType<Answer>): OfficeReply<Answer> {
  const value: unknown = JSON.parse(text);
  const problem = answered.safeParse(value);
  if (problem.success && problem.data.problem) return { is: 'no', problem: problem.data.problem };
  const answer = shape.safeParse(value);
  return answer.success ? { is: 'done', answer: answer.data } : { is: 'unknown' };
}
