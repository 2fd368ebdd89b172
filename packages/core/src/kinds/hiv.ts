import { choice, choices, code, day, instant, line, note, number, partialDate, yesNo } from './columns.ts';
import { defineKind } from './define.ts';
import { log, register, rows } from './fields.ts';

/** What a test said. */
const TEST_RESULTS = ['negative', 'positive', 'unclear'] as const;
/** Who asks for a test or is told its result: the child first from 15 on, both at once below [verify]. */
const TOLD = ['child', 'representative'] as const;
/**
 * Membership of group 5 and everything that would tell of it: tests, treatment, who was told, and the allowance of Decree 20/2021
 * Art. 5(3), whose reason is the status itself. No line of it is anywhere else (HIV-1).
 */
export const hiv = defineKind({
  id: 'hiv',
  folder: 'child',
  compartment: 'hiv',
  singleton: true,
  fields: {
    membership: rows({ clause: line, since: partialDate, until: partialDate, evidence: line, decidedBy: line }),
    tests: rows({
      on: day,
      askedBy: choices(TOLD),
      writtenRequest: yesNo,
      place: line,
      resultAt: instant,
      result: choice(TEST_RESULTS),
      told: choices(TOLD),
      toldAt: instant,
      note,
    }),
    treatmentPlace: register(line),
    treatmentSince: register(partialDate),
    caregiverInformed: register(yesNo),
    caregiverInformedOn: register(day),
    allowances: rows(
      {
        policy: code,
        coefficient: number({ min: 0, max: 10, step: 0.5 }),
        decision: line,
        from: day,
        until: day,
        note,
      },
      ['policy'],
    ),
    notes: log({ text: note }, ['text']),
  },
});
