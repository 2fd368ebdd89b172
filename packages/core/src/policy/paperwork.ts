/** The paperwork of a compartment in the matrix: who asks and answers in it, and who reads the edits that the Hub held there. */
import type { Compartment } from '../model/compartment.ts';
import { type AccessRule, accessKindOf, accessRuleOf } from '../model/grant.ts';
import { HELD_DECIDERS, heldKindFor } from '../model/held.ts';
import { ROLES, type Role } from '../model/role.ts';
import { type Cell, type Row, contributes, decides, namedOnly, none } from './cells.ts';

/** Adds to a row who may ask in its compartment and who answers, who decides about held edits, and that nobody else hears of either. */
export function withPaperwork(compartment: Compartment, row: Row): Row {
  const rule = accessRuleOf(compartment);
  const deciders = HELD_DECIDERS[compartment] ?? [];
  const cells = ROLES.map((role) => {
    const cell = row[role];
    const kinds = {
      ...cell.kinds,
      ...(rule ? { [accessKindOf(compartment)]: requestCell(rule, role, cell) } : {}),
      [heldKindFor(compartment) ?? '']: deciders.includes(role) ? heldCell(cell) : none,
    };
    return [role, { ...cell, kinds }] as const;
  });
  return Object.fromEntries(cells) as unknown as Row;
}

function requestCell({ askers, deciders, reviewers }: AccessRule, role: Role, { scope, basis, named }: Cell): Cell {
  if (askers.includes(role)) return { right: 'write', scope: 'asker', basis: 'onRequest' };
  if (deciders.includes(role)) return named ? namedOnly(decides(basis)) : decides(basis, scope);
  return reviewers.includes(role) ? contributes('supervision') : none;
}

/** As wide as what he has of the compartment, and no wider: a held edit may be of any document in it, a request too. Rule POL-23. */
function heldCell({ kinds: _others, ...cell }: Cell): Cell {
  return cell;
}
