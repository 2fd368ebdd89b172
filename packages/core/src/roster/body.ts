import { nameKey, tidyText } from '../model/names.ts';
import type { RosterField } from './fields.ts';
import type { RosterHeader } from './headers.ts';
import type { RowPlace } from './plan-types.ts';
import {
  isCount,
  isListTitle,
  isNumbering,
  isSignatureText,
  isTotalText,
  looksLikeVillage,
  mayBeVillage,
  villageOfSubtitle,
  villagePhrase,
} from './row-texts.ts';
import { textAt } from './sheet.ts';
import type { Cell, Sheet, SheetRow } from './sheet.ts';

/** Why a row of the sheet is nobody's row. */
export type SkipReason =
  | 'title'
  | 'header'
  | 'repeatedHeader'
  | 'columnNumbers'
  | 'village'
  | 'subtitle'
  | 'total'
  | 'signature'
  | 'continuation';

/** A row left out, with its texts, so that whoever looks can see that it was rightly so. */
export interface SkippedRow extends RowPlace {
  readonly reason: SkipReason;
  readonly text: string;
}

/** A row about one child: cells with vertical merges filled, and the village that the last subtitle row named. */
export interface ChildRow {
  readonly row: number;
  readonly cells: ReadonlyMap<number, Cell>;
  readonly villageAbove: string | null;
  /** Texts of further lines of the same child. */
  readonly more: readonly string[];
}

/** All rows of a sheet, each once, either a child's or skipped [IMP-4]. */
export interface RosterBody {
  readonly children: readonly ChildRow[];
  readonly skipped: readonly SkippedRow[];
}

const BIRTHS: readonly RosterField[] = ['birth', 'birthDay', 'birthYear', 'birthMonth', 'male', 'female'];
const IDENTITY: readonly RosterField[][] = [
  ['birth', 'birthDay', 'birthYear', 'birthMonth'],
  ['sex', 'male', 'female'],
  ['personalId'],
  ['mother', 'parents', 'guardian'],
  ['father'],
  ['ethnicity'],
  ['class', 'school'],
  ['village', 'address'],
];

/** Sorts the rows of a sheet into children and others; `isVillage` knows the villages of the commune. */
export function readBody(sheet: Sheet, header: RosterHeader, isVillage: (text: string) => boolean): RosterBody {
  return new BodyReader(sheet, header, isVillage).read();
}

class BodyReader {
  readonly #sheet: Sheet;
  readonly #header: RosterHeader;
  readonly #isVillage: (text: string) => boolean;
  readonly #columns = new Map<RosterField, number>();
  readonly #headerTexts: readonly string[];
  readonly #rowsAbove: ReadonlySet<string>;
  readonly #filled: ReadonlyMap<number, ReadonlyMap<number, Cell>>;
  readonly #continued: ReadonlySet<number>;
  readonly #children: ChildRow[] = [];
  readonly #skipped: SkippedRow[] = [];
  #villageAbove: string | null = null;

  constructor(sheet: Sheet, header: RosterHeader, isVillage: (text: string) => boolean) {
    this.#sheet = sheet;
    this.#header = header;
    this.#isVillage = isVillage;
    for (const { field, column } of header.columns) if (field) this.#columns.set(field, column);
    const headerRows = sheet.rows.slice(header.first, header.last + 1);
    this.#headerTexts = headerRows.flatMap((row) => [...row.cells.values()].map((cell) => nameKey(cell.text)));
    this.#rowsAbove = new Set(sheet.rows.slice(0, header.last + 1).map(rowKey));
    this.#filled = fillMerges(sheet);
    this.#continued = continuedRows(sheet, this.#columns.get('name') ?? this.#columns.get('familyName'));
  }

