/** Typed looks at a document's fields: what is of another type than expected counts as not said. */
import type { Json } from '../base/any.ts';
import { type Strictest, columnOf, conflictsOf, elementsOf, logOf, readField, valueOf } from '../doc/read.ts';
import { type DocState, emptyState } from '../doc/state.ts';
import { fieldOf, kindOf, strictestOf } from '../kinds/registry.ts';

/** One document, to be asked by field. */
export interface Reading {
  /** The document itself, for whoever asks who wrote what. */
  readonly state: DocState;
  text(name: string): string | null;
  count(name: string): number | null;
  flag(name: string): boolean | null;
  texts(name: string): readonly string[];
  /** The standing rows of a map, by code. */
  rows(name: string): ReadonlyMap<string, JsonRecord>;
  /** What every standing row of a map says under one key; null where it says nothing. */
  column(name: string, key: string): readonly Json[];
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
  return new DocumentReading(kind, state);
}

class DocumentReading implements Reading {
  readonly conflicts: readonly string[];
  readonly decisionConflicts: readonly string[];
  readonly state: DocState;
  readonly #strictest: Strictest;

  constructor(kind: string, state: DocState) {
    this.state = state;
    this.#strictest = strictestOf(kind);
    this.conflicts = conflictsIn(state, this.#strictest);
    const isDecision = (name: string): boolean => fieldOf(kind, name)?.isDecision === true;
    this.decisionConflicts = this.conflicts.length === 0 ? NO_NAMES : this.conflicts.filter(isDecision);
  }

  text(name: string): string | null {
    return textOf(this.#value(name));
  }

  count(name: string): number | null {
    return countOf(this.#value(name));
  }

  flag(name: string): boolean | null {
    return flagOf(this.#value(name));
  }

  texts(name: string): readonly string[] {
    return textsOf(this.#value(name));
  }

  rows(name: string): ReadonlyMap<string, JsonRecord> {
    return standingRows(this.state, name, this.#strictest);
  }

  column(name: string, key: string): readonly Json[] {
    return columnOf(this.state, name, key, this.#strictest);
  }

  records(name: string): readonly { readonly record: JsonRecord; readonly minutes: number }[] {
    return logOf(this.state, name).flatMap(({ value: item, minutes }) => {
      const record = recordOf(item);
      return record ? [{ record, minutes }] : [];
    });
  }

  writtenMinutes(name: string): number | null {
    return readField(this.state, name, this.#strictest)?.at ?? null;
  }

  firstMinutes(): number {
    return firstMinutesOf(this.state);
  }

  #value(name: string): Json {
    return valueOf(this.state, name, this.#strictest);
  }
}

const NO_NAMES: readonly string[] = [];
const NO_ROWS: ReadonlyMap<string, JsonRecord> = new Map();

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

/** Returns the plain objects of a list; none for anything else. */
export function recordsOf(value: Json | undefined): readonly JsonRecord[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: Json) => recordOf(item)).filter((record) => record !== null);
}

function conflictsIn(state: DocState, strictest: Strictest): readonly string[] {
  const conflicts = conflictsOf(state, strictest);
  return conflicts.length === 0 ? NO_NAMES : [...new Set(conflicts.map(({ field }) => field.name))].toSorted();
}

function standingRows(state: DocState, name: string, strictest: Strictest): ReadonlyMap<string, JsonRecord> {
  const elements = elementsOf(state, name);
  if (elements.length === 0) return NO_ROWS;
  const standing = new Map<string, JsonRecord>();
  for (const { code, path } of elements) {
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
