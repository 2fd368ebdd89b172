import { fold, foldWords, isLowerCase, isOneWord, isUpperCase, tidyText, titleCase } from '../model/names.ts';
import { fromLegacyFont } from './legacy-font.ts';
import { problem } from './problems.ts';
import type { RowProblem } from './problems.ts';

/** Longer than any name on paper: what is longer is something else in the wrong column. */
export const MAX_NAME_CHARS = 120;

const PLACEHOLDERS = new Set([
  '',
  'khong',
  'khong co',
  'khong ro',
  'chua ro',
  'chua co',
  'chua co ten',
  'chua dat ten',
  'x',
  'o',
  'k',
  'na',
  'null',
]);

/** A name as read: null when there is none. */
export interface NameReading {
  readonly name: string | null;
  /** What stood beside the name, in brackets or after a dash. */
  readonly aside?: string;
  readonly problems: readonly RowProblem[];
}

/**
 * Returns a child's name in NFC with single spaces; a name wholly in capitals or small letters gets its capitals back, and
 * every such repair is said [IMP-6]. Particles (H’, K’, Y) and one-word names stay as they are.
 */
export function readName(text: string): NameReading {
  const typed = tidyText(text);
  if (isPlaceholder(typed)) return { name: null, problems: [problem('noName')] };
  if (typed.length > MAX_NAME_CHARS)
    return { name: null, problems: [problem('long', { chars: String(typed.length) }, 'error')] };
  const problems: RowProblem[] = [];
  if (text !== text.normalize('NFC')) problems.push(problem('nfd'));
  if (text.normalize('NFC') !== typed) problems.push(problem('spaces'));
  const { name: bare, aside, problems: parted } = partedName(unicodeName(typed, problems));
  problems.push(...parted);
  let name = bare;
  if (isUpperCase(bare) || isLowerCase(bare)) {
    name = titleCase(bare);
    problems.push(problem(isUpperCase(bare) ? 'upper' : 'lower', { name }));
  }
  if (isOneWord(name)) problems.push(problem('oneWord'));
  if (ODD.test(name) || NOBODY.test(fold(name))) problems.push(problem('nameOdd'));
  return { name, problems, ...(aside === '' ? {} : { aside }) };
}

/** Digits, signs, and letters that no name here has, as a text read in a wrong encoding shows them. */
const ODD = /[\d<>=@#*_|\\/?¡-¿×÷ÅÆÇËÎÏÐÖØÛÜÞßåæçëîïðöøûüþÿ…€™‹›]/u;
/** `Con bà Hòa`: whose child it is, not its name. */
const NOBODY = /^con (?:ong|ba|co|chi|anh|cua) /u;
/** `Cháu`, `Bé` and a number are no part of a name of two words and more. */
const TITLE = /^(?:(?:cháu|bé|em|trẻ)\s*[:.]?\s+(?=\S+\s+\S)|\d{1,4}\s*[.)]\s+(?=\p{L}))/iu;
const ASIDE = /\s*(?:[([]([^)\]]*)[)\]]|\s[-–]\s(.+))$/u;

function unicodeName(typed: string, problems: RowProblem[]): string {
  const name = fromLegacyFont(typed);
  if (name === null) return typed;
  problems.push(problem('legacyFont', { name }));
  return name;
}

/** Parts a name from a title before it and a remark after it. A name that has nothing else stays as it is. */
function partedName(typed: string): { name: string; aside: string; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const title = TITLE.exec(typed)?.[0] ?? '';
  if (title !== '') problems.push(problem('nameTitle', { text: title.trim() }));
  const rest = typed.slice(title.length);
  const match = ASIDE.exec(rest);
  const aside = tidyText(match?.[1] ?? match?.[2] ?? '');
  if (!match || match.index < 2 || aside === '') return { name: rest, aside: '', problems };
  problems.push(problem('nameAside', { text: aside.slice(0, 60) }));
  return { name: rest.slice(0, match.index), aside, problems };
}

/** Returns a parent's or carer's name, tidied without remark; null where the cell says that there is none. */
export function readOtherName(text: string): string | null {
  const typed = tidyText(text);
  if (isPlaceholder(typed)) return null;
  return isUpperCase(typed) || isLowerCase(typed) ? titleCase(typed) : typed;
}

/** Says whether a cell holds a dash, a question mark or a word for "none" in place of a name. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.has(foldWords(text).join(' '));
}

/** Two parents from one cell. */
export interface Parents {
  readonly father: string | null;
  readonly mother: string | null;
  /** One name that the cell does not say is the father's or the mother's. */
  readonly unsaid: string | null;
}

const FATHER_LABEL = /^(?:họ tên |tên )?(?:cha|bố|ba|ông)\s*[:.-]\s*|^(?:cha|bố)\s+/iu;
const MOTHER_LABEL = /^(?:họ tên |tên )?(?:mẹ|má|bà)\s*[:.-]\s*|^mẹ\s+/iu;

/** Returns the parents named in one cell: by their labels, else the first is the father and the second the mother. */
export function readParents(text: string): Parents {
  const parts = text
    .normalize('NFC')
    .split(/[\n\r;,/&+]+|\s[-–]\s|\s+và\s+|\s+(?=mẹ\s*:)/iu)
    .map((part) => part.trim())
    .filter((part) => !isPlaceholder(part));
  const labelled = (label: RegExp) => parts.find((part) => label.test(part))?.replace(label, '') ?? null;
  const [father, mother] = [labelled(FATHER_LABEL), labelled(MOTHER_LABEL)];
  const plain = parts.filter((part) => !FATHER_LABEL.test(part) && !MOTHER_LABEL.test(part));
  if (father !== null || mother !== null) return named(father, mother, plain[0] ?? null);
  return plain.length === 2
    ? named(plain[0] ?? null, plain[1] ?? null, null)
    : named(null, null, plain.join(', ') || null);
}

function named(father: string | null, mother: string | null, unsaid: string | null): Parents {
  const tidied = (name: string | null) => (name === null ? null : readOtherName(name));
  return { father: tidied(father), mother: tidied(mother), unsaid: tidied(unsaid) };
}
