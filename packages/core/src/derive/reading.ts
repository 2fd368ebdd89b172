/** Typed looks at a document's fields: what is of another type than expected counts as not said. */
import type { Json } from '../base/any.ts';
import { type Strictest, conflictsOf, elementsOf, logOf, readField, valueOf } from '../doc/read.ts';
import { type DocState, emptyState } from '../doc/state.ts';
import { fieldOf, kindOf, strictestOf } from '../kinds/registry.ts';

/** One document, to be asked by field. */
export interface Reading {
  text(name: string): string | null;
  count(name: string): number | null;
  flag(name: string): boolean | null;
  texts(name: string): readonly string[];
  /** The standing rows of a map, by code. */
  rows(name: string): ReadonlyMap<string, JsonRecord>;
  /** The records of a log, oldest first, with when each was written, whole minutes since 2025. */
  records(name: string): readonly { readonly record: JsonRecord; readonly minutes: number }[];
  /** Names of the fields with more than one live value, in order. */
  readonly conflicts: readonly string[];
  /** Those of them that stand out: decisions. */
  readonly decisionConflicts: readonly string[];
  /** Minutes of the register's shown value, or null when it was never set. */
  writtenMinutes(name: string): number | null;
  /** Minutes of the earliest live value; 0 for an empty document. */
  firstMinutes(): number;
}

/** A row or record. */
export type JsonRecord = { readonly [key: string]: Json };

/** Returns the document of a kind, ready to be asked. */
export function readingOf(kind: string, state: DocState): Reading {
  const strictest = strictestOf(kind);
  const conflicts = conflictsIn(state, strictest);
  const value = (name: string): Json => valueOf(state, name, strictest);
  return {
    text: (name) => textOf(value(name)),
    count: (name) => countOf(value(name)),
    flag: (name) => flagOf(value(name)),
    texts: (name) => textsOf(value(name)),
    rows: (name) => standingRows(state, name, strictest),
    records: (name) =>
      logOf(state, name).flatMap(({ value: item, minutes }) => {
        const record = recordOf(item);
        return record ? [{ record, minutes }] : [];
      }),
    conflicts,
    decisionConflicts: conflicts.filter((name) => fieldOf(kind, name)?.isDecision === true),
    writtenMinutes: (name) => readField(state, name, strictest)?.at ?? null,
    firstMinutes: () => firstMinutesOf(state),
  };
}

/** Returns the dictionary id of a kind: that of its open sister for a twin. */
export function rowTypeOf(kind: string): string {
  return kindOf(kind)?.labels ?? kind;
}

/** Returns a string, or null for anything else. */
export function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Returns a number, or null for anything else. */
export function countOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** Returns a boolean, or null for anything else. */
export function flagOf(value: Json | undefined): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** Returns the strings of a list; none for anything else. */
export function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Returns a plain object, or null for anything else. */
export function recordOf(value: Json | undefined): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null;
}

function conflictsIn(state: DocState, strictest: Strictest): readonly string[] {
  const names = new Set(conflictsOf(state, strictest).map(({ field }) => field.name));
  return [...names].toSorted();
}

function standingRows(state: DocState, name: string, strictest: Strictest): ReadonlyMap<string, JsonRecord> {
  const standing = new Map<string, JsonRecord>();
  for (const { code, path } of elementsOf(state, name)) {
    const record = recordOf(valueOf(state, path, strictest));
    if (record) standing.set(code, record);
  }
  return standing;
}

function firstMinutesOf(state: DocState): number {
  let first = Number.POSITIVE_INFINITY;
  for (const entries of state.fields.values()) for (const { minutes } of entries) first = Math.min(first, minutes);
  return Number.isFinite(first) ? first : 0;
}

/** Returns a document of the kind in which nothing is said: what a row from an extract starts from. */
export function blankReading(kind: string): Reading {
  return readingOf(kind, emptyState());
}
