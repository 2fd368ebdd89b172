import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { rosterError } from './errors.ts';
import type { RosterError } from './errors.ts';
import { findHeader, withGivenName } from './headers.ts';
import type { RosterHeader } from './headers.ts';
import type { Sheet } from './sheet.ts';

/** A sheet of the file that was not taken; `isRoster` says that it could be imported as well, by its name. */
export interface OtherSheet {
  readonly name: string;
  readonly isRoster: boolean;
  readonly isHidden: boolean;
  readonly filledRows: number;
}

/** Twice the children of the largest commune. */
const MOST_ROWS = 50_000;

/** The sheet to import, where its header is, and what else the file holds. */
export interface ChosenSheet {
  readonly sheet: Sheet;
  readonly header: RosterHeader;
  readonly others: readonly OtherSheet[];
}

/**
 * Returns the sheet of that name, or else the one that looks most like a roster: shown before hidden, then the one with
 * most rows under a header. Errors: `tooLarge`, `noSuchSheet`, `noHeader`, `empty` when no sheet holds anything [IMP-1].
 */
export function chooseSheet(sheets: readonly Sheet[], name: string | null): Result<ChosenSheet, RosterError> {
  const asked = name === null ? sheets : sheets.filter((sheet) => sheet.name === name);
  if (name !== null && asked.length === 0) return err(rosterError('noSuchSheet'));
  if (sheets.some((sheet) => sheet.rows.length > MOST_ROWS)) return err(rosterError('tooLarge'));
  if (asked.every((sheet) => sheet.rows.length === 0)) return err(rosterError('empty'));
  const headers = new Map(sheets.map((sheet) => [sheet, findHeader(sheet)]));
  const rank = (sheet: Sheet) => (sheet.isHidden ? 0 : 1e7) + sheet.rows.length - (headers.get(sheet)?.last ?? 0);
  const [best] = asked.filter((sheet) => headers.get(sheet)).toSorted((a, b) => rank(b) - rank(a));
  const header = best ? headers.get(best) : null;
  if (!best || !header) return err(rosterError('noHeader'));
  const others = sheets
    .filter((sheet) => sheet !== best && sheet.rows.length > 0)
    .map((sheet) => ({
      name: sheet.name,
      isRoster: headers.get(sheet) !== null,
      isHidden: sheet.isHidden,
      filledRows: sheet.rows.length,
    }));
  return ok({ sheet: best, header: withGivenName(header, best), others });
}
