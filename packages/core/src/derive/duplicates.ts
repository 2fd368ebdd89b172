import { dayNumberOf, dayOfNumber, isoOf, isRealDay, parseIsoDay } from '../model/dates.ts';
import { foldWords, isUnmarked, nameKey, sameSpelling } from '../model/names.ts';
import type { Sex } from '../model/person.ts';
import { withinOneEdit } from '../model/spelling.ts';
import { isCommonGivenName } from './given-names.ts';

/** What is known of a child when asking whether two are one. `place` is any key that is equal for the same village. */
export interface Likeness {
  readonly name: string;
  readonly birth: string | null;
  readonly sex: Sex | null;
  readonly mother: string | null;
  readonly father: string | null;
  readonly place: string;
  readonly personalId: string | null;
}

/** Why two children may be one; the sentence of each is in the roster's messages. */
export type LikenessReason =
  | 'sameId'
  | 'oneDigitOff'
  | 'otherId'
  | 'sameName'
  | 'sameNameOtherMarks'
  | 'nameReordered'
  | 'nameSlip'
  | 'nameDiffers'
  | 'sameBirth'
  | 'dayMonthSwapped'
  | 'dayApart'
  | 'birthCoarser'
  | 'yearApart'
  | 'birthDiffers'
  | 'sameMother'
  | 'motherSimilar'
  | 'motherDiffers'
  | 'sameFather'
  | 'sameVillage'
  | 'movedVillage';

/** How alike two children are: 0 to 1; 1 only with the same personal number. A person decides, always [SRC-6]. */
export interface LikenessScore {
  readonly score: number;
  readonly reasons: readonly LikenessReason[];
}

/** From here on two children are shown to a person as probably one. */
export const PROBABLE = 0.7;

const MOST_WITHOUT_ID = 0.98;
type Weighed = readonly [LikenessReason, number];

/** Returns how alike two children are. Twins and siblings (same mother, other given names) score below `PROBABLE` [SRC-6]. */
export function likenessOf(a: Likeness, b: Likeness): LikenessScore {
  const isSameId = a.personalId !== null && a.personalId === b.personalId;
  const name = compareNames(a.name, b.name);
  const birth = compareBirths(a.birth, b.birth);
  const mother = compareMothers(a.mother, b.mother);
  const reasons: Weighed[] = [name, birth, mother, ...compareRest(a, b)].filter((reason) => reason !== null);
  if (isSameId)
    return { score: 1, reasons: ['sameId', ...(name ? [] : ['nameDiffers' as const]), ...reasons.map(codeOf)] };
  if (!name || isOtherSex(a, b) || areTwins(a, b, name[0])) return { score: 0, reasons: [] };
  if (a.personalId !== null && b.personalId !== null) reasons.push(compareIds(a.personalId, b.personalId));
  if (!birth && a.birth !== null && b.birth !== null) reasons.push(['birthDiffers', isSameFamily(a, b) ? 0.05 : -0.2]);
  if (!mother && a.mother !== null && b.mother !== null) reasons.push(['motherDiffers', -0.15]);
  const sum = reasons.reduce((total, [, weight]) => total + weight, 0);
  return { score: Math.round(Math.max(0, Math.min(MOST_WITHOUT_ID, sum)) * 100) / 100, reasons: reasons.map(codeOf) };
}

function codeOf([code]: Weighed): LikenessReason {
  return code;
}

/**
 * Says whether two records are the same child without asking anyone, so that importing a file twice adds nothing: the same
 * number, else the same folded name, birth, mother and village, unless numbers, sex or spelling (An, Ân) speak against it [IMP-10].
 */
export function sameChild(a: Likeness, b: Likeness): boolean {
  if (a.personalId !== null && b.personalId !== null) return a.personalId === b.personalId;
  const mother = nameKey(a.mother ?? '');
  const isSame = nameKey(a.name) === nameKey(b.name) && a.birth === b.birth && mother === nameKey(b.mother ?? '');
  if (!isSame || isOtherSex(a, b) || !isSamePlace(a, b, mother !== '')) return false;
  return sameSpelling(a.name, b.name) || isUnmarked(a.name) || isUnmarked(b.name);
}

