import { choice, day, line, note, oneOf, partialDate, school, yesNo } from './columns.ts';
import { defineKind } from './define.ts';
import { log, register } from './fields.ts';

/** Levels of schooling. */
const SCHOOL_LEVELS = [
  'nursery',
  'kindergarten',
  'primary',
  'lowerSecondary',
  'upperSecondary',
  'vocational',
  'inclusive',
] as const;
/** Whether a child learns now. */
const SCHOOL_STATUSES = [
  'attending',
  'shortBreak',
  'droppedOut',
  'finished',
  'transferred',
  'notYet',
  'never',
  'unknown',
] as const;
/** Why a pupil left. */
const DROPOUT_REASONS = [
  'earning',
  'poverty',
  'distance',
  'illness',
  'disability',
  'marriage',
  'migration',
  'dislike',
  'family',
  'other',
] as const;
/** What the school health check looks at. */
const SCHOOL_CHECKS = ['eyes', 'teeth', 'weight', 'hearing', 'spine', 'general'] as const;
const FEE_SUPPORT = ['fees', 'learningCosts', 'lunch', 'boarding', 'rice', 'books', 'transport'] as const;

/** A child's schooling; the school owns it (LAW-1). */
export const education = defineKind({
  id: 'education',
  folder: 'child',
  compartment: 'education',
  singleton: true,
  fields: {
    school: register(school, { scope: 'school' }),
    level: register(choice(SCHOOL_LEVELS)),
    grade: register(line),
    class: register(line),
    schoolYear: register(line),
    status: register(choice(SCHOOL_STATUSES), { isDecision: true }),
    statusSince: register(partialDate),
    dropOutOn: register(partialDate),
    dropOutReason: register(choice(DROPOUT_REASONS)),
    dropOutNote: register(note),
    absencesNote: register(note),
    summary: register(note),
    needsFeeSupport: register(yesNo),
    feeSupport: log(
      { kind: choice(FEE_SUPPORT), policy: oneOf('policy'), from: partialDate, until: partialDate, note },
      ['kind'],
    ),
    schoolHealth: log({ on: day, check: choice(SCHOOL_CHECKS), finding: line, referred: yesNo }, ['on', 'check']),
    changes: log({ on: day, status: choice(SCHOOL_STATUSES), school, grade: line, note }, ['on']),
  },
});
