/**
 * Vietnamese personal names: folding for comparison, tidying for storage, order by given name.
 * Names are stored in NFC as typed; only comparison folds.
 */

const MARKS = /[\u0300-\u036f]/gu;
const APOSTROPHES = /['`´\u2018\u2019\u02bc\u02b9\u2032\u0060]/gu;
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/gu;
/** Words that stand before the one given name among the peoples of the Central Highlands: never counted as a family name. */
const PARTICLES = new Set(['y', 'h', 'k', 'ka']);

/** Returns the comparison form: lower case, no marks, `đ` as `d`, `ƀ` as `b`, no apostrophes; old and new tone placement fold alike [SRC-1]. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(APOSTROPHES, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll('ƀ', 'b');
}

/** Returns the folded words of a text: letters and digits only, in order. */
export function foldWords(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** Returns the folded words joined by single spaces: the key by which two names are the same. */
export function nameKey(name: string): string {
  return foldWords(name).join(' ');
}

/** Returns the text in NFC, without invisible characters, runs of white space as one space, trimmed. */
export function tidyText(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
}

/** Says whether every letter is a capital and some word has two of them, so that `Y` alone is no shout. */
export function isUpperCase(name: string): boolean {
  return /\p{Lu}\p{Lu}/u.test(name.normalize('NFC')) && !/\p{Ll}/u.test(name.normalize('NFC'));
}

/** Says whether the text has letters and not one capital. */
export function isLowerCase(name: string): boolean {
  return /\p{Ll}/u.test(name) && !/\p{Lu}/u.test(name);
}

/** Returns the name with a capital at the start of each word and after an apostrophe or hyphen: `H’MAI ÊBAN` is `H’Mai Êban`. */
export function titleCase(name: string): string {
  const lower = name.normalize('NFC').toLowerCase();
  return lower.replace(
    /(^|[\s\-'’‘`ʼ.(])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

/** Says whether the name is one word, not counting the particles Y, H’, K’, Ka: lawful, but worth a look. */
export function isOneWord(name: string): boolean {
  const words = name
    .normalize('NFC')
    .replace(APOSTROPHES, ' ')
    .split(/[\s-]+/u)
    .filter(Boolean);
  const real = words.filter((word) => !PARTICLES.has(fold(word)));
  return words.length > 0 && real.length <= 1 && words.length <= 2;
}

/** Returns the name a person is called and listed by: the last word, or behind a particle the word after it; a one-word name whole. */
export function givenNameOf(name: string): string {
  return splitGiven(name).given;
}

/** A particle written together with the name behind it: H’Bia, K'Brới. */
const ATTACHED_PARTICLE = /^[hk]['`´\u2018\u2019\u02bc\u02b9\u2032](?=.)/iu;

/**
 * Returns the given name and the rest of a name, as typed. The given name is the last word; behind a particle of the Central Highlands it is
 * the word after the particle, and the clan follows it: H’Bia Adrơng, Y Thiên Niê, Ka Điệp Kơ Să.
 */
function splitGiven(name: string): { readonly given: string; readonly rest: readonly string[] } {
  const words = tidyText(name).split(' ');
  const [first = '', second] = words;
  if (words.length > 2 && PARTICLES.has(first.toLowerCase().replace(APOSTROPHES, '')))
    return { given: second ?? '', rest: [...words.slice(2), first] };
  const at = ATTACHED_PARTICLE.test(first) ? 0 : words.length - 1;
  const own = words[at] ?? '';
  return { given: own.replace(ATTACHED_PARTICLE, ''), rest: words.toSpliced(at, 1) };
}

/**
 * Says whether two names are spelt alike: the same letters and the same tone on each syllable, wherever the tone mark
 * sits (hòa, hoà) and however the text is composed. `An` and `Ân` fold alike but are not spelt alike.
 */
export function sameSpelling(a: string, b: string): boolean {
  return spellingKey(a) === spellingKey(b);
}

/** Says whether a name carries no Vietnamese mark at all, as typed on a keyboard without them. */
export function isUnmarked(name: string): boolean {
  return tidyText(name).replace(APOSTROPHES, '').toLowerCase() === fold(tidyText(name));
}

const ALPHABET = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';
const TONES = '\u0300\u0309\u0303\u0301\u0323';
const TONE_MARKS = new RegExp(`[${TONES}]`, 'gu');

/** Returns a syllable's letters without its tone, and the tone: 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng. */
function splitTone(word: string): { letters: string; tone: number } {
  const marked = word.normalize('NFD');
  const mark = marked.match(TONE_MARKS)?.[0];
  return { letters: marked.replace(TONE_MARKS, '').normalize('NFC'), tone: mark ? TONES.indexOf(mark) + 1 : 0 };
}

/** Returns the key under which two names are spelt alike, as `sameSpelling` says. */
export function spellingKey(name: string): string {
  const words = tidyText(name)
    .replace(APOSTROPHES, '')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u);
  return words
    .map((word) => splitTone(word))
    .map(({ letters, tone }) => letters + tone)
    .join(' ');
}

function wordSortKey(word: string): string {
  const { letters, tone } = splitTone(word.toLowerCase().replace(APOSTROPHES, ''));
  let key = '';
  for (const letter of letters) {
    const at = ALPHABET.indexOf(letter);
    const known = at < 0 ? ALPHABET.indexOf(fold(letter)) : at;
    key += known < 0 ? `\u0100${letter}` : String.fromCharCode(0x61 + known);
  }
  return `${key}\u0001${tone}`;
}

/**
 * Returns a text whose plain `<` order is the order of a Vietnamese list of people: by given name, then by the rest, in
 * the alphabet a ă â b … y, tones in the order of the dictionary (none, huyền, hỏi, ngã, sắc, nặng). Compute once per person.
 */
export function nameSortKey(name: string): string {
  const { given, rest } = splitGiven(name);
  return [given, ...rest].map(wordSortKey).join('\u0002');
}

/** Compares two names as `nameSortKey` orders them; equal keys fall back to the text, so that the order is total. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [nameSortKey(a), nameSortKey(b)];
  if (left !== right) return left < right ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
