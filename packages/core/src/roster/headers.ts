import { fold } from '../model/names.ts';
import { fieldOf } from './fields.ts';
import type { RosterField } from './fields.ts';
import { textAt } from './sheet.ts';
import type { Merge, Sheet, SheetRow } from './sheet.ts';

/** One column as recognised: `field` null means unknown, its texts go into the notes. */
export interface RosterColumn {
  readonly column: number;
  readonly header: string;
  readonly field: RosterField | null;
}

/** Where the header stands and what its columns hold. */
export interface RosterHeader {
  /** Positions in `sheet.rows`, inclusive. */
  readonly first: number;
  readonly last: number;
  readonly columns: readonly RosterColumn[];
}

const SEARCHED_ROWS = 80;
const MAX_HEIGHT = 3;
const MOST_MERGES = 2000;
const NAMES: readonly RosterField[] = ['name', 'familyName', 'givenName'];
const RELATIVES: readonly RosterField[] = ['father', 'mother', 'guardian'];
const ENOUGH_FIELDS = 3;

interface Candidate extends RosterHeader {
  readonly score: number;
}

/** Returns the header of a sheet, one to three rows high, or null when no row names a person and two things about one [IMP-3]. */
export function findHeader(sheet: Sheet): RosterHeader | null {
  const rows = sheet.rows.slice(0, SEARCHED_ROWS + MAX_HEIGHT);
  const lowest = rows.at(-1)?.number ?? 0;
  const top = { ...sheet, rows, merges: sheet.merges.filter((merge) => merge.top <= lowest).slice(0, MOST_MERGES) };
  return bestHeader(top);
}

function bestHeader(sheet: Sheet): RosterHeader | null {
  let best: Candidate | null = null;
  for (let first = 0; first < Math.min(sheet.rows.length, SEARCHED_ROWS); first += 1) {
    const top = sheet.rows[first];
    if (!top || distinctTexts(top) < 2) continue;
    for (let height = 1; height <= MAX_HEIGHT; height += 1) {
      const candidate = headerAt(sheet, first, first + height - 1);
      if (!candidate) break;
      if (!best || isBetter(candidate, best)) best = candidate;
    }
  }
  return best;
}

/** Of equals, the taller takes in the row of `Ngày | Tháng | Năm`, and the one that starts later leaves out a title above. */
function isBetter(candidate: Candidate, best: Candidate): boolean {
  if (candidate.score !== best.score) return candidate.score > best.score;
  return candidate.first <= best.last && candidate.last >= best.last;
}

function distinctTexts(row: SheetRow): number {
  return new Set([...row.cells.values()].filter((cell) => cell.kind === 'text').map((cell) => cell.text)).size;
}

function headerAt(sheet: Sheet, first: number, last: number): Candidate | null {
  const rows = sheet.rows.slice(first, last + 1);
  if (rows.length !== last - first + 1 || !areNeighbours(rows)) return null;
  const stacks = stackColumns(rows, sheet.merges);
  if (rows.length > 1 && !isSubHeader(rows.at(-1), stacks)) return null;
  const columns = refine(
    stacks.map(({ column, texts }) => ({ column, header: texts.join(' / '), field: fieldOf(texts) })),
  );
  const fields = new Set(columns.flatMap(({ field }) => field ?? []));
  const isEnough = NAMES.some((field) => fields.has(field)) && fields.size >= ENOUGH_FIELDS;
  const isPair = fields.has('name') && fields.has('birth');
  if (!isEnough && !isPair) return null;
  if (isUnderRelative(sheet, first, columns)) return null;
  return { first, last, columns, score: fields.size };
}

/** `Họ tên` right under `Cha` is the father's: the header starts above, or a child would get a parent's name, birth and ID. */
function isUnderRelative(sheet: Sheet, first: number, columns: readonly RosterColumn[]): boolean {
  const rows = sheet.rows.slice(Math.max(0, first - 1), first + 1);
  if (rows.length < 2 || !areNeighbours(rows)) return false;
  const stacks = stackColumns(rows, sheet.merges);
  return columns.some(({ column, field }) => {
    const texts = stacks.find((stack) => stack.column === column)?.texts ?? [];
    return field !== null && NAMES.includes(field) && RELATIVES.includes(fieldOf(texts) ?? 'name');
  });
}

function areNeighbours(rows: readonly SheetRow[]): boolean {
  return rows.every((row, index) => index === 0 || row.number - (rows[index - 1]?.number ?? 0) === 1);
}

interface Stack {
  readonly column: number;
  readonly texts: readonly string[];
}

/** The header texts over each column from the top down, merged cells counted under every column they cover. */
function stackColumns(rows: readonly SheetRow[], merges: readonly Merge[]): Stack[] {
  const columns = [...new Set(rows.flatMap((row) => [...row.cells.keys(), ...coveredColumns(row, merges)]))];
  return columns
    .toSorted((a, b) => a - b)
    .map((column) => {
      const texts = rows.map((row, index) => headerText(rows, index, row, column, merges).trim());
      return { column, texts: texts.filter((text, index) => text !== '' && text !== texts[index - 1]) };
    })
    .filter(({ texts }) => texts.length > 0);
}