/** A village that one side does not know speaks against nothing, where a mother speaks for it. */
function isSamePlace(a: Likeness, b: Likeness, hasMother: boolean): boolean {
  return a.place === '' || b.place === '' ? hasMother : a.place === b.place;
}

function isOtherSex(a: Likeness, b: Likeness): boolean {
  return a.sex !== null && b.sex !== null && a.sex !== b.sex;
}

function isSameFamily(a: Likeness, b: Likeness): boolean {
  const isSame = (x: string | null, y: string | null) => x !== null && y !== null && nameKey(x) === nameKey(y);
  return isSame(a.mother, b.mother) && isSame(a.father, b.father);
}

/** Two common given names one letter apart, of one day and one mother, are two children and no slip of the pen. */
function areTwins(a: Likeness, b: Likeness, name: LikenessReason): boolean {
  if (name !== 'nameSlip') return false;
  const [left, right] = [foldWords(a.name).at(-1) ?? '', foldWords(b.name).at(-1) ?? ''];
  return left !== right && isCommonGivenName(left) && isCommonGivenName(right);
}

function compareNames(a: string, b: string): Weighed | null {
  const [left, right] = [nameKey(a), nameKey(b)];
  if (left === '' || right === '') return null;
  if (left === right) {
    const isAlike = sameSpelling(a, b) || isUnmarked(a) || isUnmarked(b);
    return isAlike ? ['sameName', 0.45] : ['sameNameOtherMarks', 0.32];
  }
  if (foldWords(a).toSorted().join(' ') === foldWords(b).toSorted().join(' ')) return ['nameReordered', 0.38];
  return withinOneEdit(left, right) || withinOneEdit(left.replaceAll(' ', ''), right.replaceAll(' ', ''))
    ? ['nameSlip', 0.35]
    : null;
}

function compareBirths(a: string | null, b: string | null): Weighed | null {
  if (a === null || b === null) return null;
  if (a === b) return ['sameBirth', 0.3];
  if (a.length !== b.length) return a.startsWith(b) || b.startsWith(a) ? ['birthCoarser', 0.18] : null;
  const [left, right] = [parseIsoDay(a), parseIsoDay(b)];
  if (!left || !right) return null;
  if (left.year === right.year && left.month === right.day && left.day === right.month)
    return ['dayMonthSwapped', 0.22];
  if (Math.abs(dayNumberOf(left) - dayNumberOf(right)) === 1) return ['dayApart', 0.22];
  const isYearApart = left.month === right.month && left.day === right.day && Math.abs(left.year - right.year) === 1;
  return isYearApart ? ['yearApart', 0.12] : null;
}

function compareMothers(a: string | null, b: string | null): Weighed | null {
  if (a === null || b === null) return null;
  const [left, right] = [nameKey(a), nameKey(b)];
  if (left === right) return ['sameMother', 0.2];
  const isReordered = left.split(' ').toSorted().join(' ') === right.split(' ').toSorted().join(' ');
  return isReordered || withinOneEdit(left, right) ? ['motherSimilar', 0.14] : null;
}

function compareRest(a: Likeness, b: Likeness): Weighed[] {
  const rest: Weighed[] = [];
  if (a.father !== null && b.father !== null && nameKey(a.father) === nameKey(b.father))
    rest.push(['sameFather', 0.05]);
  if (a.place !== '' && b.place !== '') rest.push(a.place === b.place ? ['sameVillage', 0.05] : ['movedVillage', 0]);
  return rest;
}

function compareIds(a: string, b: string): Weighed {
  return withinOneEdit(a, b) ? ['oneDigitOff', 0] : ['otherId', -0.35];
}

/** Returns the days that a birth may have been written as: itself, its neighbours, day and month swapped. */
export function nearBirths(birth: string): string[] {
  const day = parseIsoDay(birth);
  if (!day) return [birth];
  const number = dayNumberOf(day);
  const swapped = { year: day.year, month: day.day, day: day.month };
  const near = [birth, isoOf(dayOfNumber(number - 1)), isoOf(dayOfNumber(number + 1))];
  return isRealDay(swapped) ? [...new Set([...near, isoOf(swapped)])] : near;
}
