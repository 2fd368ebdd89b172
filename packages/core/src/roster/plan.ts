import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import { chooseSheets } from './choose-sheets.ts';
import type { ChosenSheets } from './choose-sheets.ts';
import { rosterError } from './errors.ts';
import type { RosterError } from './errors.ts';
import { toUnicodeSheets } from './legacy-font.ts';
import { openSheets } from './open-sheets.ts';
import type { ImportPlan, ImportQuestion, RosterNote } from './plan-types.ts';
import { readSheets } from './read-sheets.ts';
import { judgeRows } from './verdicts.ts';

/** Returns the plan of importing a file, or why nothing of it can be read. Writes nothing [IMP-1]. */
export function planImport(question: ImportQuestion): Result<ImportPlan, RosterError> {
  const sheets = openSheets(question.bytes, question.fileName);
  if (!sheets.ok) return sheets;
  let font: string | null = null;
  const names = question.sheetNames ?? null;
  let chosen: Result<ChosenSheets, RosterError> = chooseSheets(sheets.value, names);
  if (!chosen.ok && chosen.error.code === 'noHeader') {
    const unicode = toUnicodeSheets(sheets.value);
    if (unicode) {
      font = unicode.font;
      chosen = chooseSheets(unicode.sheets, names);
    }
  }
  if (!chosen.ok) return chosen;
  const { rosters, others } = chosen.value;
  const reading = readSheets(rosters, question.villages, question.onDate);
  if (reading.rows.length === 0) return err(rosterError('noRows'));
  const judged = judgeRows(reading, question.register);
  const left = others.filter(({ isRoster }) => isRoster).map(({ name }) => name);
  const notes: RosterNote[] = [...reading.notes];
  if (font !== null) notes.push({ code: 'legacyFont', params: { name: font } });
  if (left.length > 0) notes.push({ code: 'otherSheets', params: { name: left.join(', ') } });
  return ok({
    sheets: rosters.map(({ sheet, header }) => ({
      name: sheet.name,
      columns: header.columns,
      filledRows: sheet.rows.length,
      blankRows: sheet.blankRows,
    })),
    rows: judged.rows,
    skipped: reading.skipped,
    duplicates: judged.duplicates,
    proposedVillages: reading.proposedVillages,
    notes,
    otherSheets: others,
    filledRows: rosters.reduce((count, { sheet }) => count + sheet.rows.length, 0),
  });
}
