import type { Json } from '@chungtay/core/base/any';
import type { Column, FieldInput } from '@chungtay/core/kinds/define';
import { tidyText } from '@chungtay/core/model/names';
import { parsePersonalId } from '@chungtay/core/model/personal-id';

/** Inputs whose value is written as text by hand. */
export const TEXT_INPUTS = ['text', 'longText', 'name', 'phone', 'personalId'] as const;

/** One of TEXT_INPUTS. */
export type TextInput = (typeof TEXT_INPUTS)[number];

/** Returns the text input of this name, or null for inputs of another sort. */
export function textInputOf(input: FieldInput): TextInput | null {
  return TEXT_INPUTS.find((each) => each === input.as) ?? null;
}

/** What a typed text comes to: the value to store, and whether the field takes it. */
export interface TextEntry {
  readonly value: string | null;
  readonly isGood: boolean;
}

/** Returns what to store for a typed text: names tidied, the digits of a number without spaces, null for nothing. */
export function textEntryOf(typed: string, as: TextInput, schema: Column['schema']): TextEntry {
  const value = canonical(typed, as);
  if (value === '') return { value: null, isGood: true };
  return { value, isGood: schema.safeParse(value).success };
}

/** Returns a text register's text; empty for anything else. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : '';
}

/** Returns the codes of a list register; none for anything else. */
export function codesOf(value: Json): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/** Returns the list with one code in it or out of it; codes that the options no longer have stay, and order follows the options. */
export function toggled(
  codes: readonly string[],
  code: string,
  isChosen: boolean,
  order: readonly string[],
): readonly string[] | null {
  const others = codes.filter((each) => each !== code);
  const next = isChosen ? [...others, code] : others;
  const rank = (each: string): number => (order.includes(each) ? order.indexOf(each) : order.length);
  return next.length === 0 ? null : next.toSorted((a, b) => rank(a) - rank(b));
}

/** Returns how many decimals a step has: 0.1 → 1, 1 and none → 0. */
export function decimalsOf(step: number | undefined): number {
  return step === undefined ? 6 : (String(step).split('.')[1] ?? '').length;
}

function canonical(typed: string, as: TextInput): string {
  if (as === 'longText') return typed.trim() === '' ? '' : typed;
  const tidy = tidyText(typed);
  if (as !== 'personalId') return tidy;
  const parsed = parsePersonalId(tidy);
  return parsed.ok ? parsed.value : tidy;
}
