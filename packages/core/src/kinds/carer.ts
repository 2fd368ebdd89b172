import type { Role } from '../model/role.ts';
import {
  choice,
  choices,
  day,
  line,
  name,
  note,
  number,
  partialDate,
  personalId,
  phone,
  village,
  yesNo,
} from './columns.ts';
import { defineKind } from './define.ts';
import { log, register, rows } from './fields.ts';
import { SEXES } from './identity.ts';

/** What the carer is to the child whom he takes (Law on Children Art. 62). */
const CARE_TYPES = ['relative', 'nonRelative', 'facility'] as const;
const PAPERS = ['application', 'healthCertificate', 'criminalRecord', 'residence', 'other'] as const;
const CARER_STATES = ['registered', 'verified', 'eligible', 'notEligible', 'matched', 'caring', 'ended'] as const;
const CONDUCTS = ['nothingKnown', 'concern'] as const;
const ELIGIBILITIES = ['eligible', 'notEligible'] as const;

const LEAD: readonly Role[] = ['lead'];
const CHAIR: readonly Role[] = ['chair'];

/** Form 08 and the register of those who may care for a child in the place of its parents (Decree 56/2017, chapter V). */
export const carer = defineKind({
  id: 'carer',
  folder: 'care',
  compartment: 'care',
  singleton: true,
  form: '08',
  fields: {
    name: register(name, { writers: LEAD }),
    birth: register(partialDate, { writers: LEAD }),
    sex: register(choice(SEXES), { writers: LEAD }),
    personalId: register(personalId, { writers: LEAD }),
    phone: register(phone, { writers: LEAD }),
    village: register(village, { scope: 'village', writers: LEAD }),
    address: register(line, { writers: LEAD }),
    type: register(choice(CARE_TYPES), { writers: LEAD }),
    relation: register(line, { writers: LEAD }),
    household: rows({ name, birth: partialDate, relation: line, job: line }, ['name'], { writers: LEAD }),
    motivation: register(note, { writers: LEAD }),
    income: register(note, { writers: LEAD }),
    housing: register(note, { writers: LEAD }),
    mostChildren: register(number({ min: 1, max: 20, step: 1 }), { writers: LEAD }),
    ageFrom: register(number({ min: 0, max: 17, step: 1 }), { writers: LEAD }),
    ageTo: register(number({ min: 0, max: 17, step: 1 }), { writers: LEAD }),
    acceptsSexes: register(choices(SEXES), { writers: LEAD }),
    acceptsDisability: register(yesNo, { writers: LEAD }),
    papers: rows({ paper: choice(PAPERS), number: line, on: day, until: day }, ['paper'], { writers: LEAD }),
    healthCertificateOn: register(day, { writers: LEAD }),
    healthCertificatePlace: register(line, { writers: LEAD }),
    healthCertificateUntil: register(day, { writers: LEAD }),
    villageOpinion: register(note, { writers: LEAD }),
    verifications: log({ on: day, by: line, finding: note }, ['on'], { writers: LEAD }),
    conductChecks: log({ on: day, conduct: choice(CONDUCTS), note }, ['on', 'conduct'], { writers: ['police'] }),
    trainings: log({ on: day, topic: line }, ['on'], { writers: LEAD }),
    eligibility: register(choice(ELIGIBILITIES), { writers: CHAIR, strictest: ['notEligible'], isDecision: true }),
    eligibilityReason: register(note, { writers: CHAIR }),
    decisionNumber: register(line, { writers: CHAIR }),
    decidedOn: register(day, { writers: CHAIR }),
    state: register(choice(CARER_STATES), { writers: LEAD, isDecision: true }),
    lastReviewOn: register(day, { writers: LEAD }),
    notes: log({ text: note }, ['text']),
  },
});
