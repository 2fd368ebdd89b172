import { DANGER_SIGNS, OPEN_ABUSE_TYPES, RISK_LEVELS } from '../model/abuse.ts';
import { AGENCIES, type Role } from '../model/role.ts';
import {
  choice,
  choices,
  day,
  documentLink,
  folderLink,
  instant,
  line,
  member,
  name,
  narrative,
  note,
  number,
  oneOf,
  partialDate,
  phone,
  village,
  yesNo,
} from './columns.ts';
import { defineKind } from './define.ts';
import { log, register } from './fields.ts';

/** The title of Form 01: what the child is (4). */
const INTAKE_SUBJECTS = ['abused', 'atRisk', 'specialCircumstances'] as const;
/** How the report came (A.1). */
const CHANNELS = ['phone', 'inPerson', 'other'] as const;
/** Form 01 has a third answer of its own. */
const REPORTED_SEXES = ['male', 'female', 'unknown'] as const;
/** What the lead makes of a report. */
const SCREENINGS = ['newCase', 'joinedCase', 'duplicate', 'noRisk', 'otherCommune', 'sealed'] as const;

const LEAD: readonly Role[] = ['lead'];
const age = number({ min: 0, max: 120, step: 1 });

/**
 * Form 01, the report of information received, whole (Decree 56/2017, KIND-4). Nothing is required but what was seen. Who told it is never in
 * here: that is `informant`. Fields without named writers are the filer's alone; a correction is a new intake naming this one.
 */
export const intake = defineKind({
  id: 'intake',
  folder: 'case',
  compartment: 'protection',
  singleton: false,
  authored: true,
  form: '01',
  numbered: 'TB',
  fields: {
    receivingAgency: register(choice(AGENCIES)),
    receivingOffice: register(line),
    paperNumber: register(line),
    abbreviation: register(line),
    place: register(line),
    on: register(day),
    subjects: register(choices(INTAKE_SUBJECTS)),
    channel: register(choice(CHANNELS)),
    channelNote: register(line),
    receivedAt: register(instant),
    childName: register(name),
    birth: register(partialDate),
    estimatedAge: register(number({ min: 0, max: 17, step: 1 })),
    sex: register(choice(REPORTED_SEXES)),
    ethnicity: register(oneOf('ethnicity')),
    incidentPlace: register(line),
    village: register(village),
    incidentCommune: register(line),
    currentWhereabouts: register(line),
    currentCondition: register(narrative),
    predictedConsequence: register(narrative),
    fatherName: register(name),
    fatherAge: register(age),
    fatherJob: register(line),
    motherName: register(name),
    motherAge: register(age),
    motherJob: register(line),
    familySituation: register(narrative),
    currentCarer: register(line),
    actionsTaken: register(narrative),
    hasInformant: register(yesNo),
    officer: register(member),
    abuseTypes: register(choices(OPEN_ABUSE_TYPES)),
    severity: register(choice(RISK_LEVELS), { strictest: RISK_LEVELS }),
    dangerSigns: register(choices(DANGER_SIGNS)),
    isChildSafeNow: register(yesNo),
    summary: register(note),
    offenderRelation: register(oneOf('offenderRelation')),
    environment: register(oneOf('abuseEnvironment')),
    filerAgency: register(choice(AGENCIES)),
    filerContact: register(phone),
    corrects: register(documentLink),
    additions: log({ text: note }, ['text']),
    screening: register(choice(SCREENINGS), { writers: ['lead', 'chair'], isDecision: true }),
    screeningReason: register(note, { writers: ['lead', 'chair'] }),
    screenedAt: register(instant, { writers: ['lead', 'chair'] }),
    child: register(folderLink, { writers: LEAD }),
    case: register(folderLink, { writers: LEAD }),
  },
});