function coveredColumns(row: SheetRow, merges: readonly Merge[]): number[] {
  return merges
    .filter(({ top, left, right }) => top === row.number && row.cells.has(left) && right - left < 64)
    .flatMap(({ left, right }) => Array.from({ length: right - left + 1 }, (_, i) => left + i));
}

function headerText(
  rows: readonly SheetRow[],
  index: number,
  row: SheetRow,
  column: number,
  merges: readonly Merge[],
): string {
  const own = textAt(row, column);
  if (own !== '') return own;
  const merge = merges.find(
    ({ top, left, bottom, right }) => row.number >= top && row.number <= bottom && column >= left && column <= right,
  );
  if (merge) return textAt(rows.find(({ number }) => number === merge.top) ?? row, merge.left);
  const below = rows[index + 1];
  return below ? unmergedParent(row, below, column) : '';
}

/** A parent that was not merged stands over the first of its columns: each of them has a text below it. */
function unmergedParent(row: SheetRow, below: SheetRow, column: number): string {
  for (let left = column; left >= 0 && textAt(below, left) !== ''; left -= 1) {
    if (textAt(row, left) !== '') return textAt(row, left);
  }
  return '';
}

/**
 * A row goes on with the header when it holds no number or day, and either most of its texts name columns, or it stands under
 * headers without a digit, a name or a number of its own: `Nghề nghiệp` under `Mẹ`.
 */
function isSubHeader(row: SheetRow | undefined, stacks: readonly Stack[]): boolean {
  if (!row) return false;
  const cells = [...row.cells];
  if (cells.some(([, cell]) => cell.kind !== 'text' || cell.text.length > 60)) return false;
  const named = cells.filter(([column, cell]) => {
    const texts = stacks.find((stack) => stack.column === column)?.texts ?? [];
    const field = fieldOf(texts.includes(cell.text.trim()) ? texts : [cell.text]);
    return field !== null && fieldOf([cell.text]) !== null;
  });
  if (named.length > 0 && named.length * 2 >= cells.length) return true;
  const isBare = stacks.every(
    ({ column, texts }) => !['name', 'ordinal'].includes(fieldOf(texts) ?? '') || textAt(row, column) === '',
  );
  return isBare && named.length > 0 && cells.length > 2 && !cells.some(([, cell]) => /\d\d/u.test(cell.text));
}

/** Settles what one header cell cannot say alone: a field named twice, a name or a birth spread over columns. */
function refine(columns: readonly RosterColumn[]): RosterColumn[] {
  const has = (field: RosterField) => columns.some((column) => column.field === field);
  const isSpread = (field: RosterField, count: number) => {
    const same = columns.filter((column) => column.field === field);
    return same.length === count && same.every(({ header }) => header === same[0]?.header);
  };
  const month = columns.find(({ field }) => field === 'birthMonth');
  const isNameSpread = isSpread('name', 2);
  const isBirthSpread = isSpread('birth', 3);
  const seen = new Map<RosterField, number>();
  return columns.map((column) => {
    let { field } = column;
    if (!field) return column;
    const times = seen.get(field) ?? 0;
    seen.set(field, times + 1);
    if (field === 'name' && isNameSpread) field = times === 0 ? 'familyName' : 'givenName';
    else if (field === 'birth' && isBirthSpread)
      field = (['birthDay', 'birthMonth', 'birthYear'] as const)[times] ?? field;
    else if (field === 'male' && parentOf(column) === parentOf(month)) field = 'birthYear';
    else if (field === 'givenName' && !has('familyName')) field = has('name') ? null : 'name';
    else if (times > 0) field = null;
    return { ...column, field };
  });
}

/** The cells above a column's own: `Nam` beside `Tháng` under one birth is the year, written without its mark. */
function parentOf(column: RosterColumn | undefined): string {
  return column?.header.split(' / ').slice(0, -1).join(' / ') ?? '?';
}

/** Returns the header with a column without a title taken as the given name, when it stands right of the name and holds single words. */
export function withGivenName(header: RosterHeader, sheet: Sheet): RosterHeader {
  const name = header.columns.find(({ field }) => field === 'name');
  if (!name || header.columns.some(({ column }) => column === name.column + 1)) return header;
  const people = sheet.rows
    .slice(header.last + 1)
    .filter((row) => row.cells.size > 3 && /\p{L}{2}/u.test(textAt(row, name.column)));
  const texts = people.map((row) => textAt(row, name.column + 1).trim());
  const filled = texts.filter(Boolean);
  const single = filled.filter((text) => !/[\s\d]/u.test(text) && fold(text).length <= 8);
  if (filled.length < 3 || filled.length < texts.length / 2 || single.length < filled.length * 0.9) return header;
  const columns = header.columns.map((column) =>
    column === name ? { ...column, field: 'familyName' as const } : column,
  );
  return { ...header, columns: [...columns, { column: name.column + 1, header: name.header, field: 'givenName' }] };
}
