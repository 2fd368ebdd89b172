import { choice, day, line, name, note, partialDate, phone } from './columns.ts';
import { defineKind } from './define.ts';
import { log, register, rows } from './fields.ts';

/** The cases of Decree 56/2017 Art. 8 [verify]. */
const OFFENCE_CLAUSES = ['reformSchoolOrSentence', 'communeEducation', 'measureCompleted'] as const;
/** What was ordered; diversion by the Juvenile Justice Law, in force since 1/1/2026 [verify]. */
const MEASURES = ['diversion', 'communeEducation', 'substitute', 'reformSchool', 'sentence', 'other'] as const;
const MEASURE_STATES = ['ordered', 'running', 'completed', 'stopped'] as const;
/** What takes a parent away from the child, or the child from the parent, by law (Decree 56/2017 Art. 5). */
const PARENT_MEASURES = ['prison', 'compulsoryEducation', 'compulsoryDetox', 'rightsRestricted'] as const;
const PARENTS = ['father', 'mother'] as const;

/**
 * What police and courts know of a child: what it did, which measure runs, whom to ask, and which measure keeps a parent away. Of the last
 * the register shows at most R4 and a case of G03 (Law on Children Art. 10; KIND-8).
 */
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
    parentMeasures: rows(
      {
        parent: choice(PARENTS),
        measure: choice(PARENT_MEASURES),
        from: partialDate,
        until: partialDate,
        evidence: line,
      },
      ['parent', 'measure'],
    ),
    contactPerson: register(name),
    contactPhone: register(phone),
    narrative: register(note),
    notes: log({ text: note }, ['text']),
  },
});
