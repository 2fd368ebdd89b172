import { createNameIndex } from '@chungtay/core/derive/name-search';
import { foldWords, givenNameOf } from '@chungtay/core/model/names';
import { seeded } from '@chungtay/server/demo/people';
import type { InventedChild, Seeded } from '@chungtay/server/demo/people';
import { describe, expect, it } from 'vitest';
import { seededChildren } from '../fixtures/people.ts';

const TONE_KEYS = { telex: ['', 'f', 'r', 'x', 's', 'j'], vni: ['', '2', '3', '4', '1', '5'] } as const;
const TONES = '\u0300\u0309\u0303\u0301\u0323';
const HATS = {
  telex: { '\u0302': '', '\u0306': 'w', '\u031b': 'w' },
  vni: { '\u0302': '6', '\u0306': '8', '\u031b': '7' },
} as const;

/** What lands in the box when the keyboard's conversion is off: `Nguyễn` is `Nguyeenx` or `Nguye6n4`. */
function typedRaw(name: string, keys: 'telex' | 'vni'): string {
  const words = name.replace(/[’']/gu, '').split(' ');
  return words.map((word) => rawWord(word, keys)).join(' ');
}

function rawWord(word: string, keys: 'telex' | 'vni'): string {
  let typed = '';
  let tone = 0;
  for (const mark of word.normalize('NFD')) {
    const at = TONES.indexOf(mark);
    const hat = HATS[keys][mark as keyof (typeof HATS)['telex']];
    if (at >= 0) tone = at + 1;
    else if (mark === '\u0302' && keys === 'telex') typed += typed.at(-1)?.toLowerCase() ?? '';
    else if (hat !== undefined) typed += hat;
    else if (mark === 'đ' || mark === 'Đ') typed += keys === 'telex' ? 'dd' : 'd9';
    else typed += mark;
  }
  return typed + TONE_KEYS[keys][tone];
}

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^s/u, 'x'],
  [/^x/u, 's'],
  [/^l/u, 'n'],
  [/^n(?![gh])/u, 'l'],
  [/^tr/u, 'ch'],
  [/^ch/u, 'tr'],
  [/^gi(?=[aeou])/u, 'd'],
  [/^d/u, 'gi'],
  [/y$/u, 'i'],
  [/i$/u, 'y'],
];

function misheard(word: string, random: Seeded): string | null {
  const fitting = SOUNDS.filter(([from]) => from.test(word));
  const chosen = fitting[Math.floor(random() * fitting.length)];
  return chosen ? word.replace(chosen[0], chosen[1]) : null;
}

/** One letter of a word changed, dropped, doubled or swapped with the next. */
function slip(word: string, random: Seeded): string {
  const at = 1 + Math.floor(random() * (word.length - 1));
  const edits = [
    word.slice(0, at) + 'e' + word.slice(at + 1),
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + word.charAt(at) + word.slice(at),
    word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1),
  ];
  return edits[Math.floor(random() * edits.length)] ?? word;
}

type Asker = (child: InventedChild, random: Seeded) => string | null;

function withLast(name: string, change: (last: string) => string | null): string | null {
  const words = foldWords(name);
  const last = change(words.at(-1) ?? '');
  return last === null ? null : [...words.slice(0, -1), last].join(' ');
}

/** Every way of asking for a child that the register has to understand. */
const ASKERS: Record<string, Asker> = {
  asWritten: ({ name }) => name,
  withoutMarks: ({ name }) => foldWords(name).join(' '),
  unfinished: ({ name }) => withLast(name, (last) => (last.length > 3 ? last.slice(0, -1) : null)),
  givenAndMother: ({ name, mother }) => (mother === null ? null : `${givenNameOf(name)} ${mother}`),
  father: ({ name, father }) => (father === null ? null : `${foldWords(father).join(' ')} ${foldWords(name).at(-1)}`),
  nameAndYear: ({ name, birth }) => `${foldWords(name).join(' ')} ${birth.slice(0, 4)}`,
  nameAndVillage: ({ name, village }) => `${name} ${village}`,
  slipInGivenName: ({ name }, random) => withLast(name, (last) => (last.length > 3 ? slip(last, random) : null)),
  misheardGivenName: ({ name }, random) => withLast(name, (last) => misheard(last, random)),
  rawTelex: ({ name }) => typedRaw(name, 'telex'),
  rawVni: ({ name }) => typedRaw(name, 'vni'),
  withoutSpaces: ({ name }) => (foldWords(name).length < 3 ? null : foldWords(name).join('')),
  idBeginning: ({ personalId }) => personalId?.slice(0, 9) ?? null,
  idTail: ({ personalId }) => personalId?.slice(-6) ?? null,
  tailAndName: ({ name, personalId }) =>
    personalId === null ? null : `${foldWords(name).at(-1)} ${personalId.slice(-4)}`,
  phoneTail: ({ name, phone }) => (phone === null ? null : `${foldWords(name).at(-1)} ${phone.slice(-5)}`),
};

const PER_ASKER = 40;

describe('search among 6,000 invented children', () => {
  const children = seededChildren(7, 6000);
  const index = createNameIndex();
  for (const [at, child] of children.entries()) index.set(String(at), child);

  function recallOf(asker: Asker, seed: number): { asked: number; found: number; first: number } {
    const random = seeded(seed);
    const tally = { asked: 0, found: 0, first: 0 };
    for (let tries = 0; tally.asked < PER_ASKER && tries < 4000; tries += 1) {
      const at = Math.floor(random() * children.length);
      const child = children[at];
      const query = child ? asker(child, random) : null;
      if (!child || query === null) continue;
      const hits = index.search(query);
      tally.asked += 1;
      if (hits.some(({ id }) => id === String(at))) tally.found += 1;
      if (children[Number(hits[0]?.id)]?.name === child.name) tally.first += 1;
    }
    return tally;
  }

  const tallies = Object.entries(ASKERS).map(([kind, asker], seed) => ({ kind, ...recallOf(asker, 100 + seed) }));

  it.each(tallies)(
    '[SRC-3] $kind: found among the first twenty ($found of $asked, $first first)',
    ({ asked, found }) => {
      expect(asked).toBe(PER_ASKER);
      expect(found / asked).toBeGreaterThanOrEqual(0.9);
    },
  );

  it('[SRC-3] all ways of asking together: at least 97 of 100 among the first twenty', () => {
    const asked = tallies.reduce((sum, tally) => sum + tally.asked, 0);
    const found = tallies.reduce((sum, tally) => sum + tally.found, 0);
    expect(asked).toBeGreaterThanOrEqual(600);
    expect(found / asked).toBeGreaterThanOrEqual(0.97);
  });

  it('[SRC-5] a child taken out is found no more, one renamed only under the new name', () => {
    const own = createNameIndex();
    own.set('a', { name: 'Giàng A Páo' });
    own.set('b', { name: 'Sùng Thị Mỷ' });
    own.remove('a');
    own.set('b', { name: 'Sùng Thị Dở' });
    expect(own.size).toBe(1);
    expect(own.search('giang a pao')).toEqual([]);
    expect(own.search('sung thi do').map(({ id }) => id)).toEqual(['b']);
    expect(own.search('sung thi my').filter(({ approximate }) => !approximate)).toEqual([]);
  });
});
