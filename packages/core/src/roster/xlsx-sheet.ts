import { dayMonthYear, isoOf, parseIsoDay } from '../model/dates.ts';
import { dayOfSerial } from './serial-date.ts';
import { textCell } from './sheet.ts';
import type { Cell, Merge, SheetRow } from './sheet.ts';
import { plainText } from './xlsx-parts.ts';
import { readXml } from './xml.ts';

/** What a sheet part needs of its workbook. */
export interface SheetContext {
  readonly strings: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly is1904: boolean;
}

/** The rows and merges of one sheet part. */
export interface SheetBody {
  readonly rows: readonly SheetRow[];
  readonly blankRows: number;
  readonly merges: readonly Merge[];
}

interface RawCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
  isComputed: boolean;
}

const MAX_COLUMN = 16_384;
const MAX_ROW = 1_048_576;

/** Returns the place that `C7` names: the row from 1, the column from 0; null when it is none. */
function parsePlace(place: string): { row: number; column: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/u.exec(place);
  if (!match) return null;
  let column = 0;
  for (const letter of match[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(match[2]);
  return column > MAX_COLUMN || row > MAX_ROW ? null : { row, column: column - 1 };
}

function parseMerge(range: string): Merge | null {
  const [from, to] = range.split(':').map(parsePlace);
  return from && to ? { top: from.row, left: from.column, bottom: to.row, right: to.column } : null;
}

/** Returns what a sheet part holds, or null when it is damaged. A formula's value is the one last computed; formulas are not run. */
export function readSheetPart(xml: string, context: SheetContext): SheetBody | null {
  const reader = new SheetPartReader(context);
  return readXml(xml, reader) && reader.isSound ? reader : null;
}

class SheetPartReader implements SheetBody {
  readonly rows: SheetRow[] = [];
  readonly merges: Merge[] = [];
  blankRows = 0;
  isSound = true;
  readonly #context: SheetContext;
  #row = 0;
  #column = -1;
  #cells = new Map<number, Cell>();
  #cell: RawCell | null = null;
  #hearing = '';
  #guides = 0;

  constructor(context: SheetContext) {
    this.#context = context;
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'row') this.#openRow(attributes.get('r'));
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'rPh') this.#guides += 1;
    else if (name === 'f' && this.#cell) this.#cell.isComputed = true;
    else if (name === 'mergeCell') this.#readMerge(attributes.get('ref') ?? '');
    this.#hearing = this.#guides === 0 && (name === 'v' || name === 't') ? name : '';
  }

  text(text: string): void {
    if (this.#cell && this.#hearing) this.#cell.value += text;
  }

  close(name: string): void {
    this.#hearing = '';
    if (name === 'rPh') this.#guides -= 1;
    if (name === 'c' && this.#cell) {
      const cell = readCell(this.#cell, this.#context);
      if (cell && cell.text.trim() !== '') this.#cells.set(this.#cell.column, cell);
      this.#cell = null;
    }
    if (name !== 'row') return;
    if (this.#cells.size === 0) this.blankRows += 1;
    else this.rows.push({ number: this.#row, cells: this.#cells });
  }

  #openRow(number: string | undefined): void {
    const row = number === undefined ? this.#row + 1 : Number(number);
    if (!Number.isInteger(row) || row <= this.#row || row > MAX_ROW) this.isSound = false;
    this.#row = row;
    this.#column = -1;
    this.#cells = new Map();
  }

  #openCell(attributes: ReadonlyMap<string, string>): void {
    const place = attributes.get('r');
    const column = place === undefined ? this.#column + 1 : (parsePlace(place)?.column ?? -1);
    if (column < 0 || column >= MAX_COLUMN) this.isSound = false;
    this.#column = column;
    const style = Number(attributes.get('s') ?? 0);
    this.#cell = { column, type: attributes.get('t') ?? 'n', style, value: '', isComputed: false };
  }

  #readMerge(range: string): void {
    const merge = parseMerge(range);
    if (merge) this.merges.push(merge);
  }
}

function readCell({ type, style, value, isComputed }: RawCell, context: SheetContext): Cell | null {
  if (value === '') return null;
  if (type === 's') {
    const text = context.strings[Number(value)];
    return text === undefined ? { kind: 'error', text: '#REF!', isComputed } : textCell(text, isComputed);
  }
  if (type === 'str' || type === 'inlineStr') return textCell(plainText(value), isComputed);
  if (type === 'b') return textCell(value === '1' ? 'TRUE' : 'FALSE', isComputed);
  if (type === 'e') return { kind: 'error', text: value, isComputed };
  if (type === 'd') return isoCell(value, isComputed);
  return numberCell(value, context.dateStyles[style] === true, context.is1904, isComputed);
}

function isoCell(value: string, isComputed: boolean): Cell {
  const day = parseIsoDay(value.slice(0, 10));
  return day ? { kind: 'date', day, text: dayMonthYear(isoOf(day)), isComputed } : textCell(value, isComputed);
}

/** A year typed into a cell that is shown as a date looks like a day of 1905: it stays the number that was typed. */
const LOWEST_YEAR = 1990;
const HIGHEST_YEAR = 2100;

function numberCell(value: string, isDate: boolean, is1904: boolean, isComputed: boolean): Cell {
  const number = Number(value);
  if (!Number.isFinite(number)) return textCell(value, isComputed);
  const isTypedYear = Number.isInteger(number) && number >= LOWEST_YEAR && number <= HIGHEST_YEAR;
  const day = isDate && !isTypedYear ? dayOfSerial(number, is1904) : null;
  if (day) return { kind: 'date', day, text: dayMonthYear(isoOf(day)), isComputed };
  return { kind: 'number', number, text: plainNumber(number), isComputed };
}

/** Whole numbers without exponent, others as short as they are exact. */
function plainNumber(number: number): string {
  return Number.isInteger(number) && Math.abs(number) < 1e21 ? number.toFixed(0) : String(number);
}
