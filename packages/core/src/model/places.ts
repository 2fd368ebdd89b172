/** Names of villages and schools: which are alike, what they say of the place, and the id a new one gets. */
import type { Directory, DirectorySchool, DirectoryVillage } from './directory.ts';
import { fold, foldWords, tidyText } from './names.ts';

/** The places of a directory. */
export type Places = Pick<Directory, 'villages' | 'schools'>;

const MAX_ID = 36;
/** How a village's kind begins its name; the longest first. */
const VILLAGE_KINDS = [
  ['to dan pho', 'toDanPho'],
  ['khu pho', 'toDanPho'],
  ['thon', 'thon'],
  ['ban', 'ban'],
  ['lang', 'lang'],
  ['buon', 'buon'],
  ['ap', 'ap'],
] as const satisfies readonly (readonly [string, DirectoryVillage['kind']])[];
/** What a school's name says of its level; a name that says two is mixed. */
const SCHOOL_LEVELS = [
  [/\b(?:mam non|mau giao|nha tre)\b/u, 'kindergarten'],
  [/\b(?:tieu hoc|th)\b/u, 'primary'],
  [/\b(?:thcs|trung hoc co so)\b/u, 'lowerSecondary'],
  [/\b(?:thpt|trung hoc pho thong)\b/u, 'upperSecondary'],
] as const satisfies readonly (readonly [RegExp, DirectorySchool['level']])[];

/** Returns the id of the place that has or had this name, or null: two that look alike in a list would be mixed up for ever. */
export function placeNamed({ villages, schools }: Places, text: string, self?: string): string | null {
  const others = [
    ...Object.entries(villages).map(([id, { name, oldNames }]) => [id, [name, ...oldNames]] as const),
    ...Object.entries(schools).map(([id, { name }]) => [id, [name]] as const),
  ];
  const same = others.find(([id, names]) => id !== self && names.some((name) => isSamePlaceName(name, text)));
  return same?.[0] ?? null;
}

/** Says whether two names are the same but for spaces and capitals. */
export function isSamePlaceName(a: string, b: string): boolean {
  return tidyText(a).toLowerCase() === tidyText(b).toLowerCase();
}

/** Returns an id made of the name that no place of this sort has; ids never change. */
export function freePlaceId(taken: Readonly<Record<string, unknown>>, name: string): string {
  const base =
    foldWords(name)
      .join('-')
      .replaceAll(/[^a-z0-9-]/gu, '')
      .slice(0, MAX_ID) || 'place';
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!Object.hasOwn(taken, id)) return id;
  }
}

/** Returns the kind that a village's name begins with. */
export function villageKindOf(name: string): DirectoryVillage['kind'] {
  const folded = fold(name);
  return VILLAGE_KINDS.find(([word]) => folded.startsWith(`${word} `))?.[1] ?? 'khac';
}

/** Returns the level that a school's name says. */
export function schoolLevelOf(name: string): DirectorySchool['level'] {
  const folded = fold(name);
  const levels = SCHOOL_LEVELS.filter(([word]) => word.test(folded)).map(([, level]) => level);
  return levels.length > 1 ? 'mixed' : (levels[0] ?? 'other');
}
