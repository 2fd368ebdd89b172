import * as z from 'zod/mini';
import { must } from '../base/assert.ts';
import type { Compartment } from '../model/compartment.ts';
import { HELD_DECIDERS, heldKindFor } from '../model/held.ts';
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
 * An edit that came too late to be stored and is too good to be lost. It lies in the folder and in the compartment of the document that it
 * would have changed, and whoever decides about it sees it, and nobody else; the author keeps his own copy in Quarantine. Rule POL-23.
 */
function heldKind(compartment: Compartment, folder: FolderType) {
  const id = must(heldKindFor(compartment), 'a compartment that keeps held edits');
  const writers = must(HELD_DECIDERS[compartment], 'who decides about them');
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
      outcome: register(choice(HELD_OUTCOMES), { writers, isDecision: true }),
      outcomeReason: register(note, { writers }),
    },
  });
}

/** A held edit of a case's documents. */
export const held = heldKind('protection', 'case');

/** Held edits of the other compartments, one kind each because a compartment is a kind's for ever. */
export const HELD_TWINS: readonly KindDefinition[] = [
  heldKind('identity', 'child'),
  heldKind('education', 'child'),
  heldKind('health', 'child'),
  heldKind('support', 'child'),
  heldKind('hiv', 'child'),
  heldKind('legal', 'child'),
  heldKind('care', 'care'),
  heldKind('watch', 'office'),
  heldKind('sealed', 'case'),
];
