import { assert } from '../base/assert.ts';
import { createDuplicateIndex } from '../derive/duplicate-index.ts';
import type { DuplicateIndex, Match } from '../derive/duplicate-index.ts';
import { PROBABLE } from '../derive/duplicates.ts';
import type { Likeness } from '../derive/duplicates.ts';
import { placeKey } from './plan-types.ts';
import type { PlannedDuplicate, PlannedRow, RegisterChild, RowPlace, Verdict } from './plan-types.ts';
import type { ReadRow, SheetsReading } from './read-sheets.ts';
import type { RosterChild } from './row.ts';
import type { VillageTable } from './villages.ts';

/** A row with its verdict, and the pairs found on the way. */
export interface JudgedRows {
  readonly rows: readonly PlannedRow[];
  readonly duplicates: readonly PlannedDuplicate[];
}

/** Pairs shown per row: more would bury the likely one. */
const MOST_PAIRS = 3;

/**
 * Returns each row's verdict: held against the register, then against the rows before it. The earlier row of a pair goes in,
 * the later one waits for a person; nothing is merged [IMP-10].
 */
export function judgeRows(reading: SheetsReading, register: readonly RegisterChild[]): JudgedRows {
  const known = createDuplicateIndex<string>();
  for (const child of register) known.add(child.folder, likenessOfRegister(child, reading.table));
  const above = createDuplicateIndex<ReadRow>();
  const staying = new Set<string>();
  const rows: PlannedRow[] = [];
  const duplicates: PlannedDuplicate[] = [];
  for (const row of reading.rows) {
    const likeness = row.child ? likenessOfRow(row.child, reading.table) : null;
    const folder = likeness ? known.findSame(likeness) : null;
    const pairs = likeness ? pairsOf(row, likeness, { known, above, folder }) : [];
    duplicates.push(...pairs);
    const hasError = row.problems.some(({ severity }) => severity === 'error');
    if (hasError) staying.add(placeKey(row));
    const isHeld = pairs.some(({ withRow }) => withRow === null || !staying.has(placeKey(withRow)));
    const verdict = verdictOf(hasError, folder, isHeld);
    rows.push({
      sheet: row.sheet,
      row: row.row,
      verdict,
      child: row.child,
      problems: row.problems,
      folder: verdict === 'already' ? folder : null,
      cells: row.cells,
    });
    if (likeness) above.add(row, likeness);
  }
  assert(rows.length === reading.rows.length, 'a row without a verdict');
  return { rows, duplicates };
}

function verdictOf(hasError: boolean, folder: string | null, isHeld: boolean): Verdict {
  if (hasError) return 'error';
  if (folder !== null) return 'already';
  return isHeld ? 'duplicate' : 'ready';
}

interface Candidates {
  readonly known: DuplicateIndex<string>;
  readonly above: DuplicateIndex<ReadRow>;
  readonly folder: string | null;
}

function pairsOf(row: ReadRow, likeness: Likeness, { known, above, folder }: Candidates): PlannedDuplicate[] {
  const pairOf = <Key>({ score, reasons }: Match<Key>, withRow: RowPlace | null, child: string | null) => ({
    sheet: row.sheet,
    row: row.row,
    withRow,
    child,
    score,
    reasons,
  });
  const inFile = above
    .find(likeness)
    .map((match) => pairOf(match, { sheet: match.key.sheet, row: match.key.row }, null));
  const inRegister = folder === null ? known.find(likeness).map((match) => pairOf(match, null, match.key)) : [];
  return [...inFile.slice(0, MOST_PAIRS), ...inRegister.slice(0, MOST_PAIRS)].filter(({ score }) => score >= PROBABLE);
}

function likenessOfRow(child: RosterChild, table: VillageTable): Likeness {
  return {
    name: child.name,
    birth: child.birth.date,
    sex: child.sex,
    mother: child.motherName,
    father: child.fatherName,
    place: table.placeKey(child.villageId ?? child.proposedVillage),
    personalId: child.personalId,
  };
}

function likenessOfRegister(child: RegisterChild, table: VillageTable): Likeness {
  const { name, birth, sex, mother, father, village, personalId } = child;
  return { name, birth, sex, mother, father, place: table.placeKey(village), personalId };
}
