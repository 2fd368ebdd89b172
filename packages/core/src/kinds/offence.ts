import { choice, day, line, name, note, partialDate, phone } from './columns.ts';
import { defineKind } from './define.ts';
import { log, register, rows } from './fields.ts';

/** The cases of Decree 56/2017 Art. 8 [verify]. */
const OFFENCE_CLAUSES = ['reformSchoolOrSentence', 'communeEducation', 'measureCompleted'] as const;
/** What was ordered; diversion by the Juvenile Justice Law, in force since 1/1/2026 [verify]. */
const MEASURES = ['diversion', 'communeEducation', 'substitute', 'reformSchool', 'sentence', 'other'] as const;
const MEASURE_STATES = ['ordered', 'running', 'completed', 'stopped'] as const;

/** A child in conflict with the law: what happened, which measure runs, whom to ask (domain §§ 1.1 G06, 7.2 row 6). */
export const offence = defineKind({
  id: 'offence',
  folder: 'child',
  compartment: 'legal',
  singleton: true,
  fields: {
    membership: rows({ clause: choice(OFFENCE_CLAUSES), since: partialDate, until: partialDate, evidence: line }, [
      'clause',
    ]),
    events: rows({ on: partialDate, what: note, place: line, caseNumber: line, agency: line }),
    measures: rows(
      {
        measure: choice(MEASURES),
        state: choice(MEASURE_STATES),
        number: line,
        agency: line,
        from: day,
        until: day,
        note,
      },
      ['measure', 'state'],
    ),
    contactPerson: register(name),
    contactPhone: register(phone),
    narrative: register(note),
    notes: log({ text: note }, ['text']),
  },
});
