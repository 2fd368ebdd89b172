import type { Language } from '../../i18n/translate.ts';
import { type KeptImport, reasonOfKept } from './kept-imports.ts';

/** The headings that the sheet adds to those of the roster. */
export interface KeptHeadings {
  readonly row: string;
  readonly reason: string;
}

/** Returns the rows of the sheet: row number, the cells as they were, the reason. Every cell is text: a formula stays inert. */
export function keptTable(
  kept: KeptImport,
  headings: KeptHeadings,
  language: Language,
): readonly (readonly string[])[] {
  const width = Math.max(kept.columns.length, ...kept.rows.map(({ cells }) => cells.length));
  const padded = (cells: readonly string[]): string[] => Array.from({ length: width }, (_, i) => cells[i] ?? '');
  return [
    [headings.row, ...padded(kept.columns), headings.reason],
    ...kept.rows.map((row) => [String(row.row), ...padded(row.cells), reasonOfKept(row, language)]),
  ];
}

/** Offers the kept rows as an Excel file; its name carries no person. */
export async function downloadKept(kept: KeptImport, headings: KeptHeadings, language: Language): Promise<void> {
  const { default: writeExcelFile } = await import('write-excel-file/browser');
  const table = keptTable(kept, headings, language);
  const cells = table.map((row, i) =>
    row.map((value) => ({ value, type: String, ...(i === 0 ? { fontWeight: 'bold' as const } : {}) })),
  );
  await writeExcelFile(cells).toFile('chung-tay-dong-giu-lai.xlsx');
}
