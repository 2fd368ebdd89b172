/** From a document to values, the same on every device. Rules DOC-20 … DOC-22. */
import type { Json } from '../base/any.ts';
import { compareEntries } from './entry.ts';
import type { Entry } from './entry.ts';
import type { FieldKey } from './field-key.ts';
import { liveOf } from './state.ts';
import type { DocState } from './state.ts';
import { NONE, SEVERAL } from './stored-items.ts';

/** What a register or one element of a map shows. */
export interface FieldView {
  /** The value shown while nobody has chosen: the strictest where the field has an order, else the one of greatest (minutes, client, clock). Null when cleared. */
  readonly value: Json;
  /** When it was written, whole minutes since 2025-01-01T00:00Z by the writer's clock. */
  readonly at: number;
  /** Commune number of its writer. */
  readonly member: number;
  /** Every live value, the shown one first: what an edit made from this view has seen. */
  readonly live: readonly Entry[];
  /** The live values when they differ, for a person to choose from; null when there is nothing to choose. */
  readonly conflict: readonly Entry[] | null;
}

/** Everything in a document. Maps, not objects: a field may be called `constructor`. */
export interface DocumentView {
  readonly registers: ReadonlyMap<string, FieldView>;
  /** Field → code → element; an element that was removed shows null. */
  readonly maps: ReadonlyMap<string, ReadonlyMap<string, FieldView>>;
  /** Field → entries by (minutes, client, clock). */
  readonly logs: ReadonlyMap<string, readonly Entry[]>;
}

/** A field with more than one value, and those values, the shown one first. */
export interface Conflict {
  readonly field: FieldKey;
  readonly entries: readonly Entry[];
}

/** Returns the order of a field's values, greater being stricter, or null where time decides. */
export type Strictest = (name: string) => ((a: Json, b: Json) => number) | null;

const byTime: Strictest = () => null;

/** Returns the order in which a value that stands earlier in `order` is stricter; values outside it come last, all alike. */
export function strictestFirst(order: readonly Json[]): (a: Json, b: Json) => number {
  const rankOf = (value: Json): number => {
    const rank = order.findIndex((each) => equalJson(each, value));
    return rank < 0 ? order.length : rank;
  };
  return (a, b) => rankOf(b) - rankOf(a);
}

/** Returns all fields of the document, known to the kind or not. */
export function readDocument(state: DocState, strictest: Strictest = byTime): DocumentView {
  const registers = new Map<string, FieldView>();
  const maps = new Map<string, Map<string, FieldView>>();
  const logs = new Map<string, readonly Entry[]>();
  for (const entries of state.fields.values()) {
    const { type, name, code } = (entries[0] as Entry).field;
    if (type === 'log') logs.set(name, entries.toSorted(compareEntries));
    else if (code === null) registers.set(name, viewOf(entries, strictest));
    else {
      const elements = maps.get(name) ?? new Map<string, FieldView>();
      elements.set(code, viewOf(entries, strictest));
      maps.set(name, elements);
    }
  }
  return { registers, maps, logs };
}

/** Returns what the register or element at `path` (`name` or `name:code`) shows, or null when it was never set. */
export function readField(state: DocState, path: string, strictest: Strictest = byTime): FieldView | null {
  const entries = liveOf(state, path);
  return entries.length === 0 ? null : viewOf(entries, strictest);
}

/** Returns the shown value of the register or element at `path`; null when it was never set or is cleared. */
export function valueOf(state: DocState, path: string, strictest: Strictest = byTime): Json {
  const { items } = state;
  const at = items === null ? SEVERAL : items.indexOf(path);
  if (items === null || at === SEVERAL) return readField(state, path, strictest)?.value ?? null;
  return at === NONE ? null : items.valueAt(at);
}

/** Returns the elements of a map field that were ever set, in the order in which they came into the document. */
export function elementsOf(state: DocState, name: string): readonly { readonly code: string; readonly path: string }[] {
  const elements: { readonly code: string; readonly path: string }[] = [];
  for (const { name: of, code, path } of state.items?.elementsOf(name) ?? fieldsIn(state)) {
    if (of === name && code !== null) elements.push({ code, path });
  }
  return elements;
}

/** Returns what stands under `key` in every element of a map field that shows an object; null for those that have no such key. */
export function columnOf(state: DocState, name: string, key: string, strictest: Strictest = byTime): readonly Json[] {
  const { items } = state;
  const column: Json[] = [];
  for (const { path } of elementsOf(state, name)) {
    const at = items === null ? SEVERAL : items.indexOf(path);
    if (items === null || at === SEVERAL) {
      const shown = valueOf(state, path, strictest);
      if (typeof shown === 'object' && shown !== null && !Array.isArray(shown)) column.push(ownOf(shown, key));
    } else if (items.isObject(at)) column.push(items.valueIn(at, key));
  }
  return column;
}

function ownOf(object: object, key: string): Json {
  return Object.hasOwn(object, key) ? ((object as { readonly [key: string]: Json })[key] ?? null) : null;
}

/** Returns the entries of a log by (minutes, client, clock). */
export function logOf(state: DocState, name: string): readonly Entry[] {
  return liveOf(state, `${name}#`).toSorted(compareEntries);
}

/** Returns every field whose live values differ, in order of path. */
export function conflictsOf(state: DocState, strictest: Strictest = byTime): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  for (const field of severalIn(state)) {
    const { conflict } = viewOf(liveOf(state, field.path), strictest);
    if (conflict !== null) conflicts.push({ field, entries: conflict });
  }
  return conflicts.length === 0 ? conflicts : conflicts.toSorted((a, b) => (a.field.path < b.field.path ? -1 : 1));
}

/** The fields that were ever set, each once, in the order in which they came into the document. */
function fieldsIn(state: DocState): readonly FieldKey[] {
  return [...state.fields.values()].map((entries) => (entries[0] as Entry).field);
}

/** The registers and elements with several live values, each once. */
function severalIn(state: DocState): readonly FieldKey[] {
  if (state.items !== null) return state.items.contestedFields();
  const several: FieldKey[] = [];
  for (const entries of state.fields.values()) {
    const { field } = entries[0] as Entry;
    if (entries.length > 1 && field.type !== 'log') several.push(field);
  }
  return several;
}

function viewOf(entries: readonly Entry[], strictest: Strictest): FieldView {
  const first = entries[0] as Entry;
  if (entries.length === 1)
    return { value: first.value, at: first.minutes, member: first.member, live: entries, conflict: null };
  const order = strictest(first.field.name);
  const live = entries.toSorted((a, b) => order?.(b.value, a.value) || compareEntries(b, a));
  const shown = live[0] as Entry;
  const isAgreed = live.every((entry) => equalJson(entry.value, shown.value));
  return { value: shown.value, at: shown.minutes, member: shown.member, live, conflict: isAgreed ? null : live };
}

/** Says whether two values are the same, whatever the order of object keys. */
export function equalJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a as { readonly [key: string]: Json });
  const right = b as { readonly [key: string]: Json };
  if (left.length !== Object.keys(right).length) return false;
  return left.every(([key, value]) => Object.hasOwn(right, key) && equalJson(value, right[key] as Json));
}
