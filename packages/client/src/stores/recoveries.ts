import { recoveriesAnswer, type RecoveryLine } from '@chungtay/core/wire/recovery';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { injectedEngine } from './engine.ts';
import { createOrders, type OfficeReply } from './office-orders.ts';
import { whenLeft } from './when-left.ts';

/** Locked tablets that ask for this officer's help, asked of the Hub over the session. Nothing is kept; everything goes with the lock. */
export const useRecoveries = defineStore('recoveries', () => {
  const engine = injectedEngine();
  const lines = shallowRef<readonly RecoveryLine[]>([]);
  const orders = createOrders(engine.api);

  whenLeft(() => {
    lines.value = [];
    orders.forget();
  });

  /** Asks what waits, hands a share over or refuses; the answer is what waits then. */
  async function order(
    verb: 'recoveries' | 'approveRecovery' | 'refuseRecovery',
    body: Readonly<Record<string, string>> = {},
  ): Promise<OfficeReply<unknown>> {
    const reply = await orders.ask(verb, body, recoveriesAnswer);
    if (reply.is === 'done') lines.value = reply.answer.recoveries;
    return reply;
  }

  return { lines, order };
});
