import { isoOf, isRealDay } from '../model/dates.ts';
import type { Birth, CalendarDay } from '../model/dates.ts';
import { fold, tidyText } from '../model/names.ts';
import { problem } from './problems.ts';
import type { ProblemCode, RowProblem } from './problems.ts';
import { dayOfSerial } from './serial-date.ts';
import type { Cell } from './sheet.ts';

/** How a birth was written: two rows of one column that differ in it are worth a remark. */
export type BirthStyle =
  | 'date'
  | 'serial'
  | 'dots'
  | 'slashes'
  | 'dashes'
  | 'iso'
  | 'words'
  | 'digits'
  | 'columns'
  | 'other';

/** A birth as read, before it is held against the day of the import. */
export interface BirthReading {
  readonly birth: Birth | null;
  readonly style: BirthStyle;
  readonly problems: readonly RowProblem[];
}

const YEARS_AHEAD = 100;

/** Returns the birth of one cell; `onDate` (`YYYY-MM-DD`) decides the century of a year of two digits [IMP-7]. */
export function readBirthCell(cell: Cell | undefined, onDate: string): BirthReading {
  const text = tidyText(cell?.text ?? '');
  if (!cell || /^[\s\-–.?/]*$/u.test(text)) return failed('noBirth', 'other', text);
  if (cell.kind === 'date') return readDay(cell.day, 'date', text);
  if (cell.kind === 'number') return readNumber(cell.number, text, onDate);
  return readText(text, onDate);
}

/** Returns the birth of three cells; empty day and month are the year alone. */
export function readBirthParts(day: string, month: string, year: string, onDate: string): BirthReading {
  const [d, m, y] = [day, month, year].map((text) => tidyText(text).replace(/\D/gu, ''));
  const text = [d, m, y].filter(Boolean).join('/');
  if (!y) return failed('noBirth', 'columns', text);
  return { ...readNumbers(d ?? '', m ?? '', y, 'columns', text, onDate), style: 'columns' };
}

function failed(code: ProblemCode, style: BirthStyle, text: string): BirthReading {
  return { birth: null, style, problems: [problem(code, { text: text.slice(0, 40) })] };
}

function readDay(day: CalendarDay, style: BirthStyle, text: string): BirthReading {
  if (!isRealDay(day) || day.year < 1900) return failed('impossibleDate', style, text);
  return { birth: { date: isoOf(day), estimated: false }, style, problems: [] };
}

function readNumber(number: number, text: string, onDate: string): BirthReading {
  if (Number.isInteger(number) && number >= 1900 && number <= 2100) return yearOnly(number);
  if (/^\d{7,8}$/u.test(text)) return readText(text.padStart(8, '0'), onDate);
  const day = number > 2100 && number < 100_000 ? dayOfSerial(number, false) : null;
  if (!day) return failed('badDate', 'other', text);
  const reading = readDay(day, 'serial', text);
  return { ...reading, problems: [...reading.problems, problem('serialDate', { text })] };
}

function yearOnly(year: number): BirthReading {
  return {
    birth: { date: String(year), estimated: true },
    style: 'other',
    problems: [problem('yearOnly', { year: String(year) })],
  };
}

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/u;
const DAY_FIRST = /^(\d{1,2})\s*([./\-, \\])\s*(\d{1,2})\s*[./\-, \\]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}.*)?$/u;
const WORDS = /^(?:sinh )?(?:ngay )?(\d{1,2}) ?(?:thang|th|-|\/) ?(\d{1,2}) ?(?:nam|-|\/) ?(\d{4}|\d{2})$/u;
const MONTH_YEAR = /^(?:thang |t)?(\d{1,2}) ?(?:[./-]| nam ) ?(\d{4})$/u;
const YEAR = /^(?:nam |sinh nam |khoang |ns |~ ?|≈ ?)*((?:19|20)\d{2})(?: ?\(?\??\)?)?$/u;
const DIGITS = /^(\d{2})(\d{2})((?:19|20)\d{2})$/u;
const YEAR_FIRST_DIGITS = /^((?:19|20)\d{2})(\d{2})(\d{2})$/u;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = `(?<m>(?:${MONTHS.join('|')})[a-z]*)`;
const ENGLISH = new RegExp(`^(?<d>\\d{1,2})[ ./-]?${MONTH}[ ,./-]+(?<y>\\d{4}|\\d{2})$`, 'u');
const ENGLISH_MONTH_FIRST = new RegExp(`^${MONTH} (?<d>\\d{1,2}),? (?<y>\\d{4})$`, 'u');
const STYLES: Readonly<Record<string, BirthStyle>> = { '.': 'dots', '/': 'slashes', '-': 'dashes' };

