import type { Seeded } from '@chungtay/server/demo/people';
import {
  BIRTH_WRITERS,
  birthBySexColumns,
  birthColumn,
  birthPartColumns,
  furtherColumns,
  idColumn,
  nameColumns,
  parentColumns,
  sexMarkColumns,
  sexWordColumn,
  villageTitle,
} from './columns.ts';
import type { BirthStyle, ColumnSpec } from './columns.ts';
import type { Expressible } from './entries.ts';
import { pick, shuffled } from './random.ts';

/** Where a roster says which village a child lives in. */
export type VillagePlace = 'column' | 'subtitle' | 'both' | 'sheets' | 'merged' | 'sparse' | 'address';

/** How the words of a header are typed. */
export type Dress = 'plain' | 'upper' | 'unmarked' | 'decomposed' | 'broken' | 'spaced';

/** Everything about a roster but its children. */
export interface Layout {
  readonly columns: readonly ColumnSpec[];
  readonly villagePlace: VillagePlace;
  readonly dress: Dress;
  readonly titleRows: number;
  readonly hasGroups: boolean;
  readonly isMerged: boolean;
  readonly numbering: readonly string[] | null;
  readonly ordinal: 'running' | 'perVillage' | 'text' | 'none' | 'gaps';
  readonly pageRows: number | null;
  readonly hasTotals: boolean;
  readonly hasSignatures: boolean;
  readonly hasBlanks: boolean;
  readonly further: { readonly hasGuide: boolean; readonly hasHidden: boolean; readonly hasSums: boolean };
  readonly is1904: boolean;
  readonly hasStyledRows: boolean;
  readonly stringsAs: 'inline' | 'shared' | 'rich';
  readonly knowsVillages: boolean;
  readonly can: Expressible;
}

const chance = (random: Seeded, share: number) => random() < share;

/** Returns the layout of a seed. */
export function layoutOf(random: Seeded): Layout {
  const villagePlace = pick<VillagePlace>(random, [
    'column',
    'column',
    'subtitle',
    'subtitle',
    'both',
    'sheets',
    'sheets',
    'merged',
    'sparse',
    'address',
  ]);
  const style = pick(random, Object.keys(BIRTH_WRITERS) as BirthStyle[]);
  const birthForm = pick(random, ['cell', 'cell', 'cell', 'parts', 'bySex'] as const);
  const isSplit = villagePlace !== 'sheets' && chance(random, 0.25);
  const sexForm = birthForm === 'bySex' ? 'none' : pick(random, ['word', 'marks'] as const);
  const further = furtherColumns(random);
  const hasNotes = chance(random, 0.75);
  const birth = { cell: birthColumn, parts: birthPartColumns, bySex: birthBySexColumns }[birthForm](random, style);
  const ordered = columnsOf(random, { isSplit, birth, sexForm, villagePlace, further });
  return {
    columns: hasNotes
      ? [
          ...ordered,
          {
            title: pick(random, ['Ghi chú', 'GHI CHÚ', 'Ghi chú khác']),
            group: 'other',
            cells: ({ notes }) => [notes],
          },
        ]
      : ordered,
    villagePlace,
    can: {
      hasSexWords: sexForm === 'word',
      hasVillageCells: villagePlace === 'column' || villagePlace === 'both',
      hasNotes,
      hasFreeBirth: birthForm === 'cell',
      hasOtherBirths: birthForm === 'cell' && style !== 'slashes' && style !== 'padded',
      hasWholeNames: !isSplit,
    },
    ...withoutBreaks(frameOf(random), villagePlace),
  };
}

/** A cell merged over the rows of a village leaves no room between them. */
function withoutBreaks<T extends Pick<Layout, 'pageRows' | 'hasBlanks'>>(frame: T, villagePlace: VillagePlace): T {
  return villagePlace === 'merged' ? { ...frame, pageRows: null, hasBlanks: false } : frame;
}

interface Wanted {
  readonly isSplit: boolean;
  readonly birth: ColumnSpec;
  readonly sexForm: 'word' | 'marks' | 'none';
  readonly villagePlace: VillagePlace;
  readonly further: readonly ColumnSpec[];
}

function columnsOf(random: Seeded, { isSplit, birth, sexForm, villagePlace, further }: Wanted): ColumnSpec[] {
  const name = nameColumns(random, isSplit);
  const own: ColumnSpec[] = [birth, idColumn(random)];
  if (sexForm === 'word') own.push(sexWordColumn(random));
  if (sexForm === 'marks') own.push(sexMarkColumns(random));
  own.push(...further.filter(({ group }) => group === 'child'));
  const place: ColumnSpec[] = [];
  if (villagePlace === 'address') {
    const title = pick(random, ['Địa chỉ', 'Nơi ở hiện nay', 'Chỗ ở', 'Nơi thường trú', 'Địa chỉ (thôn, xã)']);
    place.push({ title, group: 'other', cells: ({ village }) => [`${village}, xã Nà Pàn`] });
  } else if (!['subtitle', 'sheets'].includes(villagePlace)) {
    place.push({ title: villageTitle(random), group: 'other', cells: ({ village }) => [village] });
  }
  const families = [
    parentColumns(random),
    ...further.filter(({ group }) => group === 'family').map((column) => [column]),
  ];
  const child = [name, ...shuffled(random, own)];
  const family = shuffled(random, families).flat();
  const others = [...place, ...further.filter(({ group }) => group === 'other')];
  return chance(random, 0.8)
    ? [...child, ...family, ...others]
    : [...place, ...child, ...family, ...others.filter((column) => !place.includes(column))];
}

function frameOf(random: Seeded): Omit<Layout, 'columns' | 'villagePlace' | 'can'> {
  return {
    dress: pick<Dress>(random, ['plain', 'plain', 'plain', 'upper', 'unmarked', 'decomposed', 'broken', 'spaced']),
    titleRows: Math.floor(random() * 10),
    hasGroups: chance(random, 0.2),
    isMerged: chance(random, 0.75),
    numbering: pick(random, [null, null, ['(', ')'], ['', ''], ['A', 'B']]),
    ordinal: pick(random, ['running', 'running', 'perVillage', 'text', 'none', 'gaps'] as const),
    pageRows: chance(random, 0.3) ? 20 : null,
    hasTotals: chance(random, 0.6),
    hasSignatures: chance(random, 0.6),
    hasBlanks: chance(random, 0.4),
    further: { hasGuide: chance(random, 0.2), hasHidden: chance(random, 0.15), hasSums: chance(random, 0.25) },
    is1904: chance(random, 0.1),
    hasStyledRows: chance(random, 0.15),
    stringsAs: pick(random, ['inline', 'shared', 'shared', 'rich'] as const),
    knowsVillages: chance(random, 0.6),
  };
}
