import { choice, code, day, line, note, number, oneOf, partialDate, yesNo } from './columns.ts';
import { defineKind } from './define.ts';
import { log, register, rows } from './fields.ts';

/** The life of an entitlement. */
const ENTITLEMENT_STATES = ['potential', 'informed', 'applied', 'decided', 'paid', 'refused', 'ended'] as const;
const DECISIONS = ['granted', 'refused', 'changed', 'ended'] as const;
const CARD_STATES = ['valid', 'expired', 'applied', 'none'] as const;

/** What a child is entitled to, what was decided, what it received (Decree 20/2021; LAW-1). The reason of a coefficient stays out. */
export const support = defineKind({
  id: 'support',
  folder: 'child',
  compartment: 'support',
  singleton: true,
  fields: {
    entitlements: rows(
      { policy: code, state: choice(ENTITLEMENT_STATES), since: partialDate, until: partialDate, note },
      ['policy', 'state'],
      { writers: ['lead'] },
    ),
    decisions: log(
      {
        policy: code,
        outcome: choice(DECISIONS),
        number: line,
        on: day,
        from: day,
        until: day,
        amountDong: number({ min: 0, max: 1_000_000_000, step: 1_000, unit: 'đ' }),
        coefficient: number({ min: 0, max: 10, step: 0.5 }),
        reason: note,
      },
      ['policy', 'outcome', 'on'],
      { writers: ['chair'] },
    ),
    receipts: log(
      {
        policy: code,
        on: day,
        amountDong: number({ min: 0, max: 1_000_000_000, step: 1_000, unit: 'đ' }),
        item: line,
        period: line,
        receivedBy: line,
      },
      ['on'],
      { writers: ['lead'] },
    ),
    healthCard: register(choice(CARD_STATES), { writers: ['lead'] }),
    healthCardUntil: register(day, { writers: ['lead'] }),
    feeSupport: register(yesNo, { writers: ['lead'] }),
    feeSupportPolicy: register(oneOf('policy'), { writers: ['lead'] }),
    notes: log({ text: note }, ['text'], { writers: ['lead', 'chair'] }),
  },
});
