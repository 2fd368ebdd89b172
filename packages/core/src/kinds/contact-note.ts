import { choice, choices, day, documentLink, instant, line, narrative, note, yesNo } from './columns.ts';
import { defineKind } from './define.ts';
import { register } from './fields.ts';

/** What happened. */
const CONTACT_KINDS = [
  'homeVisit',
  'call',
  'meeting',
  'message',
  'injuryCare',
  'counselling',
  'verification',
  'safetyCheck',
  'other',
] as const;
const WITH_WHOM = [
  'child',
  'father',
  'mother',
  'carer',
  'relative',
  'neighbour',
  'teacher',
  'healthStaff',
  'police',
  'other',
] as const;

/** One entry of a case's timeline, by one person. A correction is a new note naming this one. */
export const contactNote = defineKind({
  id: 'contact-note',
  folder: 'case',
  compartment: 'protection',
  singleton: false,
  authored: true,
  fields: {
    on: register(day),
    happenedAt: register(instant),
    contact: register(choice(CONTACT_KINDS)),
    withWhom: register(choices(WITH_WHOM)),
    place: register(line),
    text: register(narrative),
    childSeen: register(yesNo),
    childSeenAlone: register(yesNo),
    childOpinion: register(note),
    isChildSafe: register(yesNo),
    nextStep: register(line),
    nextOn: register(day),
    corrects: register(documentLink),
  },
});
