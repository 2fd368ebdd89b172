import { fold } from '@chungtay/core/model/names';
import type { ProblemCode } from '@chungtay/core/roster/problems';
import type { InventedChild, Seeded } from '@chungtay/server/demo/people';
import { seededChildren } from '../fixtures/people.ts';
import type { CellSpec } from '../fixtures/xlsx.ts';
import { pick, shuffled } from './random.ts';

/** The day on which every roster here is read. */
export const ON_DATE = '2026-11-22';

/** A birth as it is written: day, month and year apart, so that every column can write it its own way, or a text as it stands. */
export type WrittenBirth = { readonly d: string; readonly m: string; readonly y: string } | { readonly text: string };

/** One child and how its row is written. `expected` is what a reader must make of it: null when the row may not go in. */
export interface Entry {
  readonly child: InventedChild;
  readonly expected: InventedChild | null;
  /** The trouble planted in it. */
  readonly kind: ProblemCode | null;
  readonly name: string | null;
  readonly birth: WrittenBirth | null;
  readonly sexWord: string | null;
  readonly id: CellSpec;
  readonly village: string;
  readonly notes: string | null;
  /** The entry that this one repeats. */
  readonly repeats: Entry | null;
}

/** What a layout can show: a trouble that its columns cannot express is not planted. */
export interface Expressible {
  readonly hasSexWords: boolean;
  readonly hasVillageCells: boolean;
  readonly hasNotes: boolean;
  readonly hasFreeBirth: boolean;
  /** Births are not written as `5/6/2015`. */
  readonly hasOtherBirths: boolean;
  readonly hasWholeNames: boolean;
}

/** Returns the entry of a child without any trouble. */
function plainEntry(child: InventedChild): Entry {
  const [y = '', m = '', d = ''] = child.birth.split('-');
  return {
    child,
    expected: child,
    kind: null,
    name: child.name,
    birth: { d, m, y },
    sexWord: null,
    id: child.personalId,
    village: child.village,
    notes: null,
    repeats: null,
  };
}

type Plant = (entry: Entry, id: string, random: Seeded) => Partial<Entry> | null;

const error = { expected: null };
const renamed = (entry: Entry, name: string) => ({ name, expected: { ...entry.child, name } });
const reborn = (entry: Entry, birth: WrittenBirth, known: string) => ({
  birth,
  expected: { ...entry.child, birth: known },
});
const year = ({ child }: Entry) => child.birth.slice(0, 4);
const DAY = /-0?(\d+)-0?(\d+)$/u;

const ANYWHERE: Readonly<Partial<Record<ProblemCode, Plant>>> = {
  idAsNumber: (_, id) => ({ id: Number(id) }),
  idShort: (_, id, random) => ({ id: pick(random, [id.slice(0, 11), id.slice(3)]), ...error }),
  idLong: (_, id) => ({ id: `${id}7`, ...error }),
  idBadChars: (_, id, random) => ({
    id: pick(random, [`GKS ${id.slice(0, 4)}/2015`, `${id.slice(0, 11)}A`]),
    ...error,
  }),
  idScientific: (_, __, random) => ({ id: pick(random, ['4.62130E+10', '4,6213E+10']), ...error }),
  idLetterO: (_, id) => ({ id: id.replace('0', 'O') }),
  idWrongSex: (entry, id) => {
    const other = `${id.slice(0, 3)}${5 - Number(id[3])}${id.slice(4)}`;
    return { id: other, expected: { ...entry.child, personalId: other } };
  },
  idUnknownProvince: (entry, id) => ({
    id: `999${id.slice(3)}`,
    expected: { ...entry.child, personalId: `999${id.slice(3)}` },
  }),
  noId: (entry, _, random) => ({
    id: pick(random, [null, '', '-', 'chưa có']),
    expected: { ...entry.child, personalId: null },
  }),
  noName: () => ({ name: null, ...error }),
  oneWord: (entry, _, random) => renamed(entry, pick(random, ['Páo', 'Y Thiên', 'H’Mai'])),
};

