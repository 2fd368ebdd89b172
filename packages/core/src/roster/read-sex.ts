import { fold, tidyText } from '../model/names.ts';
import type { Sex } from '../model/person.ts';
import { problem } from './problems.ts';
import type { RowProblem } from './problems.ts';

/** A sex as read: null when the row does not say. */
export interface SexReading {
  readonly sex: Sex | null;
  readonly problems: readonly RowProblem[];
}

const MALE = new Set(['nam', 'trai', 'm', 'male', 'boy', 'con trai', 'be trai']);
const FEMALE = new Set(['nu', 'gai', 'f', 'female', 'girl', 'con gai', 'be gai', 'nu gioi']);
/** A zero, a dash or a no in a mark column is an empty one. */
const NOT_MARKED = /^(?:0|[-–.]+|không|khong|false)$/iu;
const MARKS = new Set(['x', 'v', '1', '+', '*', '✓', '✔', '☑', '√', 'co', 'true', 'o', 'ü', 'þ']);

/** Says whether a cell holds a mark and no word: x, ✓, 1. */
export function isMark(text: string): boolean {
  return MARKS.has(fold(tidyText(text)));
}

/** Returns the sex of a word; other words than Nam and Nữ are said [IMP-6]. */
export function readSexWord(text: string): SexReading {
  const typed = tidyText(text);
  if (typed === 'Nam') return { sex: 'male', problems: [] };
  if (typed === 'Nữ') return { sex: 'female', problems: [] };
  const word = fold(typed)
    .replace(/[.\s]+/gu, ' ')
    .trim();
  if (word === '' || /^[-–?]+$/u.test(word)) return { sex: null, problems: [] };
  const params = { text: typed.slice(0, 20) };
  if (MALE.has(word)) return { sex: 'male', problems: [problem('sexWord', params)] };
  if (FEMALE.has(word)) return { sex: 'female', problems: [problem('sexWord', params)] };
  return { sex: null, problems: [problem('unknownSex', params)] };
}

/** Returns the sex of two mark columns; `hasMaleColumn` false means that only girls are marked. */
export function readSexMarks(male: string, female: string, hasMaleColumn: boolean): SexReading {
  const [m, f] = [male, female].map((text) => tidyText(text).replace(NOT_MARKED, ''));
  if (m === undefined || f === undefined) return { sex: null, problems: [] };
  if (m !== '' && f !== '') return { sex: null, problems: [problem('sexBothMarked')] };
  if (m === '' && f === '') return { sex: hasMaleColumn ? null : 'male', problems: [] };
  const mark = fold(m === '' ? f : m);
  const isUsual = MARKS.has(mark) || /\d{3}/u.test(mark);
  return {
    sex: m === '' ? 'female' : 'male',
    problems: isUsual ? [] : [problem('sexWord', { text: mark.slice(0, 20) })],
  };
}
