/** What a document says of where its folder belongs: the values of its fields marked `scope`. */
import type { Json } from '../base/any.ts';
import type { Entry } from '../doc/entry.ts';
import { type DocState, liveOf } from '../doc/state.ts';
import type { FieldDefinition, ScopeOf } from './define.ts';
import { kindOf } from './registry.ts';

/** Returns every live value, concurrent ones included, of the fields of `kind` with this scope; cleared ones left out. Empty for kinds without. */
export function scopeValuesOf(kind: string, state: DocState, scope: ScopeOf): readonly Json[] {
  return scopeFieldsOf(kind)
    .filter(([, field]) => field.scope === scope)
    .flatMap(([name, field]) => (field.type === 'map' ? elementsOf(state, name) : liveOf(state, name)))
    .map((entry) => entry.value)
    .filter((value) => value !== null);
}

/** Returns the fields of a kind that are marked `scope`, by name; none for a kind that there is not. */
export function scopeFieldsOf(kind: string): readonly (readonly [string, FieldDefinition])[] {
  const known = byKind.get(kind);
  if (known) return known;
  const fields = kindOf(kind)?.fields;
  if (!fields) return [];
  const found = Object.entries(fields).filter(([, field]) => field.scope !== undefined);
  byKind.set(kind, found);
  return found;
}

/** Returns the places among them: village or school ids. */
export function placesOf(kind: string, state: DocState, scope: 'village' | 'school'): readonly string[] {
  const values = scopeValuesOf(kind, state, scope);
  return [...new Set(values.filter((value) => typeof value === 'string'))].toSorted();
}

/** Kinds never change while a program runs; asked for every envelope. */
const byKind = new Map<string, readonly (readonly [string, FieldDefinition])[]>();

function elementsOf(state: DocState, name: string): readonly Entry[] {
  const prefix = `${name}:`;
  return [...state.fields].flatMap(([path, entries]) => (path.startsWith(prefix) ? entries : []));
}
