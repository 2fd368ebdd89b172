import { tidyText } from '../model/names.ts';
import type { ChildRow } from './body.ts';
import type { RosterField } from './fields.ts';
import type { RosterColumn } from './headers.ts';
import { problem } from './problems.ts';
import type { RowProblem } from './problems.ts';
import { isPlaceholder } from './read-name.ts';
import type { Cell } from './sheet.ts';

/** A cell of more than this is said; it is kept whole all the same. */
const LONG_CELL_CHARS = 1000;

const FORMULA = /^\s*(?:[=@]\s*\S|[+-]\s*[\p{L}(]|[+-]\d+[+*/])/u;
const HTML = /<[/!?]?[a-zA-Z]/u;
const SILENT: readonly RosterField[] = ['ordinal', 'age'];

/** The cells of one child's row by field. */
export class RowCells {
  readonly #row: ChildRow;
  readonly #columns: readonly RosterColumn[];

  constructor(row: ChildRow, columns: readonly RosterColumn[]) {
    this.#row = row;
    this.#columns = columns;
  }

  /** Says whether the sheet has a column of this field. */
  hasColumn(field: RosterField): boolean {
    return this.#columns.some((column) => column.field === field);
  }

  /** Returns the cell of a field; a spreadsheet error counts as empty. */
  cell(field: RosterField): Cell | undefined {
    const column = this.#columns.find((candidate) => candidate.field === field);
    const cell = column ? this.#row.cells.get(column.column) : undefined;
    return cell?.kind === 'error' ? undefined : cell;
  }

  /** Returns the title of a field's column, its cells from the top one down parted by ` / `. */
  header(field: RosterField): string {
    return this.#columns.find((column) => column.field === field)?.header ?? '';
  }

  /** Returns the text of a field as it stands in the cell, empty where there is none. */
  raw(field: RosterField): string {
    return this.cell(field)?.text ?? '';
  }

  /** Returns the tidied text of a field, or null when it is empty or a dash. */
  text(field: RosterField): string | null {
    const text = tidyText(this.raw(field));
    return text === '' || (text.length < 20 && isPlaceholder(text)) ? null : text;
  }

  /** Returns the texts of columns that no field takes, each with its header, and of further lines of the child. */
  surplus(): string[] {
    const unknown = this.#columns.filter(({ field }) => field === null);
    const known = new Set(this.#columns.map(({ column }) => column));
    const texts = unknown.map(
      ({ column, header }) => [header, this.#row.cells.get(column)?.text.trim() ?? ''] as const,
    );
    const nameless = [...this.#row.cells]
      .filter(([column]) => !known.has(column))
      .map(([, cell]) => ['', cell.text.trim()] as const);
    const lines = [...texts, ...nameless].filter(([, text]) => text !== '');
    return [
      ...lines.map(([header, text]) => (header === '' ? text : `${tidyText(header)}: ${text}`)),
      ...this.#row.more,
    ];
  }

  /** Returns what is dangerous, very long, computed or broken in any cell; each kind once, for its first cell [IMP-9]. */
  problems(): RowProblem[] {
    const found = new Map<string, RowProblem>();
    for (const { column, header, field } of this.#columns) {
      const cell = this.#row.cells.get(column);
      if (!cell || (field && SILENT.includes(field))) continue;
      for (const trouble of cellProblems(cell, tidyText(header), field)) {
        const before = found.get(trouble.code);
        if (!before || (before.severity === 'info' && trouble.severity !== 'info')) found.set(trouble.code, trouble);
      }
    }
    return [...found.values()];
  }
}

function cellProblems(cell: Cell, column: string, field: RosterField | null): RowProblem[] {
  const problems: RowProblem[] = [];
  if (cell.kind === 'error') return field ? [problem('cellError', { column })] : [];
  if (cell.isComputed && field) problems.push(problem('formula', { column }, 'info'));
  if (cell.kind !== 'text') return problems;
  if (FORMULA.test(cell.text)) problems.push(problem('formula', { column }));
  if (HTML.test(cell.text)) problems.push(problem('html', { column }));
  if (cell.text.length > LONG_CELL_CHARS) problems.push(problem('long', { chars: String(cell.text.length), column }));
  return problems;
}
