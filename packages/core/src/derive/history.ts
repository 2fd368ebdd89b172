/** The material of a document's history in sentences: who changed what from what to what, and when. Pure. Rules DRV-16, DRV-17. */
import type { Json } from '../base/any.ts';
import { type Entry, compareEntries } from '../doc/entry.ts';
import { readField } from '../doc/read.ts';
import { type DocState, applyUpdate, cloneState, emptyState } from '../doc/state.ts';
import type { DocUpdate } from '../doc/update.ts';
import { strictestOf } from '../kinds/registry.ts';
import type { MemberNumber } from '../model/ids.ts';
import { msOfMinutes } from '../model/minutes.ts';

/** One change of one field. */
export interface Change {
  readonly field: string;
  /** The element of a map, null for the others. */
  readonly code: string | null;
  readonly isAddition: boolean;
  /** The value shown before; null when there was none, or when it is no longer known here. */
  readonly before: Json;
  readonly after: Json;
  readonly member: MemberNumber;
  /** The writer's clock, to the minute, in ms. */
  readonly atMs: number;
  readonly op: string;
  /** It stood in the base: what was before it, and the document of then, are not known here. */
  readonly isStanding: boolean;
}

/**
 * Returns the changes that `updates` made, oldest first, after those that still stand in `base`: a snapshot keeps the last value of each
 * field and forgets the ones before it. Updates that do not follow are left out: their document is rebuilt elsewhere.
 */
export function historyOf(
  kind: string,
  updates: readonly DocUpdate[],
  base: DocState | null = null,
): readonly Change[] {
  const state = cloneState(base ?? emptyState());
  const standing = [...state.live.values()].toSorted(compareEntries).map((entry) => changeOf(entry, null, true));
  const made = updates.flatMap((update) => {
    const changes = update.items.map((entry) => changeOf(entry, shownBefore(kind, state, entry), false));
    const applied = applyUpdate(state, update);
    return applied.ok && applied.value === 'applied' ? changes : [];
  });
  return [...standing, ...made];
}

/** Returns the document as it stood when the update with `op` had been made, or null when none of `updates` has it. Rule DRV-18. */
export function stateAt(updates: readonly DocUpdate[], op: string, base: DocState | null = null): DocState | null {
  const last = updates.findIndex(({ items }) => items.some((entry) => entry.op === op));
  if (last < 0) return null;
  const state = cloneState(base ?? emptyState());
  for (const update of updates.slice(0, last + 1)) applyUpdate(state, update);
  return state;
}

function shownBefore(kind: string, state: DocState, { field }: Entry): Json {
  return field.type === 'log' ? null : (readField(state, field.path, strictestOf(kind))?.value ?? null);
}

function changeOf(entry: Entry, before: Json, isStanding: boolean): Change {
  const { field, value, member, minutes, op } = entry;
  return {
    field: field.name,
    code: field.code,
    isAddition: field.type === 'log',
    before,
    after: value,
    member: member as MemberNumber,
    atMs: msOfMinutes(minutes),
    op,
    isStanding,
  };
}
