import { parseInvitationCode } from '@chungtay/core/model/invitation';
import { fold } from '@chungtay/core/model/names';

/** The steps of S01, in order. */
export type EnrolStep = 'code' | 'words' | 'prove' | 'pin' | 'working' | 'failed' | 'ready';

/** How many of the offered words are asked for again. */
const PROVED_WORDS = 2;

/** Returns an invitation code in groups of four, as it stands on paper. */
export function groupedCode(code: string): string {
  const letters = parseInvitationCode(code) ?? code.toUpperCase().replaceAll(/[^0-9A-Z]/gu, '');
  return letters.match(/.{1,4}/gu)?.join('-') ?? '';
}

/** What is wrong with a typed code, before anybody is asked. */
export type CodeTrouble = 'short' | 'elsewhere';

/** Returns what is wrong with what was typed or pasted, or null; a link of another address than `origin` belongs to another Hub. */
export function troubleOfCode(typed: string, origin: string): CodeTrouble | null {
  const link = URL.parse(typed.trim());
  if (link && /^https?:$/u.test(link.protocol) && link.origin !== origin) return 'elsewhere';
  return parseInvitationCode(typed) === null ? 'short' : null;
}

/** Returns which words are asked for: places from 0, in order, fresh on each call; `randomBelow(n)` gives a number in [0, n). */
export function placesToProve(count: number, randomBelow: (n: number) => number): readonly number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  while (places.length > PROVED_WORDS) places.splice(randomBelow(places.length), 1);
  return places;
}

/** Says whether a typed word is the offered one; marks, capitals and spaces do not matter. */
export function isSameWord(typed: string, offered: string): boolean {
  const plain = (text: string): string => fold(text).replaceAll(/\s+/gu, ' ').trim();
  return plain(typed) === plain(offered);
}
