import type { Json } from '@chungtay/core/base/any';
import { must } from '@chungtay/core/base/assert';
import type { Column, FieldInput, KindDefinition } from '@chungtay/core/kinds/define';
import { columnLabel, fieldLabel, optionLabel } from '@chungtay/core/kinds/labels';
import { fieldOf, kindOf } from '@chungtay/core/kinds/registry';
import type { DirectoryNames, MemberNames } from '../composables/use-directory-names.ts';
import { recordOf } from '../composables/use-field.ts';
import type { I18n } from '../i18n/use-i18n.ts';

/** A field, or one column of a map or log. */
export interface FieldName {
  readonly kind: string;
  readonly name: string;
  readonly column?: string;
}

/** Where words come from. */
export interface WordSources {
  readonly i18n: I18n;
  readonly names: Pick<DirectoryNames, 'village' | 'school' | 'catalogue'>;
  readonly members: Pick<MemberNames, 'name'>;
  /** Returns the label of a key of the kinds. */
  text(key: string): string;
}

/** Returns the column behind a field's name: its own schema and input, or those of one column of its rows. */
export function columnBehind({ kind, name, column }: FieldName): Column {
  const field = must(fieldOf(kind, name), 'a field of the kind');
  return column === undefined ? field : must(field.columns?.[column], 'a column of the field');
}

/** Returns the kind behind a field's name. */
export function definitionOf(kind: string): KindDefinition {
  return must(kindOf(kind), 'a kind');
}

/** Returns the dictionary key of a field or column. */
export function labelKeyOf({ kind, name, column }: FieldName): string {
  const definition = definitionOf(kind);
  return column === undefined ? fieldLabel(definition, name) : columnLabel(definition, name, column);
}

/** Returns the words of one option of a choice. */
export function optionWords({ kind, name, column }: FieldName, value: string, sources: WordSources): string {
  return sources.text(optionLabel(definitionOf(kind), name, value, column));
}

/** Returns a value in words, as a history or a conflict shows it; empty for nothing. A row is its columns, one after the other. */
export function valueWords(field: FieldName, json: Json, sources: WordSources): string {
  if (json === null) return '';
  const { columns } = must(fieldOf(field.kind, field.name), 'a field of the kind');
  if (!columns || field.column !== undefined) return atomWords(field, columnBehind(field).input, json, sources);
  const record = recordOf(json);
  return Object.keys(columns)
    .map((column) => valueWords({ ...field, column }, record[column] ?? null, sources))
    .filter((each) => each !== '')
    .join(' · ');
}

function atomWords(field: FieldName, input: FieldInput, json: Json, sources: WordSources): string {
  if (Array.isArray(json)) return json.map((each: Json) => atomWords(field, input, each, sources)).join(', ');
  if (typeof json === 'boolean') return sources.i18n.t(json ? 'common.yes' : 'common.no');
  if (typeof json === 'number') return numberWords(input, json, sources);
  return typeof json === 'string' ? codeWords(field, input, json, sources) : '';
}

function codeWords(field: FieldName, input: FieldInput, code: string, sources: WordSources): string {
  const { i18n, names } = sources;
  switch (input.as) {
    case 'choice':
    case 'choices':
      return optionWords(field, code, sources);
    case 'catalogue':
    case 'catalogues':
      return names.catalogue(input.catalogue, code);
    case 'village':
      return names.village(code);
    case 'school':
      return names.school(code);
    case 'date':
    case 'partialDate':
      return i18n.formats.date(code);
    case 'link':
      return i18n.t('form.link');
    default:
      return code;
  }
}

function numberWords(input: FieldInput, value: number, { i18n, members }: WordSources): string {
  if (input.as === 'member') return members.name(value);
  if (input.as === 'dateTime') return i18n.formats.dateTime(value);
  // a year has no thousands
  const isYear = input.as === 'number' && input.min === 1900;
  const digits = isYear ? String(value) : i18n.formats.number(value);
  return input.as === 'number' && input.unit ? `${digits} ${input.unit}` : digits;
}
