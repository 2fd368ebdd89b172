import type { CalendarDay } from '../model/dates.ts';

/** One filled cell. `text` is what a person would read in it; `isComputed` says that a formula gave the value. */
export type Cell = { readonly text: string; readonly isComputed: boolean } & (
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'date'; readonly day: CalendarDay }
  | { readonly kind: 'error' }
);

/** One row as numbered in the sheet, from 1; cells by column, from 0, empty ones left out. */
export interface SheetRow {
  readonly number: number;
  readonly cells: ReadonlyMap<number, Cell>;
}

/** Cells drawn as one; the value is in the top left one. Rows count from 1, columns from 0. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** One sheet as read: only rows with something in them. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly rows: readonly SheetRow[];
  /** Rows that are in the file and hold nothing. */
  readonly blankRows: number;
  readonly merges: readonly Merge[];
}

/** Every control character but the white ones. */
const CONTROLS = /[^\P{Cc}\t\n\r]/gu;

/** Returns a text cell, without control characters and halves of letters, which no document could keep. */
export function textCell(text: string, isComputed = false): Cell {
  return { kind: 'text', text: text.toWellFormed().replace(CONTROLS, ''), isComputed };
}

/** Returns the text of a cell, empty where there is none. */
export function textAt(row: SheetRow, column: number | undefined): string {
  return column === undefined ? '' : (row.cells.get(column)?.text ?? '');
}
