import { choice, choices, day, line, name, note, yesNo } from './columns.ts';
import { defineKind } from './define.ts';
import { register } from './fields.ts';

/** How a survey visit ended. */
const VISIT_OUTCOMES = ['done', 'partly', 'absent', 'moved', 'refused'] as const;
/** What a surveyor may notice without asking; anything more is an intake. */
const VISIT_SIGNS = ['injury', 'afraid', 'alone', 'working', 'notInSchool', 'ill', 'hungry'] as const;
const ANSWERED_BY = ['head', 'father', 'mother', 'grandparent', 'child', 'neighbour', 'other'] as const;
const SIGNED = ['signature', 'thumbprint', 'none'] as const;

/** One call at a household. A correction is a new visit. */
export const visit = defineKind({
  id: 'visit',
  folder: 'household',
  compartment: 'identity',
  singleton: false,
  authored: true,
  fields: {
    on: register(day),
    outcome: register(choice(VISIT_OUTCOMES)),
    answeredBy: register(choice(ANSWERED_BY)),
    answeredName: register(name),
    absentReason: register(line),
    hasConsent: register(yesNo),
    signed: register(choice(SIGNED)),
    signs: register(choices(VISIT_SIGNS)),
    nextOn: register(day),
    note: register(note),
  },
});
