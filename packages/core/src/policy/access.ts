/** Who may hold and do what, now. One function for the Hub to enforce and for the client to explain. Rules POL-1 … POL-9, POL-18. */
import { unreachable } from '../base/assert.ts';
import type { FieldDefinition, KindDefinition } from '../kinds/define.ts';
import { kindOf } from '../kinds/registry.ts';
import type { Compartment } from '../model/compartment.ts';
import type { Grant } from '../model/grant.ts';
import { type DocumentLabel, EVERYWHERE, type Principal } from '../model/principal.ts';
import { agencyOf } from '../model/role.ts';
import type { Cell, CellScope } from './cells.ts';
import type { Action, Decision, ReadAccess } from './decision.ts';
import { MATRIX } from './matrix.ts';

/** Returns how much of the document the person may hold on a device now. */
export function readAccess(principal: Principal, label: DocumentLabel, nowMs: number): ReadAccess {
  if (hasEnded(principal, nowMs)) return { access: 'none' };
  const cell = cellFor(principal, label);
  if (isGranted(principal, label, cell, nowMs)) return { access: 'whole' };
  if (!isInScope(principal, label, cell.scope, nowMs)) return { access: 'none' };
  if (cell.right === 'extract' && cell.extract) return { access: 'extract', extract: cell.extract };
  return { access: isWhole(cell) ? 'whole' : 'none' };
}

/**
 * Returns whether the person may do this to the document now, and why. For `create` the label carries the scope that the new document
 * gives its folder: the right on a scope is judged by what would be there.
 */
export function decide(principal: Principal, action: Action, label: DocumentLabel, nowMs: number): Decision {
  if (hasEnded(principal, nowMs)) return { allowed: false, reason: 'ended' };
  const cell = cellFor(principal, label);
  if (action.act !== 'read' && kindOf(label.kind)?.isReadLog) return decideReadLog(principal, action, label, nowMs);
  if (action.act === 'read' && isGranted(principal, label, cell, nowMs)) return { allowed: true, basis: 'onRequest' };
  if (!hasRight(cell, action)) return { allowed: false, reason: reasonWithoutRight(label, action) };
  if (!isInScope(principal, label, cell.scope, nowMs)) return { allowed: false, reason: 'not-here' };
  return decideInCell(principal, action, label, cell);
}

/** Whoever may read anything of the compartment in this folder keeps his own record of it, by the same basis; nobody another's. Rule POL-20. */
function decideReadLog(principal: Principal, action: Action, label: DocumentLabel, nowMs: number): Decision {
  const isHis = label.owner === principal.member && action.act !== 'decide';
  if (!isHis || readAccess(principal, label, nowMs).access !== 'whole') return { allowed: false, reason: 'no-right' };
  const isField = action.act !== 'write' || Object.hasOwn(kindOf(label.kind)?.fields ?? {}, action.field);
  const { basis } = cellFor(principal, label);
  return isField ? { allowed: true, basis } : { allowed: false, reason: 'not-this-field' };
}

/** Returns the matrix cell that speaks about this kind of document for this person, his naming included. */
export function cellFor(principal: Principal, label: Pick<DocumentLabel, 'kind' | 'compartment'>): Cell {
  const cell = MATRIX[label.compartment][principal.role];
  const own = cell.kinds && Object.hasOwn(cell.kinds, label.kind) ? cell.kinds[label.kind] : undefined;
  const found = own ?? cell;
  if (!found.named || principal.namedFor.includes(label.compartment)) return found;
  return found.unnamed ?? { right: 'none', scope: 'all', basis: 'none' };
}

/**
 * Says whether the folder is this person's: by a seat in its team, or, outside the files of cases, by village or school. A case is
 * nobody's by place, however many villages he serves. Rule POL-4.
 */
export function isAssigned(
  principal: Principal,
  label: Pick<DocumentLabel, 'compartment' | 'scope'>,
  nowMs: number,
): boolean {
  const { villages, schools, team } = label.scope;
  if (team.some((seat) => seat.member === principal.member && (seat.untilMs === null || nowMs < seat.untilMs)))
    return true;
  if (BY_TEAM_ONLY.includes(label.compartment)) return false;
  return holdsAny(principal.villages, villages) || holdsAny(principal.schools, schools);
}

/**
 * Says whether the compartment is open to this person for now, beyond what his work opens: where his cell says that it may be asked for,
 * and never the paperwork about it. Rule POL-18.
 */
function isGranted(principal: Principal, label: DocumentLabel, cell: Cell, nowMs: number): boolean {
  const kind = kindOf(label.kind);
  if (!cell.onRequest || kind?.closedToGrants) return false;
  // of who else looked he reads nothing
  if (kind?.isReadLog && label.owner !== principal.member) return false;
  return label.scope.grants.some(
    (grant) => grant.compartment === label.compartment && isHeldBy(grant, principal, nowMs),
  );
}

