import { fold, foldWords, tidyText } from '../model/names.ts';
import { beginsWithinOneEdit } from '../model/spelling.ts';
import { createVocabulary, exactWeights, fromTelex, nearWeights } from './name-search-words.ts';
import type { Vocabulary, WordWeights } from './name-search-words.ts';

/** What a person is found by; leave out what the reader may not see. */
export interface SearchablePerson {
  readonly name: string;
  readonly otherNames?: readonly string[];
  readonly father?: string | null;
  readonly mother?: string | null;
  readonly carer?: string | null;
  readonly village?: string | null;
  readonly phone?: string | null;
  readonly personalId?: string | null;
  /** `YYYY-MM-DD` or less; found by its year. */
  readonly birth?: string | null;
}

/** A person found: a higher score is likelier; approximate when a letter, a sound or a keyboard had to be forgiven. */
export interface SearchHit {
  readonly id: string;
  readonly score: number;
  readonly approximate: boolean;
}

/** Finds people by any part of them while the words are being typed. Lives in memory only, never persisted. */
export interface NameIndex {
  /** How many people it holds. */
  readonly size: number;
  /** Adds a person, or replaces the one of that id. */
  set(id: string, person: SearchablePerson): void;
  /** Takes a person out; does nothing when there is none. */
  remove(id: string): void;
  /** Returns at most `limit` people, best first; approximate ones only after all exact ones [SRC-2]. */
  search(query: string, limit?: number): SearchHit[];
}

interface Entry {
  readonly id: string;
  readonly name: readonly number[];
  readonly rest: readonly number[];
  /** Names with their marks, each between spaces. */
  readonly marked: string;
  /** Folded names of the person and the parents, each between spaces. */
  readonly phrases: string;
  readonly joined: string;
  readonly initials: string;
  readonly personalId: string;
  readonly phone: string;
  readonly year: string;
}

interface Query {
  readonly words: readonly string[];
  readonly weights: readonly WordWeights[];
  readonly isNear: boolean;
  /** With marks as typed, between spaces; empty when nothing was marked. */
  readonly marked: string;
  readonly phrase: string;
  /** A single word as raw Telex; empty for several words. */
  readonly plain: string;
}

const DEFAULT_LIMIT = 20;
const MAX_WORDS = 8;
const NEXT_WORD_BONUS = 1.5;
const GIVEN_NAME_BONUS = 1.5;
const MARKS_BONUS = 8;
const PHRASE_BONUS = 2;
const REST_SHARE = 0.5;

/** Returns an empty index. */
export function createNameIndex(): NameIndex {
  const vocabulary = createVocabulary();
  const entries = new Map<string, Entry>();
  return {
    get size() {
      return entries.size;
    },
    set(id, person) {
      entries.set(id, entryOf(id, person, vocabulary));
    },
    remove(id) {
      entries.delete(id);
    },
    search(query, limit = DEFAULT_LIMIT) {
      const exact = scan(entries, readQuery(query, vocabulary, false), limit);
      if (exact.length >= limit) return exact;
      const found = new Set(exact.map(({ id }) => id));
      const near = scan(entries, readQuery(query, vocabulary, true), limit + exact.length);
      return [...exact, ...near.filter(({ id }) => !found.has(id))].slice(0, limit);
    },
  };
}

function entryOf(id: string, person: SearchablePerson, vocabulary: Vocabulary): Entry {
  const names = [person.name, ...(person.otherNames ?? [])];
  const words = foldWords(person.name);
  const others = [...names.slice(1), person.father, person.mother, person.carer, person.village].filter(
    (text) => text != null,
  );
  return {
    id,
    name: words.map((word) => vocabulary.numberOf(word)),
    rest: others.flatMap(foldWords).map((word) => vocabulary.numberOf(word)),
    marked: ` ${names.map(markedForm).join(' | ')} `,
    phrases: ` ${[person.name, ...others].map((text) => foldWords(text).join(' ')).join(' | ')} `,
    joined: words.join(''),
    initials: words.map((word) => word.charAt(0)).join(''),
    personalId: person.personalId ?? '',
    phone: (person.phone ?? '').replace(/\D/gu, ''),
    year: person.birth?.slice(0, 4) ?? '',
  };
}

function markedForm(text: string): string {
  return tidyText(text).toLowerCase();
}

