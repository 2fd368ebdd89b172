import { dayNumberOf, dayOfNumber, isoOf, isRealDay, parseIsoDay } from '../model/dates.ts';
import { foldWords, isUnmarked, nameKey, spellingKey } from '../model/names.ts';
import type { Sex } from '../model/person.ts';
import { withinOneEdit } from '../model/spelling.ts';
import { isGivenName } from './given-names.ts';

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
  | 'sexDiffers'
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
const UNLIKE: LikenessScore = { score: 0, reasons: [] };
type Weighed = readonly [LikenessReason, number];

/** Returns how alike two children are. Twins and siblings (same mother, other given names) score below `PROBABLE` [SRC-6]. */
export function likenessOf(a: Likeness, b: Likeness): LikenessScore {
  const isSameId = a.personalId !== null && a.personalId === b.personalId;
  const [mine, theirs] = [foldedOf(a), foldedOf(b)];
  const name = compareNames(mine, theirs);
  if (!name && !isSameId) return UNLIKE;
  const birth = compareBirths(a.birth, b.birth);
  const mother = compareMothers(mine.mother, theirs.mother);
  const reasons: Weighed[] = [name, birth, mother, ...compareRest(a, b)].filter((reason) => reason !== null);
  if (isSameId)
    return { score: 1, reasons: ['sameId', ...(name ? [] : ['nameDiffers' as const]), ...reasons.map(codeOf)] };
  if (!name || areTwins(mine, theirs, name[0])) return UNLIKE;
  if (isOtherSex(a, b)) {
    // one day, one mother, one name: no boy and girl, but a sex typed wrong
    if (name[0] !== 'sameName' || birth?.[0] !== 'sameBirth' || mother?.[0] !== 'sameMother') return UNLIKE;
    reasons.push(['sexDiffers', -0.15]);
  }
  if (a.personalId !== null && b.personalId !== null) reasons.push(compareIds(a.personalId, b.personalId, name[0]));
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
  if (a.birth !== b.birth) return false;
  const [mine, theirs] = [foldedOf(a), foldedOf(b)];
  const isSame = mine.name === theirs.name && (mine.mother ?? '') === (theirs.mother ?? '');
  if (!isSame || isOtherSex(a, b) || !isSamePlace(a, b, (mine.mother ?? '') !== '')) return false;
  return isSpeltAlike(mine, theirs);
}

/** A village that one side does not know speaks against nothing, where a mother speaks for it. */
function isSamePlace(a: Likeness, b: Likeness, hasMother: boolean): boolean {
  return a.place === '' || b.place === '' ? hasMother : a.place === b.place;
}

function isOtherSex(a: Likeness, b: Likeness): boolean {
  return a.sex !== null && b.sex !== null && a.sex !== b.sex;
}

function isSameFamily(a: Likeness, b: Likeness): boolean {
  const [mine, theirs] = [foldedOf(a), foldedOf(b)];
  const isSame = (x: string | null, y: string | null) => x !== null && x === y;
  return isSame(mine.mother, theirs.mother) && isSame(mine.father, theirs.father);
}

/** Two given names one letter apart, of one day and one mother, are two children and no slip of the pen. */
function areTwins(a: Folded, b: Folded, name: LikenessReason): boolean {
  if (name !== 'nameSlip') return false;
  const [left, right] = [a.given, b.given];
  return left !== right && isGivenName(left) && isGivenName(right);
}

/** What is compared again and again of one child, computed once. */
interface Folded {
  readonly name: string;
  readonly sorted: string;
  readonly joined: string;
  readonly given: string;
  readonly spelling: string;
  readonly isUnmarked: boolean;
  readonly mother: string | null;
  readonly father: string | null;
}

const folded = new WeakMap<Likeness, Folded>();

function foldedOf(child: Likeness): Folded {
  const known = folded.get(child);
  if (known) return known;
  const words = foldWords(child.name);
  const facts = {
    name: words.join(' '),
    sorted: words.toSorted().join(' '),
    joined: words.join(''),
    given: words.at(-1) ?? '',
    spelling: spellingKey(child.name),
    isUnmarked: isUnmarked(child.name),
    mother: child.mother === null ? null : nameKey(child.mother),
    father: child.father === null ? null : nameKey(child.father),
  };
  folded.set(child, facts);
  return facts;
}

function isSpeltAlike(a: Folded, b: Folded): boolean {
  return a.spelling === b.spelling || a.isUnmarked || b.isUnmarked;
}

function compareNames(a: Folded, b: Folded): Weighed | null {
  if (a.name === '' || b.name === '') return null;
  if (a.name === b.name) return isSpeltAlike(a, b) ? ['sameName', 0.45] : ['sameNameOtherMarks', 0.32];
  if (a.sorted === b.sorted) return ['nameReordered', 0.38];
  return withinOneEdit(a.name, b.name) || withinOneEdit(a.joined, b.joined) ? ['nameSlip', 0.35] : null;
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
  if (a === b) return ['sameMother', 0.2];
  const isReordered = a.length === b.length && a.split(' ').toSorted().join(' ') === b.split(' ').toSorted().join(' ');
  return isReordered || withinOneEdit(a, b) ? ['motherSimilar', 0.14] : null;
}

function compareRest(a: Likeness, b: Likeness): Weighed[] {
  const rest: Weighed[] = [];
  const father = foldedOf(a).father;
  if (father !== null && father === foldedOf(b).father) rest.push(['sameFather', 0.05]);
  if (a.place !== '' && b.place !== '') rest.push(a.place === b.place ? ['sameVillage', 0.05] : ['movedVillage', 0]);
  return rest;
}

/** Two numbers and two names are two children; two numbers for one name may be one that was typed wrong. */
function compareIds(a: string, b: string, name: LikenessReason): Weighed {
  if (withinOneEdit(a, b)) return ['oneDigitOff', 0];
  return ['otherId', name === 'sameName' ? -0.25 : -0.35];
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
