import type { WireVerb } from '@chungtay/core/policy/office';
import {
  invitedAnswer,
  type InvitedAnswer,
  namingsAnswer,
  type NamingsAnswer,
  peopleAnswer,
  type PeopleAnswer,
} from '@chungtay/core/wire/office';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { injectedEngine } from './engine.ts';
import { createOrders, type OfficeReply } from './office-orders.ts';
import { whenLeft } from './when-left.ts';

/**
 * The office's people and devices, asked of the Hub over the session. Nothing is kept on the tablet, and everything goes with the lock. An
 * order whose answer never came keeps its key: given again in the same words it is answered, not done twice.
 */
export const useOffice = defineStore('office', () => {
  const engine = injectedEngine();
  const people = shallowRef<PeopleAnswer | null>(null);
  /** What waits for a second person; null while the Hub has not said. */
  const namings = shallowRef<NamingsAnswer['namings'] | null>(null);
  /** Why the list is not of now: null while it is. */
  const trouble = shallowRef<'offline' | 'unknown' | 'no' | null>(null);
  const orders = createOrders(engine.api);

  whenLeft(() => {
    people.value = null;
    namings.value = null;
    trouble.value = null;
    orders.forget();
  });

  /** Asks for the lists; the former ones stay when the Hub is not to be had. */
  async function refresh(): Promise<void> {
    takePeople(await orders.ask('people', {}, peopleAnswer));
  }

  /** Orders what answers with the lists. */
  async function order(verb: WireVerb, body: unknown): Promise<OfficeReply<PeopleAnswer>> {
    const reply = await orders.ask(verb, body, peopleAnswer);
    if (reply.is === 'done') takePeople(reply);
    return reply;
  }

  /** Invites somebody new, or to a further device; the lists follow. */
  async function invite(verb: 'invite' | 'inviteAgain', body: unknown): Promise<OfficeReply<InvitedAnswer>> {
    const reply = await orders.ask(verb, body, invitedAnswer);
    await refresh();
    return reply;
  }

  /** Asks what waits for a second person, or confirms or declines it; the answer is what waits then. */
  async function askNamings(verb: 'namings' | 'confirmNaming', body: unknown): Promise<OfficeReply<NamingsAnswer>> {
    const reply = await orders.ask(verb, body, namingsAnswer);
    if (reply.is === 'done') namings.value = reply.answer.namings;
    return reply;
  }

  function takePeople(reply: OfficeReply<PeopleAnswer>): void {
    trouble.value = reply.is === 'done' ? null : reply.is;
    if (reply.is === 'done') people.value = reply.answer;
  }

  return { people, namings, trouble, refresh, order, invite, askNamings };
});
