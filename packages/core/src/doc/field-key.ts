/** How a field keeps its values: one value, rows by code, or entries that are only ever added. */
export type FieldType = 'register' | 'map' | 'log';

/** A place in a document that holds values: a register, one element of a map, or a log. */
export interface FieldKey {
  readonly type: FieldType;
  readonly name: string;
  /** The element of a map field, null for the others. */
  readonly code: string | null;
  /** Identity of the place: `name`, `name:code` or `name#`. */
  readonly path: string;
}

const PATH = /^([a-z][A-Za-z0-9]{0,63})(?::([A-Za-z0-9_-]{1,40}))?$/u;

/** Returns the place of a register. Says nothing about whether `name` is well formed; see `isFieldKey`. */
export function registerKey(name: string): FieldKey {
  return { type: 'register', name, code: null, path: name };
}

/** Returns the place of one element of a map field. */
export function elementKey(name: string, code: string): FieldKey {
  return { type: 'map', name, code, path: `${name}:${code}` };
}

/** Returns the place of a log. */
export function logKey(name: string): FieldKey {
  return { type: 'log', name, code: null, path: `${name}#` };
}

/** Says whether name and code obey the grammar: `[a-z][A-Za-z0-9]*` of at most 64, `[A-Za-z0-9_-]` of 1 to 40. Rule DOC-3. */
export function isFieldKey(field: FieldKey): boolean {
  const match = PATH.exec(field.type === 'log' ? field.name : field.path);
  return match !== null && match[1] === field.name && (match[2] ?? null) === field.code;
}

/** Returns the name of one item, the same everywhere: base 36 of `client.clock`. */
export function opOf(client: number, clock: number): string {
  return `${opPrefixOf(client)}${clock.toString(36)}`;
}

/** Returns the beginning of every op of a client: base 36 and the dot. */
export function opPrefixOf(client: number): string {
  return `${client.toString(36)}.`;
}

/** Returns the key under which an item of `field` stands in the root map: `name@op`, `name:code@op` or `name#op`. */
export function formatKey(field: FieldKey, op: string): string {
  return field.type === 'log' ? `${field.path}${op}` : `${field.path}@${op}`;
}

/** Returns the place and the op text of a key, or null when it is not one. The op is any text: compare it with `opOf`. Rule DOC-3. */
export function parseKey(key: string): { readonly field: FieldKey; readonly op: string } | null {
  const at = key.indexOf('@');
  const end = at < 0 ? key.indexOf('#') : at;
  if (end < 0) return null;
  const field = at < 0 ? logAt(key.slice(0, end + 1)) : valueAt(key.slice(0, end));
  return field === null ? null : { field, op: key.slice(end + 1) };
}

/** Returns the place at `path`: a name, `name:code` or `name#`; null when it is none. Rule DOC-3. */
export function fieldOfPath(path: string): FieldKey | null {
  return path.endsWith('#') ? logAt(path) : valueAt(path);
}

// A commune's documents hold a million entries of a few hundred fields: each place is made once and shared. Element codes are
// without end and stay out; a stranger's made-up names cannot fill the memory, since a full table starts again.
const shared = new Map<string, FieldKey>();
const MAX_SHARED = 2048;

function share(field: FieldKey): FieldKey {
  if (shared.size >= MAX_SHARED) shared.clear();
  shared.set(field.path, field);
  return field;
}

function logAt(path: string): FieldKey | null {
  const known = shared.get(path);
  if (known !== undefined) return known;
  const field = logKey(path.slice(0, -1));
  return isFieldKey(field) ? share(field) : null;
}

function valueAt(path: string): FieldKey | null {
  const known = shared.get(path);
  // never a log: its path ends in a sign that no name has
  if (known !== undefined) return known.type === 'log' ? null : known;
  const match = PATH.exec(path);
  const name = match?.[1];
  if (name === undefined) return null;
  const code = match?.[2];
  return code === undefined ? share(registerKey(name)) : elementKey(name, code);
}
