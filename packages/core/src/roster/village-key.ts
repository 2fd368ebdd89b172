import { foldWords, sameSpelling, tidyText } from '../model/names.ts';
import { VILLAGE_WORDS } from './fields.ts';

const SHORT: Readonly<Record<string, string>> = { tdp: 'to dan pho', kp: 'khu pho', kdc: 'khu dan cu', dp: 'dan pho' };
const ROMAN: Readonly<Record<string, string>> = {
  i: '1',
  ii: '2',
  iii: '3',
  iv: '4',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
  xi: '11',
  xii: '12',
};

/** Returns the key under which two spellings of a village meet: folded, abbreviations out, `KP.03` and `khu phố 3` alike. */
export function villageKey(text: string): string {
  const words = foldWords(
    tidyText(text)
      .replace(/(\p{L})(\d)/gu, '$1 $2')
      .replace(/(\d)(\p{L})/gu, '$1 $2'),
  );
  const plain = words
    .filter((word, index) => word !== 'so' || index === 0 || !/^\d/u.test(words[index + 1] ?? ''))
    .map((word, index) => (index === 0 && word === 'b' ? 'ban' : (SHORT[word] ?? word.replace(/^0+(?=\d)/u, ''))));
  return plain.map((word, index) => (index > 0 && index === plain.length - 1 ? (ROMAN[word] ?? word) : word)).join(' ');
}

/** Returns the key without the kind of village before the name: `thon dong ha` and `dong ha` meet. */
export function bareVillageKey(text: string): string {
  const key = villageKey(text);
  const kind = VILLAGE_WORDS.find((word) => key.startsWith(`${word} `));
  return kind ? key.slice(kind.length + 1) : key;
}

/** Returns the numbers of a village name: `Thôn 5` and `Thôn 6` are one letter apart and two places. */
export function villageNumbers(key: string): string {
  return (key.match(/\d+/gu) ?? []).join(' ');
}

/** Says whether two village names are written alike, tone placement and composition aside; capitals count. */
export function isWrittenAlike(a: string, b: string): boolean {
  const capitals = (text: string) =>
    [...tidyText(text).normalize('NFD')].filter((char) => /\p{Lu}/u.test(char)).join('');
  return sameSpelling(a, b) && capitals(a) === capitals(b);
}
