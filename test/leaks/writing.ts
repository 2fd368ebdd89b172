/** Fills documents to the last field, each value a canary, each written by somebody who may. */
import type { Json } from '@chungtay/core/base/any';
import type { FieldSet, LogAppend } from '@chungtay/core/doc/edit';
import type { FieldDefinition, KindDefinition } from '@chungtay/core/kinds/define';
import { kindOf } from '@chungtay/core/kinds/registry';
import type { DocumentId } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { Canaries } from './canaries.ts';
import { CAST } from './cast.ts';
import { type Placed, expectedOf } from './expected.ts';
import type { Play } from './play.ts';
import type { Tablet } from './tablet.ts';

/** Values that a field needs so that the document is where it should be; everything else is a canary. */
export type Given = Readonly<Record<string, Json>>;

/** Returns the kind; throws for one there is not. */
export function kindNamed(id: string): KindDefinition {
  const kind = kindOf(id);
  if (!kind) throw new Error(`no kind ${id}`);
  return kind;
}

/** Writes every field of a document, the maker first, then everybody else who may write what is left. Throws when a field stays empty. */
export async function fill(play: Play, placed: Placed, maker: Tablet, given: Given = {}): Promise<void> {
  const { document } = placed;
  const kind = kindNamed(placed.kind);
  const written = new Set(play.writtenFields(document));
  for (const tablet of [maker, ...play.live().filter((one) => one !== maker)]) {
    const missing = Object.keys(kind.fields).filter((field) => !written.has(field));
    if (missing.length === 0) return;
    if (tablet !== maker && expectedOf(play.watched(tablet.who), placed) !== 'whole') continue;
    if (tablet !== maker) await tablet.until(() => tablet.replica.read(document) !== null, `to see ${document}`);
    const isHandedIn = expectedOf(play.watched(maker.who), placed) === 'nothing';
    const may = new Set(
      written.size === 0
        ? makersFields(kind, CAST[maker.who].role, isHandedIn)
        : tablet.replica.writableFields(document),
    );
    const fields = missing.filter((field) => may.has(field));
    if (fields.length === 0) continue;
    const edit = editOf(document, kind, fields, given, play.canaries);
    await tablet.write([edit]);
    await tablet.settled();
    play.noteWritten(tablet, document, fields);
    for (const field of fields) written.add(field);
  }
  const left = Object.keys(kind.fields).filter((field) => !written.has(field));
  if (left.length > 0) throw new Error(`nobody wrote ${placed.kind}: ${left.join(' ')}`);
}

/** A new document has no place yet that a device could judge by. Whoever hands in writes only what nobody is named for. */
function makersFields(kind: KindDefinition, role: Role, isHandedIn: boolean): readonly string[] {
  const isHis = (writers: readonly Role[] | undefined): boolean =>
    writers === undefined || (!isHandedIn && writers.includes(role));
  return Object.keys(kind.fields).filter((field) => isHis(kind.fields[field]?.writers));
}

/** Returns an edit that writes these fields. */
export function editOf(
  document: DocumentId,
  kind: KindDefinition,
  fields: readonly string[],
  given: Given,
  canaries: Canaries,
): DocumentEdit {
  const sets: FieldSet[] = [];
  const appends: LogAppend[] = [];
  for (const name of fields) {
    const field = kind.fields[name];
    if (!field) throw new Error(`no field ${name}`);
    const value = valueOf(document, name, field, given, canaries);
    if (field.type === 'log') appends.push({ name, value });
    else if (field.type === 'register') sets.push({ name, value });
    else sets.push({ name, code: codeOf(document, name, canaries), value });
  }
  return { document, sets, appends };
}

function valueOf(
  document: DocumentId,
  name: string,
  { columns, schema, input }: FieldDefinition,
  given: Given,
  canaries: Canaries,
): Json {
  const known = given[name];
  if (!columns) return known ?? canaries.valueFor({ schema, input }, document, name);
  const fixed = (known ?? {}) as { readonly [column: string]: Json };
  const row: Record<string, Json> = {};
  for (const [column, definition] of Object.entries(columns)) {
    const value = fixed[column];
    row[column] = value === undefined ? canaries.valueFor(definition, document, `${name}.${column}`) : value;
  }
  return row;
}

function codeOf(document: DocumentId, name: string, canaries: Canaries): string {
  const code = canaries.word();
  canaries.note(document, `${name}.(code)`, code);
  return code;
}
