/** Where a folder belongs, read from the fields marked `scope`. An open conflict means the union, so nobody loses sight of a child. Rules DRV-1, DRV-2. */
import type { Json } from '../base/any.ts';
import type { FieldView } from '../doc/read.ts';
import { readDocument } from '../doc/read.ts';
import type { DocState } from '../doc/state.ts';
import type { ScopeOf } from '../kinds/define.ts';
import { kindOf } from '../kinds/registry.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import { EMPTY_SCOPE, type FolderScope, type TaskSeat, type TeamSeat } from '../model/principal.ts';
import { endOfDayMs } from '../policy/calendar.ts';

/** Returns what this document says of where its folder belongs; empty for kinds without scope fields. `document` names the task that an assignee gets. */
export function scopePartOf(kind: string, state: DocState, document: DocumentId): Partial<FolderScope> {
  const part: { -readonly [Key in keyof FolderScope]?: FolderScope[Key] } = {};
  const fields = Object.entries(kindOf(kind)?.fields ?? {}).filter(([, field]) => field.scope);
  if (fields.length === 0) return part;
  const view = readDocument(state);
  for (const [name, { scope }] of fields) {
    const values = [...(view.maps.get(name)?.values() ?? []), ...one(view.registers.get(name))].flatMap(valuesOf);
    addTo(part, scope, values, document);
  }
  return part;
}

/** Returns the scope of a folder from what its documents say: the union, each list in order and without repeats, so that equal scopes are equal JSON. */
export function mergeScopes(parts: readonly Partial<FolderScope>[]): FolderScope {
  if (parts.length === 0) return EMPTY_SCOPE;
  return {
    villages: unique(parts.flatMap((part) => part.villages ?? [])),
    schools: unique(parts.flatMap((part) => part.schools ?? [])),
    team: uniqueSeats(parts.flatMap((part) => part.team ?? [])),
    assignees: uniqueTasks(parts.flatMap((part) => part.assignees ?? [])),
  };
}

/** Says whether two scopes are the same, so that the Hub writes history only when one changed. */
export function equalScopes(a: FolderScope, b: FolderScope): boolean {
  return JSON.stringify(mergeScopes([a])) === JSON.stringify(mergeScopes([b]));
}

function one(view: FieldView | undefined): readonly FieldView[] {
  return view ? [view] : [];
}

/** Every live value, not the shown one alone. */
function valuesOf(view: FieldView): readonly Json[] {
  return view.live.map((entry) => entry.value).filter((value) => value !== null);
}

function addTo(
  part: { -readonly [Key in keyof FolderScope]?: FolderScope[Key] },
  scope: ScopeOf | undefined,
  values: readonly Json[],
  task: DocumentId,
): void {
  if (scope === 'village') part.villages = unique(values.filter((value) => typeof value === 'string'));
  if (scope === 'school') part.schools = unique(values.filter((value) => typeof value === 'string'));
  if (scope === 'team') part.team = uniqueSeats(values.flatMap(seatOf));
  if (scope === 'assignee') {
    const members = values.filter((value) => typeof value === 'number') as MemberNumber[];
    part.assignees = uniqueTasks(members.map((member) => ({ task, member })));
  }
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