const WITH_WHOLE_NAMES: Readonly<Partial<Record<ProblemCode, Plant>>> = {
  nfd: ({ name }) => (name === name?.normalize('NFD') ? null : { name: (name ?? '').normalize('NFD') }),
  spaces: ({ name }, _, random) => ({
    name: pick(random, [`  ${(name ?? '').replace(' ', '   ')} `, `${name} `, (name ?? '').replace(' ', '\u00a0')]),
  }),
  nameTitle: ({ name }, _, random) => ({ name: pick(random, [`Cháu ${name}`, `Bé: ${name}`, `12. ${name}`]) }),
  nameAside: ({ name }, _, random) => ({ name: pick(random, [`${name} (Tý)`, `${name} - mới về`]) }),
  legacyFont: ({ child }, _, random) => ({
    name: pick(random, ['NguyÔn V¨n §«ng', 'Nguyeãn Vaên Ñoâng']),
    expected: { ...child, name: 'Nguyễn Văn Đông' },
  }),
  upper: ({ name }) => ({ name: (name ?? '').toUpperCase() }),
};

const WITH_FREE_BIRTHS: Readonly<Partial<Record<ProblemCode, Plant>>> = {
  twoDigitYear: (entry) => {
    const { d, m, y } = partsOf(entry);
    return reborn(entry, { text: `${d}/${m}/${y.slice(2)}` }, entry.child.birth);
  },
  yearOnly: (entry, _, random) => reborn(entry, { text: pick(random, ['', ' ', 'Năm ']) + year(entry) }, year(entry)),
  monthOnly: (entry) => reborn(entry, { text: `${partsOf(entry).m}/${year(entry)}` }, entry.child.birth.slice(0, 7)),
  monthFirst: (entry) => {
    const [, month = '', day = ''] = DAY.exec(entry.child.birth) ?? [];
    return Number(day) > 12 ? reborn(entry, { text: `${month}/${day}/${year(entry)}` }, entry.child.birth) : null;
  },
  badDate: () => ({ birth: { text: 'hỏi lại' }, ...error }),
  noBirth: () => ({ birth: null, ...error }),
};

const WITH_OTHER_BIRTHS: Readonly<Partial<Record<ProblemCode, Plant>>> = {
  textDate: (entry) => {
    const { d, m, y } = partsOf(entry);
    return reborn(entry, { text: `${Number(d)}/${Number(m)}/${y}` }, entry.child.birth);
  },
};

const WITH_BIRTH_PARTS: Readonly<Partial<Record<ProblemCode, Plant>>> = {
  impossibleDate: (entry) => ({ birth: { d: '31', m: '02', y: year(entry) }, ...error }),
  future: () => ({ birth: { d: '12', m: '05', y: '2031' }, ...error }),
  over16: () => ({ birth: { d: '05', m: '06', y: '2007' }, ...error }),
};

const WITH_SEX_WORDS: Readonly<Partial<Record<ProblemCode, Plant>>> = {
  sexWord: ({ child }, _, random) => ({
    sexWord: pick(random, child.sex === 'male' ? ['nam', 'M', 'Trai', 'NAM'] : ['nữ', 'F', 'gái', 'Nu']),
  }),
};

const WITH_VILLAGE_CELLS: Readonly<Partial<Record<ProblemCode, Plant>>> = {
  villageTypo: ({ village }) => ({ village: village.toLowerCase().replace('bản', 'ban') }),
  unknownVillage: (entry) => ({ village: 'Thôn Không Có', expected: { ...entry.child, village: 'Thôn Không Có' } }),
};

const WITH_NOTES: Readonly<Partial<Record<ProblemCode, Plant>>> = {
  formula: () => ({ notes: '=HYPERLINK("http://x","y")' }),
  html: () => ({ notes: '<img src=x onerror=alert(1)>' }),
  long: () => ({ notes: 'dài '.repeat(3000) }),
};

