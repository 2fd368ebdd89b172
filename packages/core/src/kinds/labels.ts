/** Every dictionary key that the kinds need; the texts live in the client, and a test there checks that each language has them all. */
import type { Column, FieldInput, KindDefinition } from './define.ts';
import { KINDS } from './registry.ts';

/** Returns the key of a kind's own name; twins read like their sisters. */
export function kindLabel(kind: KindDefinition): string {
  return `kinds.${labelsOf(kind)}`;
}

/** Returns the key of a field's label. */
export function fieldLabel(kind: KindDefinition, field: string): string {
  return `kinds.${labelsOf(kind)}.${field}`;
}

/** Returns the key of one column of a map or log. */
export function columnLabel(kind: KindDefinition, field: string, column: string): string {
  return `${fieldLabel(kind, field)}.${column}`;
}

/** Returns the key of one option of a choice; `column` for a choice within a map or log. */
export function optionLabel(kind: KindDefinition, field: string, option: string, column?: string): string {
  return `${column === undefined ? fieldLabel(kind, field) : columnLabel(kind, field, column)}.${option}`;
}

/** Returns every key, in order and without repeats. Rule KIND-6. */
export function labelKeys(): readonly string[] {
  const keys = new Set<string>();
  for (const kind of KINDS) {
    keys.add(kindLabel(kind));
    for (const [name, field] of Object.entries(kind.fields)) {
      addKeys(keys, fieldLabel(kind, name), field.input);
      for (const [column, { input }] of columnsOf(field.columns)) addKeys(keys, columnLabel(kind, name, column), input);
    }
  }
  return [...keys].toSorted();
}

function labelsOf(kind: KindDefinition): string {
  return kind.labels ?? kind.id;
}

function columnsOf(columns: Readonly<Record<string, Column>> | undefined): readonly [string, Column][] {
  return Object.entries(columns ?? {});
}

function addKeys(keys: Set<string>, key: string, input: FieldInput): void {
  keys.add(key);
  if (input.as === 'choice' || input.as === 'choices') for (const option of input.options) keys.add(`${key}.${option}`);
}
