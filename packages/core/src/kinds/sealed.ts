import { SEALED_ABUSE_TYPES } from '../model/abuse.ts';
import { caseKind, groupColumns } from './case.ts';
import { choices } from './columns.ts';
import { contactNote } from './contact-note.ts';
import type { KindDefinition } from './define.ts';
import { register, rows } from './fields.ts';
import { intake } from './intake.ts';
import { task } from './task.ts';

/**
 * The same kind for sexual abuse, exploitation and trafficking: the same fields for another audience. Its human numbers are a
 * series of their own, because a gap in the open series would tell that something is hidden.
 */
function sealedTwin(kind: KindDefinition, fields: KindDefinition['fields'] = {}): KindDefinition {
  return {
    ...kind,
    id: `sealed-${kind.id}`,
    compartment: 'sealed',
    labels: kind.labels ?? kind.id,
    ...(kind.numbered === undefined ? {} : { numbered: `${kind.numbered}K` }),
    fields: { ...kind.fields, ...fields },
  };
}

/** Groups that a sealed case may find: sexual abuse, trafficking and abduction stand nowhere else. */
const SEALED_GROUPS = ['G07', 'G09', 'G10', 'G11', 'G12', 'O1'] as const;

/** The sealed twin of `case`. */
export const sealedCase = sealedTwin(caseKind, {
  abuseTypes: register(choices(SEALED_ABUSE_TYPES), { writers: ['lead', 'police'] }),
  groups: rows(groupColumns(SEALED_GROUPS), ['group'], { writers: ['lead'] }),
});
/** The sealed twin of `intake`. */
export const sealedIntake = sealedTwin(intake, { abuseTypes: register(choices(SEALED_ABUSE_TYPES)) });
/** The sealed twin of `contact-note`. */
export const sealedContactNote = sealedTwin(contactNote);
/** The sealed twin of `task`. */
export const sealedTask = sealedTwin(task);