function partsOf({ child }: Entry): { d: string; m: string; y: string } {
  const [y = '', m = '', d = ''] = child.birth.split('-');
  return { d, m, y };
}

function plantsOf(can: Expressible): [ProblemCode, Plant][] {
  const all = {
    ...ANYWHERE,
    ...WITH_BIRTH_PARTS,
    ...(can.hasWholeNames ? WITH_WHOLE_NAMES : {}),
    ...(can.hasFreeBirth ? WITH_FREE_BIRTHS : {}),
    ...(can.hasOtherBirths ? WITH_OTHER_BIRTHS : {}),
    ...(can.hasSexWords ? WITH_SEX_WORDS : {}),
    ...(can.hasVillageCells ? WITH_VILLAGE_CELLS : {}),
    ...(can.hasNotes ? WITH_NOTES : {}),
  };
  return Object.entries(all) as [ProblemCode, Plant][];
}

/** The ways in which a child is written a second time. */
const REPEATS: readonly ((entry: Entry) => Partial<Entry> | null)[] = [
  () => ({}),
  () => ({ id: null }),
  ({ name }) => ({
    id: null,
    name:
      fold(name ?? '') === ''
        ? name
        : (name ?? '')
            .normalize('NFD')
            .replaceAll(/[\u0300-\u036f]/gu, '')
            .replaceAll('đ', 'd')
            .replaceAll('Đ', 'D'),
  }),
  (entry) => {
    const { d, m, y } = partsOf(entry);
    return Number(d) <= 12 && d !== m && `${y}-${d}-${m}` < ON_DATE ? { id: null, birth: { d: m, m: d, y } } : null;
  },
];

/** Returns a twin of a child: the same day, mother and village, another given name. */
function twinOf(child: InventedChild): InventedChild {
  const words = child.name.split(' ');
  const given = child.sex === 'male' ? ['Minh', 'Ninh'] : ['Lan', 'Loan'];
  const name = [...words.slice(0, -1), given.find((one) => one !== words.at(-1)) ?? 'An'].join(' ');
  return { ...child, name, personalId: null };
}

/** Returns the entries of a roster in the order of their villages: most without trouble, one of each kind that can be shown, pairs, and twins. */
export function inventEntries(random: Seeded, seed: number, count: number, can: Expressible): Entry[] {
  const children = seededChildren(seed, count, ON_DATE).toSorted((a, b) =>
    a.village < b.village ? -1 : a.village > b.village ? 1 : 0,
  );
  const entries = children.map(plainEntry);
  const free = shuffled(
    random,
    entries.filter(({ child }) => child.personalId !== null && child.mother !== null && child.birth >= '2011'),
  );
  for (const [kind, plant] of plantsOf(can)) {
    const entry = free.pop();
    const planted = entry && plant(entry, entry.child.personalId ?? '', random);
    if (entry && planted) entries[entries.indexOf(entry)] = { ...entry, kind, ...planted };
  }
  for (const repeat of REPEATS)
    insertAfter(random, entries, free.pop(), (entry) => {
      const change = repeat(entry);
      return change && { ...entry, ...change, repeats: entry };
    });
  insertAfter(random, entries, free.pop(), ({ child }) => plainEntry(twinOf(child)));
  return entries;
}

/** Puts what is made of an entry at a later place of the same village. */
function insertAfter(
  random: Seeded,
  entries: Entry[],
  entry: Entry | undefined,
  make: (entry: Entry) => Entry | null,
): void {
  const made = entry && make(entry);
  if (!entry || !made) return;
  const last = entries.findLastIndex(({ village }) => village === entry.village);
  const from = entries.indexOf(entry) + 1;
  entries.splice(from + Math.floor(random() * (last - from + 2)), 0, made);
}
