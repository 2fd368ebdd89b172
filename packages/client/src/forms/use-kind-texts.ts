import type { Json } from '@chungtay/core/base/any';
import { kindLabel } from '@chungtay/core/kinds/labels';
import type { Choice } from '../components/choice.ts';
import {
  type DirectoryNames,
  type MemberNames,
  useDirectoryNames,
  useMemberNames,
} from '../composables/use-directory-names.ts';
import { kindLabelText } from '../i18n/kind-labels.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import {
  columnBehind,
  definitionOf,
  type FieldName,
  labelKeyOf,
  optionWords,
  valueWords,
  type WordSources,
} from './value-words.ts';

/** The words of kinds and fields, and of the values they hold. */
export interface KindTexts {
  /** Returns what a kind is called. */
  kind(id: string): string;
  label(field: FieldName): string;
  help(field: FieldName): string | undefined;
  /** Returns what may be chosen; none where the field is written by hand. */
  choices(field: FieldName): readonly Choice[];
  /** Returns one option's words. */
  option(field: FieldName, code: string): string;
  /** Returns a value in words; empty for nothing. */
  value(field: FieldName, value: Json): string;
}

/** Returns the words of kinds in the person's language. */
export function useKindTexts(): KindTexts {
  const i18n = useI18n();
  const names = useDirectoryNames();
  const members = useMemberNames();
  const text = (key: string): string => kindLabelText(key, i18n.language) ?? key;
  const sources: WordSources = { i18n, names, members, text };
  return {
    kind: (id) => text(kindLabel(definitionOf(id))),
    label: (field) => text(labelKeyOf(field)),
    help: (field) => kindLabelText(`${labelKeyOf(field)}.help`, i18n.language) ?? undefined,
    choices: (field) => choicesOf(field, sources, names, members),
    option: (field, code) => optionWords(field, code, sources),
    value: (field, value) => valueWords(field, value, sources),
  };
}

function choicesOf(
  field: FieldName,
  sources: WordSources,
  names: DirectoryNames,
  members: MemberNames,
): readonly Choice[] {
  const { input } = columnBehind(field);
  switch (input.as) {
    case 'choice':
    case 'choices':
      return input.options.map((value) => ({ value, label: optionWords(field, value, sources) }));
    case 'catalogue':
    case 'catalogues':
      return names.catalogueChoices(input.catalogue);
    case 'village':
      return names.villages.value;
    case 'school':
      return names.schools.value;
    case 'member':
      return members.active.value.map((row) => ({
        value: String(row.member),
        label: row.name ?? '',
        ...(row.agency ? { hint: names.agency(row.agency) } : {}),
      }));
    default:
      return [];
  }
}
