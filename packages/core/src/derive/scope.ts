/**
 * Where a folder belongs, read from the fields marked `scope`, and what its requests open. An open conflict means the union, so nobody
 * loses sight of a child. Rules DRV-1, DRV-2.
 */
import type { Json } from '../base/any.ts';
import type { DocState } from '../doc/state.ts';
import { placesOf, scopeFieldsOf, scopeValuesOf } from '../kinds/scope-fields.ts';
import type { Grant } from '../model/grant.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import { EMPTY_SCOPE, type FolderScope, type TaskSeat, type TeamSeat } from '../model/principal.ts';
import { endOfDayMs } from '../policy/calendar.ts';
import { type GrantParts, bearsOnGrants, grantPartsOf, grantsOf, hasGrantParts } from './grants.ts';

/** What one document says of its folder. */
export type ScopePart = Partial<FolderScope> & GrantParts;

/**
 * Returns what this document says of where its folder belongs and of what is opened in it; lists that its kind has no field for are left
 * out. `document` names the task that an assignee gets, `firstAtMs` the Hub's first receipt of it, null where that has not come.
 */
export function scopePartOf(
  kind: string,
  state: DocState,
  document: DocumentId,
  firstAtMs: number | null = null,
): ScopePart {
  const part: { -readonly [Key in keyof ScopePart]?: ScopePart[Key] } = {
    ...grantPartsOf(kind, state, document, firstAtMs),
  };
  for (const [, { scope }] of scopeFieldsOf(kind)) {
    if (scope === 'village') part.villages = placesOf(kind, state, scope);
    if (scope === 'school') part.schools = placesOf(kind, state, scope);
    if (scope === 'team') part.team = uniqueSeats(scopeValuesOf(kind, state, scope).flatMap(seatOf));
    if (scope === 'assignee') part.assignees = seatsOfTask(document, scopeValuesOf(kind, state, scope));
  }
  return part;
}

/** Returns the scope of a folder from what its documents say: the union, each list in order and without repeats, so that equal scopes are equal JSON. */
export function mergeScopes(parts: readonly ScopePart[]): FolderScope {
  if (parts.length === 0) return EMPTY_SCOPE;
  return {
    villages: unique(parts.flatMap((part) => part.villages ?? [])),
    schools: unique(parts.flatMap((part) => part.schools ?? [])),
    team: uniqueSeats(parts.flatMap((part) => part.team ?? [])),
    assignees: uniqueTasks(parts.flatMap((part) => part.assignees ?? [])),
    grants: uniqueGrants([...parts.flatMap((part) => part.grants ?? []), ...grantsOf(parts)]),
  };
}

/** Says whether a field of a kind has a say in the scope of its folder. */
export function bearsOnScope(kind: string, field: string): boolean {
  return bearsOnGrants(kind, field) || scopeFieldsOf(kind).some(([name]) => name === field);
}

/** Says whether documents of a kind have a say in the scope of their folder. */
export function hasScopePart(kind: string): boolean {
  return hasGrantParts(kind) || scopeFieldsOf(kind).length > 0;
}

/** Says whether two scopes are the same, so that the Hub writes history only when one changed. */
export function equalScopes(a: FolderScope, b: FolderScope): boolean {
  return JSON.stringify(mergeScopes([a])) === JSON.stringify(mergeScopes([b]));
}

function seatsOfTask(task: DocumentId, values: readonly Json[]): readonly TaskSeat[] {
  const members = values.filter((value) => typeof value === 'number') as MemberNumber[];
  return uniqueTasks(members.map((member) => ({ task, member })));
}

function seatOf(value: Json): readonly TeamSeat[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const { member, until } = value as { readonly [key: string]: Json };
  if (typeof member !== 'number') return [];
  return [{ member: member as MemberNumber, untilMs: typeof until === 'string' ? endOfDayMs(until) : null }];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}

/** The longest seat of a person wins: a team that two people edited must not throw anyone out. */
function uniqueSeats(seats: readonly TeamSeat[]): readonly TeamSeat[] {
  const longest = new Map<MemberNumber, number>();
  for (const { member, untilMs } of seats) {
    longest.set(member, Math.max(longest.get(member) ?? 0, untilMs ?? Number.POSITIVE_INFINITY));
  }
  return [...longest]
    .map(([member, until]) => ({ member, untilMs: Number.isFinite(until) ? until : null }))
    .toSorted((a, b) => a.member - b.member);
}

function uniqueTasks(seats: readonly TaskSeat[]): readonly TaskSeat[] {
  const byKey = new Map(seats.map((seat) => [`${seat.task} ${String(seat.member)}`, seat]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, seat]) => seat);
}

function uniqueGrants(grants: readonly Grant[]): readonly Grant[] {
  const byKey = new Map(
    grants.map(({ document, member, compartment, agency, askedAtMs, fromMs, untilMs, needsReview }) => {
      const review = needsReview ? { needsReview } : {};
      const grant: Grant = { document, member, compartment, agency, askedAtMs, fromMs, untilMs, ...review };
      return [JSON.stringify(grant), grant] as const;
    }),
  );
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, grant]) => grant);
}
