import type { Json } from '@chungtay/core/base/any';
import { fieldOf } from '@chungtay/core/kinds/registry';
import { VACCINE_SCHEDULE } from '@chungtay/core/model/vaccine-schedule';
import type { DirectoryNames } from '../../composables/use-directory-names.ts';
import type { KindTexts } from '../../forms/use-kind-texts.ts';
import type { I18n } from '../../i18n/use-i18n.ts';
import type { DocumentView } from '../../stores/engine.ts';

/** One value of an extract in words. */
export interface ExtractLine {
  readonly name: string;
  readonly label: string;
  readonly words: string;
}

/** Values that only extracts have: worked out from fields, not fields themselves. */
const DERIVED = [
  'guardian',
  'phone',
  'inSchool',
  'vaccinesMissing',
  'hasDisabilityNeed',
  'received',
  'hasMeasure',
] as const;

/** Returns the lines of an extract that say something, in the order the Hub tells them. */
export function extractLines(
  view: Pick<DocumentView, 'kind' | 'extract'>,
  texts: KindTexts,
  names: Pick<DirectoryNames, 'catalogue'>,
  { t, language }: Pick<I18n, 't' | 'language'>,
): readonly ExtractLine[] {
  return Object.entries(view.extract ?? {}).flatMap(([name, value]) => {
    const derived = DERIVED.find((each) => each === name);
    if (derived) return lineOf(name, t(`extract.${derived}`), derivedWords(value));
    const field = { kind: view.kind, name };
    if (fieldOf(view.kind, name) === null) return [];
    const records = Array.isArray(value) && fieldOf(view.kind, name)?.type !== 'register' ? value : [value];
    return lineOf(name, texts.label(field), records.map((each: Json) => texts.value(field, each)).join('\n'));
  });

  function derivedWords(value: Json): string {
    if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
    if (Array.isArray(value))
      return value.map((code: Json) => (typeof code === 'string' ? doseName(code) : '')).join(', ');
    return typeof value === 'string' ? value : '';
  }

  function doseName(code: string): string {
    const named = names.catalogue('vaccine', code);
    return named === code ? (VACCINE_SCHEDULE.find((dose) => dose.code === code)?.[language] ?? code) : named;
  }
}

function lineOf(name: string, label: string, words: string): readonly ExtractLine[] {
  return words === '' ? [] : [{ name, label, words }];
}
