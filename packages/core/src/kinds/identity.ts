import type { Role } from '../model/role.ts';
import {
  choice,
  day,
  folderLink,
  line,
  name,
  note,
  number,
  oneOf,
  partialDate,
  personalId,
  phone,
  village,
  year,
  yesNo,
} from './columns.ts';
import { defineKind } from './define.ts';
import { log, register, rows } from './fields.ts';

/** As the papers have it; not known is null. */
export const SEXES = ['male', 'female'] as const;
/** How the personal number was seen, weakest first. */
const ID_EVIDENCE = ['told', 'paperSeen', 'policeVerified'] as const;
/** Why a child has no number yet: never a made-up one. */
const NO_ID_REASONS = ['notIssued', 'notRegistered', 'notShown', 'unknown'] as const;
/** Kinds of residence. */
const RESIDENCES = ['permanent', 'temporary', 'staying'] as const;
/** What is known of a person's life. `missing` = declared by law. */
const VITAL_STATUSES = ['alive', 'dead', 'missing', 'unknown'] as const;
/** Where a parent is, as the household tells it; a legal measure belongs to `legal`. */
const WHEREABOUTS = ['home', 'awayForWork', 'leftFamily', 'facility', 'unknown'] as const;
/** What a carer is to the child. */
const CARER_RELATIONS = [
  'father',
  'mother',
  'grandparent',
  'auntUncle',
  'sibling',
  'stepParent',
  'relative',
  'fosterCarer',
  'facility',
  'self',
  'other',
] as const;
/** Causes of increase and decrease. */
const MOVEMENTS = [
  'born',
  'movedIn',
  'identified',
  'returned',
  'abandonedFound',
  'movedOut',
  'died',
  'reached16',
  'adopted',
  'duplicate',
  'error',
] as const;
/**
 * Groups that may show in the register of identities. Disability, illness, offence, drugs, violence, abduction, sexual abuse, trafficking and injury
 * belong to other compartments; G05 never leaves `hiv` (KIND-8).
 */
const REGISTER_GROUPS = ['G01', 'G02', 'G03', 'G08', 'G14', 'R1', 'R2', 'R3', 'R4', 'R5', 'R6'] as const;

const SURVEY: readonly Role[] = ['collaborator', 'lead'];
const ID_WRITERS: readonly Role[] = ['collaborator', 'lead', 'police'];
const CIVIL_STATUS: readonly Role[] = ['collaborator', 'lead', 'councilOffice'];

/** Who a child is: the register of children. */
export const identity = defineKind({
  id: 'identity',
  folder: 'child',
  compartment: 'identity',
  singleton: true,
  numbered: 'TE',
  fields: {
    village: register(village, { scope: 'village', writers: SURVEY }),
    household: register(folderLink, { writers: SURVEY }),
    name: register(name, { writers: CIVIL_STATUS }),
    nicknames: register(line, { writers: SURVEY }),
    birth: register(partialDate, { writers: CIVIL_STATUS }),
    birthEstimated: register(yesNo, { writers: CIVIL_STATUS }),
    sex: register(choice(SEXES), { writers: CIVIL_STATUS }),
    ethnicity: register(oneOf('ethnicity'), { writers: SURVEY }),
    photoConsent: register(yesNo, { writers: SURVEY }),
    personalId: register(personalId, { writers: ID_WRITERS }),
    personalIdSeen: register(choice(ID_EVIDENCE), { writers: ID_WRITERS }),
    personalIdMissing: register(choice(NO_ID_REASONS), { writers: ID_WRITERS }),
    personalIdDoubt: register(line, { writers: ID_WRITERS }),
    birthCertificate: register(line, { writers: CIVIL_STATUS }),
    birthCertificateOn: register(day, { writers: CIVIL_STATUS }),
    birthCertificatePlace: register(line, { writers: CIVIL_STATUS }),
    residence: register(choice(RESIDENCES), { writers: ['collaborator', 'lead', 'police'] }),
    address: register(line, { writers: SURVEY }),
    formerAddress: register(line, { writers: SURVEY }),
    fatherName: register(name, { writers: CIVIL_STATUS }),
    fatherBirthYear: register(year, { writers: CIVIL_STATUS }),
    fatherPersonalId: register(personalId, { writers: ID_WRITERS }),
    fatherPhone: register(phone, { writers: SURVEY }),
    fatherVital: register(choice(VITAL_STATUSES), { writers: CIVIL_STATUS }),
    fatherVitalOn: register(partialDate, { writers: CIVIL_STATUS }),
    fatherWhereabouts: register(choice(WHEREABOUTS), { writers: SURVEY }),
    fatherAwaySince: register(partialDate, { writers: SURVEY }),
    fatherUnable: register(yesNo, { writers: SURVEY }),
    motherName: register(name, { writers: CIVIL_STATUS }),
    motherBirthYear: register(year, { writers: CIVIL_STATUS }),
    motherPersonalId: register(personalId, { writers: ID_WRITERS }),
    motherPhone: register(phone, { writers: SURVEY }),
    motherVital: register(choice(VITAL_STATUSES), { writers: CIVIL_STATUS }),
    motherVitalOn: register(partialDate, { writers: CIVIL_STATUS }),
    motherWhereabouts: register(choice(WHEREABOUTS), { writers: SURVEY }),
    motherAwaySince: register(partialDate, { writers: SURVEY }),
    motherUnable: register(yesNo, { writers: SURVEY }),
    parentsEvidence: register(line, { writers: CIVIL_STATUS }),
    carerName: register(name, { writers: SURVEY }),
    carerRelation: register(choice(CARER_RELATIONS), { writers: SURVEY }),
    carerPhone: register(phone, { writers: SURVEY }),
    birthOrder: register(number({ min: 1, max: 20, step: 1 }), { writers: SURVEY }),
    groups: rows(
      {
        group: choice(REGISTER_GROUPS),
        clause: oneOf('groupClause'),
        since: partialDate,
        until: partialDate,
        evidence: line,
      },
      ['group'],
      { writers: SURVEY },
    ),
    vital: register(choice(VITAL_STATUSES), { writers: CIVIL_STATUS, isDecision: true }),
    movements: log({ kind: choice(MOVEMENTS), on: partialDate, place: line, note }, ['kind']),
    importNotes: log({ text: note, source: line }, ['text'], { writers: SURVEY }),
    notes: log({ text: note }, ['text']),
  },
});
