import { ACCESS_RULES, type AccessRule, accessKindOf } from '../model/grant.ts';
import type { Role } from '../model/role.ts';
import { day, documentLinks, line, member, note, oneOf, yesNo } from './columns.ts';
import { type FieldDefinition, type KindDefinition, defineKind } from './define.ts';
import { log, register } from './fields.ts';

/** All that the asker claims, as an approval says it over again, and what the approver has to say. */
const TERMS_AND_NOTE = {
  member,
  basis: oneOf('accessBasis'),
  reason: note,
  paperNumber: line,
  paperOn: day,
  from: day,
  until: day,
  consents: documentLinks,
  note,
};

/**
 * A request to see one compartment of a folder, and what became of it: a document of that folder and of that very compartment, so that
 * nobody outside learns that it was asked for. Whoever made it words it; others approve, refuse and end. An approval says over again what
 * it approves, so that no later change of the words is approved with it.
 */
function accessKind({ compartment, folder, askers, deciders, reviewers, hasEmergency }: AccessRule): KindDefinition {
  const enders: readonly Role[] = [...new Set([...askers, ...deciders])];
  const emergency: Readonly<Record<string, FieldDefinition>> = {
    isEmergency: register(yesNo, { strictest: [true, false] }),
    reviews: log({ isJustified: yesNo, text: note }, ['isJustified', 'text'], { writers: reviewers }),
  };
  return defineKind({
    id: accessKindOf(compartment),
    folder,
    compartment,
    singleton: false,
    authored: true,
    closedToGrants: true,
    labels: 'access',
    fields: {
      member: register(member),
      basis: register(oneOf('accessBasis')),
      reason: register(note),
      paperNumber: register(line),
      paperOn: register(day),
      consents: register(documentLinks),
      from: register(day),
      until: register(day),
      approvals: log(TERMS_AND_NOTE, ['member', 'basis', 'from', 'until'], { writers: deciders }),
      refusals: log({ reason: note }, ['reason'], { writers: deciders }),
      ended: log({ reason: note }, ['reason'], { writers: enders }),
      ...(hasEmergency ? emergency : {}),
    },
  });
}

/** The requests, one kind for each compartment because a compartment is a kind's for ever. */
export const ACCESS_KINDS: readonly KindDefinition[] = ACCESS_RULES.map(accessKind);
