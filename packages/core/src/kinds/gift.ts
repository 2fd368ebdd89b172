import { choice, day, line, name, note, number, village } from './columns.ts';
import { defineKind } from './define.ts';
import { register, rows } from './fields.ts';

/** When gifts are given. */
const OCCASIONS = ['childrensDay', 'midAutumn', 'tet', 'schoolYear', 'hardship', 'other'] as const;

/** Gifts that the Front or a union hands out itself: what, from whom, to which children (LAW-1). */
export const gift = defineKind({
  id: 'gift',
  folder: 'office',
  compartment: 'support',
  singleton: false,
  authored: true,
  fields: {
    title: register(line),
    occasion: register(choice(OCCASIONS)),
    on: register(day),
    donor: register(line),
    budgetDong: register(number({ min: 0, max: 100_000_000_000, step: 1_000, unit: 'đ' })),
    criteria: register(note),
    children: rows(
      {
        name,
        village,
        item: line,
        valueDong: number({ min: 0, max: 1_000_000_000, step: 1_000, unit: 'đ' }),
        receivedOn: day,
        receivedBy: line,
      },
      ['name'],
    ),
    note: register(note),
  },
});
