import { AGENCIES, type Role } from '../model/role.ts';
import { choice, choices, day, line, name, note, number, yesNo } from './columns.ts';
import { defineKind } from './define.ts';
import { log, register } from './fields.ts';

/** Whose consent it is: a child from seven on is asked beside its representative. */
const CONSENT_GIVERS = ['representative', 'child'] as const;
/** How it was given. */
const CONSENT_METHODS = ['paperPhoto', 'signature', 'thumbprint', 'recorded'] as const;
/** What of a child's folder a consent may speak of. Group 5 has records of its own, so that none here tells of it. */
const CONSENT_SCOPE = ['identity', 'education', 'health', 'support'] as const;
/** Whoever hears that a consent is withdrawn writes it down. */
const HEARERS: readonly Role[] = ['collaborator', 'nurse', 'lead', 'councilOffice'];

function fieldsFor(hearers: readonly Role[]) {
  return {
    by: register(choice(CONSENT_GIVERS)),
    giverName: register(name),
    relation: register(line),
    proof: register(line),
    agreed: register(yesNo, { strictest: [false, true] }),
    purpose: register(note),
    disclosedTo: register(choices(AGENCIES)),
    textHash: register(line),
    method: register(choice(CONSENT_METHODS)),
    childAge: register(number({ min: 0, max: 18, step: 1 })),
    childOpinion: register(note),
    witness: register(name),
    on: register(day),
    legalBasis: register(line),
    withdrawals: log({ on: day, reason: note }, ['reason'], { writers: hearers }),
  };
}

/** What a child or its representative agreed to, one purpose each (Law on Children Art. 6(11)). A withdrawal stands for ever: who agrees again says so anew. */
export const consent = defineKind({
  id: 'consent',
  folder: 'child',
  compartment: 'identity',
  singleton: false,
  authored: true,
  closedToGrants: true,
  fields: { ...fieldsFor(HEARERS), scope: register(choices(CONSENT_SCOPE)) },
});

/** The same about group 5: within its compartment, by its named staff. */
export const hivConsent = defineKind({
  id: 'hiv-consent',
  folder: 'child',
  compartment: 'hiv',
  singleton: false,
  authored: true,
  closedToGrants: true,
  labels: 'consent',
  fields: fieldsFor(['nurse']),
});