function readQuery(text: string, vocabulary: Vocabulary, isNear: boolean): Query {
  const words = foldWords(text.slice(0, 200)).slice(0, MAX_WORDS);
  const typed = markedForm(text);
  const weigh = isNear ? nearWeights : exactWeights;
  return {
    words,
    weights: words.map((word, index) => weigh(vocabulary, word, index === words.length - 1)),
    isNear,
    marked: typed === fold(typed) ? '' : ` ${typed}`,
    phrase: words.length > 1 ? ` ${words.join(' ')}` : '',
    plain: words.length === 1 ? fromTelex(words[0] ?? '') : '',
  };
}

/** Keeps only the best as it goes: a single letter matches nearly everyone. */
function scan(entries: ReadonlyMap<string, Entry>, query: Query, limit: number): SearchHit[] {
  const best: SearchHit[] = [];
  if (query.words.length === 0 || limit <= 0) return best;
  for (const entry of entries.values()) {
    const score = scoreOf(entry, query);
    if (score <= 0 || (best.length === limit && score <= (best.at(-1)?.score ?? 0))) continue;
    let at = best.length;
    while (at > 0 && (best[at - 1]?.score ?? 0) < score) at -= 1;
    best.splice(at, 0, { id: entry.id, score, approximate: query.isNear });
    if (best.length > limit) best.pop();
  }
  return best;
}

/** Every word has to be found somewhere; 0 when one is not. */
function scoreOf(entry: Entry, query: Query): number {
  const { words, weights } = query;
  let score = 0;
  let used = 0;
  let last = -1;
  for (let k = 0; k < words.length; k += 1) {
    const word = words[k] ?? '';
    const weight = weights[k];
    const first = word.charCodeAt(0);
    const number = first >= 48 && first <= 57 ? numberScore(entry, word) : 0;
    const place = number > 0 || !weight ? -1 : bestPlace(entry.name, weight, used, last);
    let gain = number;
    if (place >= 0) {
      used |= 1 << place;
      gain = weight?.[entry.name[place] ?? 0] ?? 0;
      if (place === last + 1) gain += NEXT_WORD_BONUS;
      if (place === entry.name.length - 1) gain += GIVEN_NAME_BONUS;
      last = place;
    } else if (gain === 0 && weight) gain = bestOf(entry.rest, weight) * REST_SHARE;
    if (gain === 0 && words.length === 1) gain = wholeScore(entry, word, query);
    if (gain === 0) return 0;
    score += gain;
  }
  if (query.phrase !== '' && entry.phrases.includes(query.phrase)) score += PHRASE_BONUS;
  if (query.marked !== '' && entry.marked.includes(query.marked)) score += MARKS_BONUS;
  return score - Math.abs(entry.name.length - words.length) * 0.1;
}

/** The place in the name that a word fits best and that no word before has taken; -1 when none. The next in order wins a tie. */
function bestPlace(name: readonly number[], weight: WordWeights, used: number, last: number): number {
  let best = 0;
  let at = -1;
  for (let i = 0; i < name.length && i < 31; i += 1) {
    if ((used >> i) & 1) continue;
    const value = weight[name[i] ?? 0] ?? 0;
    if (value > best || (value === best && value > 0 && i === last + 1)) {
      best = value;
      at = i;
    }
  }
  return at;
}

function bestOf(words: readonly number[], weight: WordWeights): number {
  let best = 0;
  for (const word of words) best = Math.max(best, weight[word] ?? 0);
  return best;
}

/** The beginning of a personal number from three digits on, its end or the end of a phone number from four on, or a birth year [SRC-4]. */
function numberScore(entry: Entry, digits: string): number {
  if (digits.length >= 3 && entry.personalId.startsWith(digits)) return 10;
  if (digits.length >= 4 && entry.personalId.endsWith(digits)) return 7;
  if (digits.length >= 4 && entry.phone !== '' && (entry.phone.endsWith(digits) || entry.phone.startsWith(digits)))
    return 7;
  return digits.length === 4 && entry.year === digits ? 3 : 0;
}

/** A whole name without spaces, or its initials. */
function wholeScore(entry: Entry, word: string, { isNear, plain }: Query): number {
  if (word.length > 5 && entry.joined.startsWith(word)) return 6;
  if (word.length >= 2 && entry.initials === word) return 2.5;
  if (!isNear || word.length < 7) return 0;
  return entry.joined.startsWith(plain) || beginsWithinOneEdit(word, entry.joined) ? 2 : 0;
}
