/** What a document says of where its folder belongs: the values of its fields marked `scope`. */
import type { Json } from '../base/any.ts';
import type { DocState } from '../doc/state.ts';
import type { ScopeOf } from './define.ts';
import { kindOf } from './registry.ts';

/** Returns every live value, concurrent ones included, of the fields of `kind` with this scope; cleared ones left out. Empty for kinds without. */
export function scopeValuesOf(kind: string, state: DocState, scope: ScopeOf): readonly Json[] {
  const names = new Set(fieldsWith(kind, scope));
  if (names.size === 0) return [];
  return [...state.live.values()]
    .filter((entry) => names.has(entry.field.name) && entry.field.type !== 'log' && entry.value !== null)
    .map((entry) => entry.value);
}

/** Returns the places among them: village or school ids. */
export function placesOf(kind: string, state: DocState, scope: 'village' | 'school'): readonly string[] {
  const values = scopeValuesOf(kind, state, scope);
  return [...new Set(values.filter((value) => typeof value === 'string'))].toSorted();
}

function fieldsWith(kind: string, scope: ScopeOf): readonly string[] {
  return Object.entries(kindOf(kind)?.fields ?? {})
    .filter(([, field]) => field.scope === scope)
    .map(([name]) => name);
}