  read(): RosterBody {
    const { first, last } = this.#header;
    const body = this.#sheet.rows.slice(last + 1);
    const lastChild = body.findLastIndex((row) => this.#isChild(row));
    const lastSure = body.findLastIndex((row) => this.#isChild(row) && this.#isSure(row));
    const close = body.findIndex((row, index) => index > lastSure && this.#isSignature(row));
    for (const row of this.#sheet.rows.slice(0, first)) this.#skip(row, 'title');
    for (const row of this.#sheet.rows.slice(first, last + 1)) this.#skip(row, 'header');
    for (const [index, row] of body.entries()) {
      // who signs has a name, and stands under a column of the list
      if (close >= 0 && index >= close) this.#skip(row, 'signature');
      else this.#place(row, index > lastChild);
    }
    return { children: this.#children, skipped: this.#skipped };
  }

  #place(row: SheetRow, isAfterAll: boolean): void {
    const frame = this.#frameReason(row);
    if (frame) return this.#skip(row, frame);
    if (this.#isContinuation(row)) return this.#continue(row);
    const village = this.#subtitle(row);
    if (village !== null && !isAfterAll) {
      this.#villageAbove = village;
      return this.#skip(row, 'village');
    }
    if (this.#isChild(row)) return this.#add(row);
    if (this.#isSignature(row) || (isAfterAll && this.#skipped.some(({ reason }) => isClosing(reason)))) {
      return this.#skip(row, 'signature');
    }
    if (this.#nameOf(row) !== '') return this.#add(row);
    return this.#skip(row, isAfterAll ? 'signature' : 'subtitle');
  }

  #frameReason(row: SheetRow): SkipReason | null {
    const texts = [...row.cells.values()].map((cell) => nameKey(cell.text)).filter(Boolean);
    const repeated = texts.filter((text) => this.#headerTexts.includes(text));
    const isNumbers =
      texts.length >= 3 &&
      [...row.cells.values()].every(({ text }) => /^\(?(?:\d{1,2}|[A-Za-z])\)?$/u.test(text.trim()));
    if (isNumbers) return 'columnNumbers';
    if (this.#rowsAbove.has(rowKey(row)) && !this.#hasOrdinal(row)) return 'repeatedHeader';
    if (texts.length >= 2 && repeated.length >= texts.length * 0.6 && !this.#hasOrdinal(row)) return 'repeatedHeader';
    return this.#isTotal(row) ? 'total' : null;
  }

  #isTotal(row: SheetRow): boolean {
    const first = [...row.cells.values()]
      .map((cell) => tidyText(cell.text).toLowerCase())
      .find((text) => /\p{L}/u.test(text));
    return (
      first !== undefined &&
      isTotalText(first) &&
      this.#identityCount(row) < 3 &&
      !/\d{9}/u.test(textAt(row, this.#columns.get('personalId')))
    );
  }

  #isChild(row: SheetRow): boolean {
    if (this.#frameReason(row) || this.#subtitle(row) !== null) return false;
    const count = this.#identityCount(row);
    if (this.#nameOf(row) === '') return count >= 3;
    return count >= 1 ? !this.#isSignature(row) || count >= 3 : this.#hasOrdinal(row);
  }

  /** Says whether a child's row has more than a name and something beside it. */
  #isSure(row: SheetRow): boolean {
    const hasBirth = BIRTHS.some((field) => /\d/u.test(textAt(row, this.#columns.get(field))));
    return hasBirth || this.#hasOrdinal(row) || this.#identityCount(row) >= 3;
  }

  #subtitle(row: SheetRow): string | null {
    const texts = new Set([...row.cells.values()].map((cell) => tidyText(cell.text)).filter((text) => !isCount(text)));
    const titles = [...texts].filter((text) => !isNumbering(text));
    const [title] = titles;
    if (title === undefined || titles.length > 1 || isTotalText(title) || this.#isSignature(row)) return null;
    const village = villageOfSubtitle(title);
    if (this.#isVillage(village) || looksLikeVillage(title)) return village;
    const named = isListTitle(title) ? villagePhrase(title) : null;
    if (named !== null) return named;
    const isAlone = row.cells.size === 1 && !this.#columns.has('village') && this.#nameOf(row) === '';
    return isAlone && mayBeVillage(title) ? village : null;
  }

  /** A second line of the same child: its name cell is merged with the one above. */
  #isContinuation(row: SheetRow): boolean {
    return this.#continued.has(row.number) && this.#children.length > 0;
  }

  #continue(row: SheetRow): void {
    const child = this.#children.pop();
    if (!child) return;
    const more = [...row.cells.values()].map((cell) => cell.text.trim()).filter((text) => !isNumbering(text));
    this.#children.push({ ...child, more: [...child.more, ...more] });
    this.#skip(row, 'continuation');
  }

  #add(row: SheetRow): void {
    const filled = this.#filled.get(row.number);
    const cells = filled ? new Map([...filled, ...row.cells]) : row.cells;
    this.#children.push({ row: row.number, cells, villageAbove: this.#villageAbove, more: [] });
  }

  #skip(row: SheetRow, reason: SkipReason): void {
    const text = [...row.cells.values()]
      .map((cell) => tidyText(cell.text))
      .filter(Boolean)
      .join(' | ');
    this.#skipped.push({ sheet: this.#sheet.name, row: row.number, reason, text });
  }

  /** The birth beside a name may be written as the day of a signature is. */
  #isSignature(row: SheetRow): boolean {
    const births = this.#nameOf(row) === '' ? [] : BIRTHS.map((field) => this.#columns.get(field));
    return [...row.cells].some(([column, cell]) => !births.includes(column) && isSignatureText(cell.text));
  }

  #nameOf(row: SheetRow): string {
    const parts = (['name', 'familyName', 'givenName'] as const).map((field) => textAt(row, this.#columns.get(field)));
    return tidyText(parts.join(' '));
  }

  #has(row: SheetRow, field: RosterField): boolean {
    return textAt(row, this.#columns.get(field)).trim() !== '';
  }

  #hasOrdinal(row: SheetRow): boolean {
    return /^\d+$/u.test(textAt(row, this.#columns.get('ordinal')).trim());
  }

  #identityCount(row: SheetRow): number {
    return IDENTITY.filter((fields) => fields.some((field) => this.#has(row, field))).length;
  }
}

function rowKey({ cells }: SheetRow): string {
  return [...cells].map(([column, { text }]) => `${column} ${nameKey(text)}`).join('\n');
}

function isClosing(reason: SkipReason): boolean {
  return reason === 'signature' || reason === 'total';
}

const TALLEST_MERGE = 2000;

/** Rows whose name cell is merged with the one above. */
function continuedRows(sheet: Sheet, column: number | undefined): Set<number> {
  const rows = new Set<number>();
  for (const { top, left, bottom, right } of sheet.merges) {
    if (left !== column || right - left > 2 || bottom - top > TALLEST_MERGE) continue;
    for (let row = top + 1; row <= bottom; row += 1) rows.add(row);
  }
  return rows;
}

/** A cell merged downwards holds for every row it covers: one mother over three siblings. Wide merges are titles. */
function fillMerges(sheet: Sheet): Map<number, Map<number, Cell>> {
  const byNumber = new Map(sheet.rows.map((row) => [row.number, row]));
  const filled = new Map<number, Map<number, Cell>>();
  for (const { top, left, bottom, right } of sheet.merges) {
    const cell = byNumber.get(top)?.cells.get(left);
    if (!cell || bottom === top || right - left > 3 || bottom - top > TALLEST_MERGE) continue;
    for (let number = top + 1; number <= bottom; number += 1) {
      const cells = filled.get(number) ?? new Map<number, Cell>();
      cells.set(left, cell);
      filled.set(number, cells);
    }
  }
  return filled;
}
