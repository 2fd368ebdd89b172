import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import { chooseSheet } from './choose-sheet.ts';
import type { ChosenSheet } from './choose-sheet.ts';
import { rosterError } from './errors.ts';
import type { RosterError } from './errors.ts';
import { toUnicodeSheets } from './legacy-font.ts';
import { openSheets } from './open-sheets.ts';
import type { ImportPlan, ImportQuestion, RosterNote } from './plan-types.ts';
import { readRows } from './read-rows.ts';
import { judgeRows } from './verdicts.ts';

/** Returns the plan of importing a file, or why nothing of it can be read. Writes nothing [IMP-1]. */
export function planImport(question: ImportQuestion): Result<ImportPlan, RosterError> {
  const sheets = openSheets(question.bytes, question.fileName);
  if (!sheets.ok) return sheets;
  let font: string | null = null;
  let chosen: Result<ChosenSheet, RosterError> = chooseSheet(sheets.value, question.sheetName ?? null);
  if (!chosen.ok && chosen.error.code === 'noHeader') {
    const unicode = toUnicodeSheets(sheets.value);
    if (unicode) {
      font = unicode.font;
      chosen = chooseSheet(unicode.sheets, question.sheetName ?? null);
    }
  }
  if (!chosen.ok) return chosen;
  const { sheet, header, others } = chosen.value;
  const reading = readRows(sheet, header, question.villages, question.onDate);
  if (reading.rows.length === 0) return err(rosterError('noRows'));
  const judged = judgeRows(reading, question.register);
  const rosters = others.filter(({ isRoster }) => isRoster).map(({ name }) => name);
  const notes: RosterNote[] = [...reading.notes];
  if (font !== null) notes.push({ code: 'legacyFont', params: { name: font } });
  if (rosters.length > 0) notes.push({ code: 'otherSheets', params: { name: rosters.join(', ') } });
  return ok({
    sheetName: sheet.name,
    columns: header.columns,
    rows: judged.rows,
    skipped: reading.skipped,
    duplicates: judged.duplicates,
    proposedVillages: reading.proposedVillages,
    notes,
    otherSheets: others,
    filledRows: sheet.rows.length,
    blankRows: sheet.blankRows,
  });
}