/** Folds a text and writes its dashes, doubled separators and letters typed for digits as they were meant. */
function plainDate(text: string): string {
  const folded = fold(text)
    .replace(/[,;.]+$/u, '')
    .replace(/[–—_]/gu, '-')
    .replace(/([./-])\1+/gu, '$1');
  return /^[\dol./\- ]+$/u.test(folded) ? folded.replaceAll('o', '0').replaceAll('l', '1') : folded;
}

function readText(text: string, onDate: string): BirthReading {
  const plain = plainDate(text);
  if (/^[34]\d{4}$/u.test(plain)) return readNumber(Number(plain), text, onDate);
  const english = ENGLISH.exec(plain) ?? ENGLISH_MONTH_FIRST.exec(plain);
  if (english?.groups) {
    const { d = '', m = '', y = '' } = english.groups;
    return readNumbers(d, String(MONTHS.indexOf(m.slice(0, 3)) + 1), y, 'words', text, onDate);
  }
  const iso = ISO.exec(plain);
  if (iso) return readNumbers(iso[3] ?? '', iso[2] ?? '', iso[1] ?? '', 'iso', text, onDate);
  const dayFirst = DAY_FIRST.exec(plain);
  if (dayFirst) {
    const style = STYLES[dayFirst[2] ?? ''] ?? 'other';
    return readNumbers(dayFirst[1] ?? '', dayFirst[3] ?? '', dayFirst[4] ?? '', style, text, onDate);
  }
  const words = WORDS.exec(plain);
  if (words) return readNumbers(words[1] ?? '', words[2] ?? '', words[3] ?? '', 'words', text, onDate);
  const digits = DIGITS.exec(/^\d{7}$/u.test(plain) ? `0${plain}` : plain);
  if (digits) return readNumbers(digits[1] ?? '', digits[2] ?? '', digits[3] ?? '', 'digits', text, onDate);
  const yearFirst = YEAR_FIRST_DIGITS.exec(plain);
  if (yearFirst) return readNumbers(yearFirst[3] ?? '', yearFirst[2] ?? '', yearFirst[1] ?? '', 'digits', text, onDate);
  const monthYear = MONTH_YEAR.exec(plain);
  if (monthYear) return readNumbers('', monthYear[1] ?? '', monthYear[2] ?? '', 'other', text, onDate);
  const year = YEAR.exec(plain);
  return year ? yearOnly(Number(year[1])) : failed('badDate', 'other', text);
}

/** Day, month and year as typed digits; empty or zero day and month mean that they are not known. */
function readNumbers(d: string, m: string, y: string, style: BirthStyle, text: string, onDate: string): BirthReading {
  const problems: RowProblem[] = [];
  let [day, month, year] = [Number(d), Number(m), Number(y)];
  if (y.length <= 2) {
    year = fullYear(year, onDate);
    problems.push(problem('twoDigitYear', { text: text.slice(0, 40), year: String(year) }));
  }
  if (year < 1900 || year >= 1900 + 3 * YEARS_AHEAD) return failed('impossibleDate', style, text);
  if (month === 0) return day === 0 ? yearOnly(year) : failed('impossibleDate', style, text);
  if (day === 0) {
    if (month > 12) return failed('impossibleDate', style, text);
    const date = isoOf({ year, month, day: 1 }).slice(0, 7);
    return {
      birth: { date, estimated: true },
      style,
      problems: [...problems, problem('monthOnly', { text: text.slice(0, 40) })],
    };
  }
  if (month > 12 && day <= 12 && isRealDay({ year, month: day, day: month })) {
    [day, month] = [month, day];
    problems.push(problem('monthFirst', { text: text.slice(0, 40) }));
  }
  const reading = readDay({ year, month, day }, style, text);
  return { ...reading, problems: reading.birth ? problems : reading.problems };
}

/** Two digits up to this year's are of this century, others of the last one. */
function fullYear(year: number, onDate: string): number {
  const thisYear = Number(onDate.slice(0, 4));
  const century = thisYear - (thisYear % 100);
  return year <= thisYear % 100 ? century + year : century - 100 + year;
}
