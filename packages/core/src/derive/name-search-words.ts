import { beginsWithinOneEdit } from '../model/spelling.ts';

/** Returns a folded word typed in Telex with the keyboard's conversion off: `nguyeenx` is `nguyen`. After the first vowel s f r x j z are tones. */
export function fromTelex(word: string): string {
  const at = word.search(/[aeiouyw]/u);
  if (at < 0) return word;
  const head = word.slice(0, at).replace('dd', 'd');
  const tail = word
    .slice(at)
    .replace(/^w/u, 'u')
    .replace(/[sfrxjzw]/gu, '');
  return head + tail.replace(/([aeo])\1/gu, '$1').replace(/dd$/u, 'd');
}

/** Returns a folded word typed in VNI with the keyboard's conversion off: `nguye6n4` is `nguyen`. Numbers stay. */
export function fromVniKeys(word: string): string {
  return /^[a-z]/u.test(word) ? word.replace(/\d/gu, '') : word;
}

/** Returns how a folded word sounds where people mix s-x, l-n, tr-ch, gi-d-r, i-y, and final ng-n, nh-n, c-t. */
export function soundOf(word: string): string {
  return word
    .replace(/^(?:gi|r)(?=[aeiouy])/u, 'd')
    .replace(/^ngh/u, 'ng')
    .replace(/^gh/u, 'g')
    .replace(/^tr/u, 'ch')
    .replace(/^x/u, 's')
    .replace(/^l(?=[aeiouy])/u, 'n')
    .replace(/^f/u, 'ph')
    .replace(/^[kq](?=[aeiouy])/u, 'c')
    .replaceAll('y', 'i')
    .replace(/n[gh]$/u, 'n')
    .replace(/ch?$/u, 't');
}

/** Every word of the register once, with its sound: a query word is weighed against each only once. */
export interface Vocabulary {
  readonly words: readonly string[];
  readonly sounds: readonly string[];
  /** Returns the number of a word, taking it in when it is new. */
  numberOf(word: string): number;
}

/** Returns an empty vocabulary. */
export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const sounds: string[] = [];
  return {
    words,
    sounds,
    numberOf(word) {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      numbers.set(word, words.length);
      words.push(word);
      sounds.push(soundOf(word));
      return words.length - 1;
    },
  };
}

/** How much one query word says for each word of the vocabulary; 0 is no match. */
export type WordWeights = Float32Array;

const SAME = 6;
const BEGINS_LAST = 5;
const BEGINS = 3;
const SOUNDS = 2.5;
const SLIPS = 2;

/** Returns the weights of a word typed as it is; the last word of a query may be unfinished. */
export function exactWeights(vocabulary: Vocabulary, typed: string, isLast: boolean): WordWeights {
  const weights = new Float32Array(vocabulary.words.length);
  const begins = isLast ? BEGINS_LAST : BEGINS;
  for (const [number, word] of vocabulary.words.entries()) {
    if (word === typed) weights[number] = SAME;
    else if (word.startsWith(typed)) weights[number] = begins;
  }
  return weights;
}

/** Returns the weights of a word that may be misspelt by a letter or by ear, or typed in raw Telex or VNI. */
export function nearWeights(vocabulary: Vocabulary, typed: string, isLast: boolean): WordWeights {
  const weights = exactWeights(vocabulary, typed, isLast);
  const plain = fromTelex(fromVniKeys(typed));
  const sounds = new Set([soundOf(typed), soundOf(plain)]);
  const mayBegin = isLast && plain.length >= 2;
  for (const [number, word] of vocabulary.words.entries()) {
    if (weights[number] !== 0) continue;
    const isHeard = sounds.has(vocabulary.sounds[number] ?? '') || plain === word;
    if (isHeard) weights[number] = SOUNDS;
    else if (typed.length > 2 && beginsWithinOneEdit(typed, word)) weights[number] = SLIPS;
    else if (mayBegin && (word.startsWith(plain) || vocabulary.sounds[number]?.startsWith(soundOf(plain))))
      weights[number] = SLIPS;
  }
  return weights;
}