function isHeldBy(grant: Grant, principal: Principal, nowMs: number): boolean {
  const isOfHisRole = grant.askedAtMs >= (principal.sinceMs ?? 0);
  return isGivenTo(grant, principal) && isOfHisRole && grant.fromMs <= nowMs && nowMs < grant.untilMs;
}

/** Says whether the grant is for this person, and the consent that it may lean on for the agency that he works for. Rule DRV-26. */
export function isGivenTo(
  { member, agency }: Grant,
  { member: me, role }: Pick<Principal, 'member' | 'role'>,
): boolean {
  return member === me && (agency === null || agency === agencyOf(role));
}

const BY_TEAM_ONLY: readonly Compartment[] = ['protection', 'sealed', 'legal'];

/** `EVERYWHERE` covers all places, and what has no place yet. */
function holdsAny(held: readonly string[], places: readonly string[]): boolean {
  return held.includes(EVERYWHERE) || places.some((place) => held.includes(place));
}

/** Says whether a person's appointment is over: then he has no right at all. */
export function hasEnded(principal: Pick<Principal, 'untilMs'>, nowMs: number): boolean {
  return principal.untilMs !== null && nowMs >= principal.untilMs;
}

function isWhole(cell: Cell): boolean {
  return cell.right === 'read' || cell.right === 'write' || cell.right === 'decide';
}

function hasRight(cell: Cell, action: Action): boolean {
  switch (action.act) {
    case 'read':
      return isWhole(cell);
    case 'create':
    case 'write':
      return cell.right === 'file' || cell.right === 'write' || cell.right === 'decide';
    case 'decide':
      return cell.right === 'decide';
    default:
      return unreachable(action);
  }
}

function reasonWithoutRight(label: DocumentLabel, action: Action): 'hub-only' | 'no-right' {
  const isWriting = action.act === 'create' || action.act === 'write';
  return isWriting && kindOf(label.kind)?.hubOnly ? 'hub-only' : 'no-right';
}

function isInScope(principal: Principal, label: DocumentLabel, scope: CellScope, nowMs: number): boolean {
  const isOwner = label.owner === principal.member;
  switch (scope) {
    case 'all':
      return true;
    case 'owner':
      return isOwner;
    case 'assigned':
      return isAssigned(principal, label, nowMs);
    case 'mine':
      return isOwner && isAssigned(principal, label, nowMs);
    case 'asker':
      return (
        isOwner ||
        label.scope.grants.some((grant) => grant.document === label.document && isHeldBy(grant, principal, nowMs))
      );
    case 'assignee':
      return label.scope.assignees.some((seat) => seat.task === label.document && seat.member === principal.member);
    default:
      return unreachable(scope);
  }
}

function decideInCell(principal: Principal, action: Action, label: DocumentLabel, cell: Cell): Decision {
  const yes: Decision = { allowed: true, basis: cell.basis };
  if (action.act === 'read' || action.act === 'decide') return yes;
  const kind = kindOf(label.kind);
  if (!kind) return { allowed: false, reason: 'no-right' };
  if (action.act === 'create') return decideCreate(principal, label, kind, cell) ?? yes;
  const field = Object.hasOwn(kind.fields, action.field) ? kind.fields[action.field] : undefined;
  if (!field) return { allowed: false, reason: 'not-this-field' };
  return decideField(principal, label, kind, cell, field) ?? yes;
}

function decideCreate(
  principal: Principal,
  label: DocumentLabel,
  kind: KindDefinition,
  cell: Cell,
): Extract<Decision, { allowed: false }> | null {
  if (kind.hubOnly) return { allowed: false, reason: 'hub-only' };
  if (cell.fields === 'named' || label.owner !== principal.member) return { allowed: false, reason: 'no-right' };
  return null;
}

function decideField(
  principal: Principal,
  label: DocumentLabel,
  kind: KindDefinition,
  cell: Cell,
  field: FieldDefinition,
): Extract<Decision, { allowed: false }> | null {
  const isOwner = label.owner === principal.member;
  if (cell.right === 'file') return isOwner && !field.writers ? null : { allowed: false, reason: 'not-this-field' };
  if (field.writers)
    return field.writers.includes(principal.role) ? null : { allowed: false, reason: 'not-this-field' };
  if (kind.hubOnly) return { allowed: false, reason: 'hub-only' };
  if (kind.authored && !isOwner) return { allowed: false, reason: 'not-this-field' };
  if (cell.fields === 'named' && field.type !== 'log') return { allowed: false, reason: 'not-this-field' };
  return null;
}
