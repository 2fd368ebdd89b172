import type { Json } from '@chungtay/core/base/any';
import { fieldOf } from '@chungtay/core/kinds/registry';
import type { KindTexts } from '../../forms/use-kind-texts.ts';

/** Returns what a value says. What no field of this build knows is shown as it is: it was refused for that, and must not be lost. */
export function valueText(kind: string, name: string, value: Json, texts: Pick<KindTexts, 'value'>): string {
  if (value === null) return '';
  if (fieldOf(kind, name) === null) return JSON.stringify(value);
  const words = texts.value({ kind, name }, value);
  return words === '' ? JSON.stringify(value) : words;
}

/** Returns what a field is called; its own name when no field of this build has it. */
export function fieldText(kind: string, name: string, texts: Pick<KindTexts, 'label'>): string {
  return fieldOf(kind, name) === null ? name : texts.label({ kind, name });
}
