import type { Brand } from '../base/brand.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Sex } from './person.ts';
import { PROVINCE_CODES } from './province-codes.ts';

/** Twelve digits, kept as text because of the leading zero: `PPP C YY NNNNNN` (KIND-7). */
export type PersonalId = Brand<string, 'PersonalId'>;

/** Why a text is no personal number. A child without one yet has none: never a made-up number. */
export type PersonalIdFault = 'empty' | 'badChars' | 'short' | 'long';

/** What the digits say of their holder; null where they say nothing that is known. */
export interface PersonalIdFacts {
  readonly provinceName: string | null;
  readonly sex: Sex | null;
  readonly birthYear: number | null;
}

/** Where the digits disagree with the papers: to be looked at, never a refusal (dates and sex get corrected, the number stays). */
export type PersonalIdDoubt = 'unknownProvince' | 'wrongSex' | 'yearMismatch';

/** Returns the number of a text with any spaces, dots and hyphens between the digits taken out [IMP-8]. */
export function parsePersonalId(text: string): Result<PersonalId, PersonalIdFault> {
  const digits = text.normalize('NFKC').replace(/[\s.\-_']/gu, '');
  if (digits === '') return err('empty');
  if (/\D/u.test(digits)) return err('badChars');
  if (digits.length !== 12) return err(digits.length < 12 ? 'short' : 'long');
  return ok(digits as PersonalId);
}

/** Returns what the digits say: the fourth is century and sex (0 and 1 for 19xx, 2 and 3 for 20xx, 4 and 5 for 21xx, even is male). */
export function personalIdFacts(id: PersonalId): PersonalIdFacts {
  const century = Number(id[3]);
  const isKnown = century <= 5;
  return {
    provinceName: PROVINCE_CODES[id.slice(0, 3)] ?? null,
    sex: isKnown ? (century % 2 === 0 ? 'male' : 'female') : null,
    birthYear: isKnown ? 1900 + Math.floor(century / 2) * 100 + Number(id.slice(4, 6)) : null,
  };
}

/** Returns where the digits disagree with the sex and the birth year, as far as these are known. */
export function checkPersonalId(
  id: PersonalId,
  papers: { sex: Sex | null; birthYear: number | null },
): PersonalIdDoubt[] {
  const facts = personalIdFacts(id);
  const doubts: PersonalIdDoubt[] = [];
  if (facts.provinceName === null) doubts.push('unknownProvince');
  if (papers.sex !== null && facts.sex !== papers.sex) doubts.push('wrongSex');
  if (papers.birthYear !== null && facts.birthYear !== papers.birthYear) doubts.push('yearMismatch');
  return doubts;
}
