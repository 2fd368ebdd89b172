import { fold } from '@chungtay/core/model/names';

/** The steps of S01, in order. */
export type EnrolStep = 'code' | 'words' | 'prove' | 'pin' | 'working' | 'failed' | 'ready';

/** How many of the offered words are asked for again. */
const PROVED_WORDS = 2;

/** Returns an invitation code in groups of four, as it stands on paper. */
export function groupedCode(code: string): string {
  return (
    code
      .toUpperCase()
      .replaceAll(/[^0-9A-Z]/gu, '')
      .match(/.{1,4}/gu)
      ?.join('-') ?? ''
  );
}

/** Says whether a typed code has its 16 characters. */
export function isWholeCode(code: string): boolean {
  return groupedCode(code).length === 19;
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
