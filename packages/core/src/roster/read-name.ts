import { foldWords, isLowerCase, isOneWord, isUpperCase, tidyText, titleCase } from '../model/names.ts';
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
  let name = typed;
  if (isUpperCase(typed) || isLowerCase(typed)) {
    name = titleCase(typed);
    problems.push(problem(isUpperCase(typed) ? 'upper' : 'lower', { name }));
  }
  if (isOneWord(name)) problems.push(problem('oneWord'));
  if (/[\d<>=@#*_|\\/]/u.test(name)) problems.push(problem('nameOdd'));
  return { name, problems };
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
