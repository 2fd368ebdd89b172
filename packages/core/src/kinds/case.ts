import { DANGER_SIGNS, OPEN_ABUSE_TYPES, RISK_LEVELS } from '../model/abuse.ts';
import { CASE_STAGES } from '../model/case-stage.ts';
import { AGENCIES, type Role, ROLES } from '../model/role.ts';
import {
  choice,
  choices,
  day,
  documentLink,
  documentLinks,
  folderLink,
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
import { log, register, rows } from './fields.ts';

const LEAD: readonly Role[] = ['lead'];
const DECIDERS: readonly Role[] = ['lead', 'chair'];
/** What police may establish too: verification and safety (LAW-1). */
const VERIFIERS: readonly Role[] = ['lead', 'police'];

/** Who may find that a child must be protected at once. */
const EMERGENCY_FINDERS: readonly Role[] = ['lead', 'police', 'chair'];

/** Groups of the law that rest on what a case found, without those of sealed cases. */
const CASE_GROUPS = ['G07', 'G09', 'G10'] as const;

/** Returns what a membership found in a case consists of. */
export function groupColumns<const Groups extends readonly [string, ...string[]]>(groups: Groups) {
  return {
    group: choice(groups),
    clause: oneOf('groupClause'),
    since: partialDate,
    until: partialDate,
    evidence: line,
  };
}

/** The case of one child: where it stands, who works on it, how safe the child is (Decree 56/2017 Art. 25-32). */
export const caseKind = defineKind({
  id: 'case',
  folder: 'case',
  compartment: 'protection',
  singleton: true,
  numbered: 'HS',
  fields: {
    stage: log(
      {
        n: number({ min: 1, max: 10_000, step: 1 }),
        from: choice(CASE_STAGES),
        to: choice(CASE_STAGES),
        reason: note,
        into: folderLink,
      },
      ['n', 'to'],
      { writers: DECIDERS },
    ),
    child: register(folderLink, { writers: LEAD }),
    childName: register(name, { writers: VERIFIERS }),
    intakes: register(documentLinks, { writers: LEAD }),
    lead: register(member, { writers: DECIDERS, isDecision: true }),
    contactPerson: register(name, { writers: LEAD }),
    contactPhone: register(phone, { writers: LEAD }),
    incidentCommune: register(line, { writers: VERIFIERS }),
    incidentVillage: register(village, { writers: VERIFIERS }),
    residenceCommune: register(line, { writers: VERIFIERS }),
    team: rows({ member, agency: choice(AGENCIES), role: choice(ROLES), until: day, duty: line }, ['member'], {
      scope: 'team',
      writers: DECIDERS,
    }),
    abuseTypes: register(choices(OPEN_ABUSE_TYPES), { writers: VERIFIERS }),
    groups: rows(groupColumns(CASE_GROUPS), ['group'], { writers: LEAD }),
    riskLevel: register(choice(RISK_LEVELS), { writers: VERIFIERS, strictest: RISK_LEVELS, isDecision: true }),
    riskReason: register(note, { writers: VERIFIERS }),
    isEmergency: register(yesNo, {
      writers: EMERGENCY_FINDERS,
      strictest: [true, false],
      isDecision: true,
      keptIn: ['emergencies', 'found'],
    }),
    emergencies: log({ found: yesNo }, ['found'], { writers: EMERGENCY_FINDERS }),
    dangerSigns: register(choices(DANGER_SIGNS), { writers: VERIFIERS }),
    isChildSafeNow: register(yesNo, { writers: VERIFIERS, strictest: [false, true], isDecision: true }),
    currentResidence: register(line, { writers: VERIFIERS, isDecision: true }),
    currentCarer: register(line, { writers: VERIFIERS }),
    carerRelation: register(line, { writers: VERIFIERS }),
    offenderRelation: register(line, { writers: VERIFIERS }),
    offenderHasAccess: register(yesNo, { writers: VERIFIERS, strictest: [true, false], isDecision: true }),
    guardianMayBeOffender: register(yesNo, { writers: VERIFIERS, strictest: [true, false], isDecision: true }),
    childOpinion: register(note, { writers: VERIFIERS }),
    healthNeeds: register(note, { writers: LEAD }),
    narrative: register(narrative, { writers: VERIFIERS }),
    verification: register(narrative, { writers: VERIFIERS }),
    planDueOn: register(day, { writers: DECIDERS }),
    nextReviewOn: register(day, { writers: DECIDERS }),
    previousCase: register(documentLink, { writers: LEAD }),
    notes: log({ text: note }, ['text']),
  },
});
