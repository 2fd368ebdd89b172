import { type ShallowRef, shallowRef } from 'vue';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { OfficeReply } from '../../stores/office-orders.ts';
import { replyText } from './problem-text.ts';

/** One order at a time: what is open over the page, whether it is on its way, and what it came to when that was a no. */
export interface OneOrder<Step> {
  readonly step: ShallowRef<Step | null>;
  readonly isBusy: ShallowRef<boolean>;
  readonly trouble: ShallowRef<string | null>;
  /** Opens a step, or closes what is open. */
  open(step: Step | null): void;
  /** Waits for an order; returns its answer and closes what is open, or null with the trouble said. */
  run<Answer>(order: Promise<OfficeReply<Answer>>): Promise<Answer | null>;
}

/** Returns a place for one order at a time. */
export function useOneOrder<Step>(): OneOrder<Step> {
  const i18n = useI18n();
  const step: ShallowRef<Step | null> = shallowRef(null);
  const isBusy = shallowRef(false);
  const trouble = shallowRef<string | null>(null);
  return {
    step,
    isBusy,
    trouble,
    open(next) {
      trouble.value = null;
      step.value = next;
    },
    async run(order) {
      isBusy.value = true;
      trouble.value = null;
      const reply = await order;
      isBusy.value = false;
      trouble.value = replyText(i18n, reply);
      if (reply.is !== 'done') return null;
      step.value = null;
      return reply.answer;
    },
  };
}
