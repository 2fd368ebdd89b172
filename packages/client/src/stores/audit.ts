import { auditAnswer, type AuditAnswer, type AuditAsk, type AuditLine } from '@chungtay/core/wire/audit';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { injectedEngine } from './engine.ts';
import { createOrders } from './office-orders.ts';
import { whenLeft } from './when-left.ts';

/** What the Hub's log says of who did what, asked page by page over the session. Nothing is kept on the tablet, and it goes with the lock. */
export const useAudit = defineStore('audit', () => {
  const engine = injectedEngine();
  const orders = createOrders(engine.api);
  const lines = shallowRef<readonly AuditLine[]>([]);
  const next = shallowRef<string | null>(null);
  const head = shallowRef<AuditAnswer['head']>(null);
  const isAll = shallowRef(false);
  const isBusy = shallowRef(false);
  /** Why there is no newer answer: null while there is one. */
  const trouble = shallowRef<'offline' | 'unknown' | 'no' | null>(null);
  let question = 0;

  /** Asks for the newest deeds that fit, or with `isMore` for those before. */
  async function ask(filter: Omit<AuditAsk, 'next'>, isMore: boolean): Promise<void> {
    question += 1;
    const mine = question;
    isBusy.value = true;
    const from = isMore && next.value !== null ? { next: next.value } : {};
    const reply = await orders.ask('audit', { ...filter, ...from }, auditAnswer);
    if (mine !== question) return;
    isBusy.value = false;
    trouble.value = reply.is === 'done' ? null : reply.is;
    if (reply.is !== 'done') return;
    lines.value = isMore ? [...lines.value, ...reply.answer.lines] : reply.answer.lines;
    next.value = reply.answer.next;
    head.value = reply.answer.head ?? head.value;
    isAll.value = reply.answer.isAll;
  }

  function forget(): void {
    question += 1;
    lines.value = [];
    next.value = null;
    head.value = null;
    isAll.value = false;
    isBusy.value = false;
    trouble.value = null;
    orders.forget();
  }

  whenLeft(forget);
  return { lines, next, head, isAll, isBusy, trouble, ask, forget };
});
