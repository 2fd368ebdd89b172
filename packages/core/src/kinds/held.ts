import * as z from 'zod/mini';
import type { Compartment } from '../model/compartment.ts';
import type { Role } from '../model/role.ts';
import { HOLDS } from '../wire/refusal.ts';
import { MAX_LIST, anything, choice, documentLink, instant, line, member, note } from './columns.ts';
import { type Column, type FolderType, type KindDefinition, defineKind } from './define.ts';
import { register } from './fields.ts';

/** What a decider did with an edit that the Hub held. `accepted` = he wrote it again as his own edit. */
const HELD_OUTCOMES = ['accepted', 'declined'] as const;

const heldEdits = {
  schema: z
    .array(z.object({ field: line.schema, code: z.nullable(line.schema), value: anything.schema }))
    .check(z.maxLength(MAX_LIST * 4)),
  input: { as: 'hidden' },
} as const satisfies Column;

/**
 * An edit that came too late to be stored and is too good to be lost (design § 3). It lies in the folder and in the compartment of the
 * document that it would have changed, so whoever may decide there sees it, and nobody else; the author keeps his own copy in Quarantine.
 */
function heldKind(id: string, compartment: Compartment, folder: FolderType, deciders: readonly Role[]) {
  return defineKind({
    id,
    folder,
    compartment,
    singleton: false,
    hubOnly: true,
    closedToGrants: true,
    ...(id === 'held' ? {} : { labels: 'held' }),
    fields: {
      document: register(documentLink),
      member: register(member),
      atMs: register(instant),
      receivedAt: register(instant),
      code: register(choice(HOLDS)),
      edits: register(heldEdits),
      outcome: register(choice(HELD_OUTCOMES), { writers: deciders, isDecision: true }),
      outcomeReason: register(note, { writers: deciders }),
    },
  });
}

/** A held edit of a case's documents. */
export const held = heldKind('held', 'protection', 'case', ['lead', 'chair']);

/** Held edits of the other compartments, one kind each because a compartment is a kind's for ever. */
export const HELD_TWINS: readonly KindDefinition[] = [
  heldKind('held-identity', 'identity', 'child', ['lead']),
  heldKind('held-education', 'education', 'child', ['teacher', 'lead']),
  heldKind('held-health', 'health', 'child', ['nurse']),
  heldKind('held-support', 'support', 'child', ['lead', 'chair']),
  heldKind('held-hiv', 'hiv', 'child', ['nurse']),
  heldKind('held-legal', 'legal', 'child', ['police']),
  heldKind('held-care', 'care', 'care', ['lead', 'chair']),
  heldKind('held-watch', 'watch', 'office', ['lead']),
  heldKind('held-sealed', 'sealed', 'case', ['lead', 'police', 'chair']),
];

const BY_COMPARTMENT = new Map<Compartment, string>([held, ...HELD_TWINS].map((kind) => [kind.compartment, kind.id]));

/** Returns the id of the kind that keeps held edits of a compartment, or null where edits are never held (staff, own). */
export function heldKindFor(compartment: Compartment): string | null {
  return BY_COMPARTMENT.get(compartment) ?? null;
}
