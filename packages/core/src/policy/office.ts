/** Who may ask for what of the office over his session. Whoever is not named here is refused by the Hub. Rule ENR-10. */
import { ROLES, type Role } from '../model/role.ts';
import { KEEPER_ROLES } from './recovery.ts';

/** The verbs that go over a session. Places and days go by the directory's room. */
export const OFFICE_VERBS = [
  'people',
  'invite',
  'inviteAgain',
  'change',
  'suspend',
  'revoke',
  'nameDevice',
  'namings',
  'confirmNaming',
  'audit',
  'keepers',
  'recoveries',
  'approveRecovery',
  'refuseRecovery',
  'recovered',
] as const;

/** One of OFFICE_VERBS. */
export type WireVerb = (typeof OFFICE_VERBS)[number];

/** Verbs that change nothing: asked twice, they are answered twice. */
export const READING_VERBS: readonly WireVerb[] = ['people', 'namings', 'audit', 'keepers', 'recoveries'];

const OFFICE: readonly Role[] = ['administrator', 'lead'];

/** The lead's verbs are about his collaborators alone; naming needs a second person, who is not the administrator. */
export const VERB_ROLES: Readonly<Record<WireVerb, readonly Role[]>> = {
  people: OFFICE,
  invite: OFFICE,
  inviteAgain: OFFICE,
  change: OFFICE,
  suspend: OFFICE,
  revoke: OFFICE,
  nameDevice: OFFICE,
  namings: ['lead', 'chair'],
  confirmNaming: ['lead', 'chair'],
  // everybody his own deeds, whoever answers for the work all of them: AUDIT_ROW
  audit: ROLES,
  // every vault has its keepers, and says itself when they have opened it
  keepers: ROLES,
  recoveries: KEEPER_ROLES,
  approveRecovery: KEEPER_ROLES,
  refuseRecovery: KEEPER_ROLES,
  recovered: ROLES,
};

/** Every role that has a verb. */
export const OFFICE_ROLES: readonly Role[] = ['administrator', 'lead', 'chair'];

/** Returns the verb of this name that a role may ask for, or null. */
export function verbFor(role: Role, verb: string): WireVerb | null {
  const known = OFFICE_VERBS.find((one) => one === verb);
  return known !== undefined && VERB_ROLES[known].includes(role) ? known : null;
}

/** Compartments that nobody is named for by one person alone. Rule ENR-11. */
export const NAMED_BY_TWO = ['sealed', 'hiv', 'legal'] as const;
