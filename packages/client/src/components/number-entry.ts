import { parseNumber } from '../i18n/numbers.ts';

/** Which numbers a field takes. Outside `usual` it warns, outside `min`–`max` it refuses (UX-17). */
export interface NumberLimits {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** The usual range, both ends included. */
  readonly usual?: readonly [low: number, high: number] | undefined;
  /** How many decimals are allowed; 0 for counts. */
  readonly decimals?: number | undefined;
}

/** What a typed text means. */
export type NumberEntry =
  | { readonly as: 'empty' }
  | { readonly as: 'number'; readonly value: number; readonly isUnusual: boolean }
  | { readonly as: 'refused'; readonly why: 'notNumber' | 'notWhole' | 'tooSmall' | 'tooLarge' };

/** Up to this largest value a stepper is quicker than a keyboard. */
export const STEPPER_MAX = 20;

/** Returns what a typed text means under the limits. */
export function numberEntryOf(text: string, limits: NumberLimits): NumberEntry {
  if (text.trim() === '') return { as: 'empty' };
  const value = parseNumber(text);
  if (value === null) return { as: 'refused', why: 'notNumber' };
  if ((limits.decimals ?? 0) === 0 && !Number.isInteger(value)) return { as: 'refused', why: 'notWhole' };
  if (limits.min !== undefined && value < limits.min) return { as: 'refused', why: 'tooSmall' };
  if (limits.max !== undefined && value > limits.max) return { as: 'refused', why: 'tooLarge' };
  const [low, high] = limits.usual ?? [value, value];
  return { as: 'number', value, isUnusual: value < low || value > high };
}

/** Returns the value one step away, kept within the limits; an empty field starts at its lowest value, or at 0. */
export function stepped(value: number | null, by: 1 | -1, { min = 0, max = STEPPER_MAX }: NumberLimits): number {
  if (value === null) return Math.max(min, Math.min(max, by === 1 ? Math.max(min, 1) : min));
  return Math.max(min, Math.min(max, value + by));
}
