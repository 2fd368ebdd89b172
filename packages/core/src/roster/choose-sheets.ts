import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { foldWords } from '../model/names.ts';
import { rosterError } from './errors.ts';
import type { RosterError } from './errors.ts';
import { findHeader, withGivenName } from './headers.ts';
import type { RosterHeader } from './headers.ts';
import type { Sheet } from './sheet.ts';

/** A sheet of the file that is not imported; `isRoster` says that it could be. */
export interface OtherSheet {
  readonly name: string;
  readonly isRoster: boolean;
  readonly isHidden: boolean;
  readonly filledRows: number;
}

/** Twice the children of the largest commune. */
const MOST_ROWS = 50_000;

/** A sheet to import and where its header is. */
export interface RosterSheet {
  readonly sheet: Sheet;
  readonly header: RosterHeader;
}

/** The sheets to import, in their order, and what else the file holds. */
export interface ChosenSheets {
  readonly rosters: readonly RosterSheet[];
  readonly others: readonly OtherSheet[];
}

/** A sheet so named shows how a roster is filled in; its children are examples. */
const GUIDE = /\b(?:huong dan|mau|vi du|guide|sample|example|readme)\b/u;

/**
 * Returns the sheets of these names, or else every shown sheet that looks like a roster, or, where none is shown, the hidden
 * ones; a guide is taken only when nothing else is there. Errors: `tooLarge`, `noSuchSheet`, `noHeader`, `empty` when no sheet
 * holds anything [IMP-1].
 */
export function chooseSheets(
  sheets: readonly Sheet[],
  names: readonly string[] | null,
): Result<ChosenSheets, RosterError> {
  const asked = names === null ? sheets : sheets.filter(({ name }) => names.includes(name));
  if (names?.some((name) => !asked.some((sheet) => sheet.name === name))) return err(rosterError('noSuchSheet'));
  if (sheets.reduce((count, { rows }) => count + rows.length, 0) > MOST_ROWS) return err(rosterError('tooLarge'));
  if (asked.every(({ rows }) => rows.length === 0)) return err(rosterError('empty'));
  const headers = new Map(sheets.map((sheet) => [sheet, findHeader(sheet)]));
  const candidates = asked.filter((sheet) => headers.get(sheet));
  const taken = names === null ? likeliest(candidates, headers) : candidates;
  if (taken.length === 0) return err(rosterError('noHeader'));
  const rosters = taken.flatMap((sheet) => {
    const header = headers.get(sheet);
    return header ? [{ sheet, header: withGivenName(header, sheet) }] : [];
  });
  const others = sheets
    .filter((sheet) => !taken.includes(sheet) && sheet.rows.length > 0)
    .map((sheet) => ({
      name: sheet.name,
      isRoster: headers.get(sheet) !== null,
      isHidden: sheet.isHidden,
      filledRows: sheet.rows.length,
    }));
  return ok({ rosters, others });
}

/** A header without rows below it is an empty form, unless there is nothing else. */
function likeliest(candidates: readonly Sheet[], headers: ReadonlyMap<Sheet, RosterHeader | null>): readonly Sheet[] {
  const isFilled = (sheet: Sheet) => sheet.rows.length > (headers.get(sheet)?.last ?? 0) + 1;
  const isGuide = ({ name }: Sheet) => GUIDE.test(foldWords(name).join(' '));
  const ranks = [
    candidates.filter((sheet) => !sheet.isHidden && !isGuide(sheet) && isFilled(sheet)),
    candidates.filter((sheet) => !isGuide(sheet) && isFilled(sheet)),
    candidates.filter((sheet) => !sheet.isHidden && isFilled(sheet)),
    candidates,
  ];
  return ranks.find((rank) => rank.length > 0) ?? [];
}
