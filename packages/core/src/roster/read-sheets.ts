import { assert } from '../base/assert.ts';
import { readBody } from './body.ts';
import type { ChildRow, RosterBody, SkippedRow } from './body.ts';
import type { RosterSheet } from './choose-sheets.ts';
import type { RosterColumn } from './headers.ts';
import { looksSwapped, prevailingStyle } from './judge-birth.ts';
import type { RosterNote, RowPlace } from './plan-types.ts';
import { problem } from './problems.ts';
import { readRow, readRowBirth } from './read-row.ts';
import type { ColumnFacts, RowReading } from './read-row.ts';
import { RowCells } from './row-cells.ts';
import { carryDown, villageOfTitles, villageTextOf } from './row-village.ts';
import { VillageTable } from './villages.ts';
import type { KnownVillage, ProposedVillage, VillageReading } from './villages.ts';

/** One child's row read, with its texts by column. */
export interface ReadRow extends RowReading, RowPlace {
  readonly cells: readonly string[];
}

/** Sheets read row by row, before they are held against themselves and the register. */
export interface SheetsReading {
  readonly rows: readonly ReadRow[];
  readonly skipped: readonly SkippedRow[];
  readonly proposedVillages: readonly ProposedVillage[];
  readonly notes: readonly RosterNote[];
  readonly table: VillageTable;
}

/** A sheet sorted into rows, and the village that each of its children's rows names. */
interface SortedSheet extends RosterSheet {
  readonly body: RosterBody;
  readonly villages: readonly string[];
  readonly carried: ReadonlySet<number>;
  readonly ofTitles: string | null;
}

/** Returns every row of the sheets, read or skipped; none is lost on the way [IMP-4]. */
export function readSheets(
  rosters: readonly RosterSheet[],
  known: readonly KnownVillage[],
  onDate: string,
): SheetsReading {
  const commune = new VillageTable(known, []);
  const sorted = rosters.map((roster) => sortSheet(roster, commune, known));
  // one table for all: a village that one sheet writes rightly is known to the next
  const table = new VillageTable(
    known,
    sorted.flatMap(({ villages }) => villages),
  );
  const read = sorted.map((sheet) => readSheet(sheet, table, onDate));
  const rows = read.flatMap((sheet) => sheet.rows);
  return {
    rows,
    skipped: sorted.flatMap(({ body }) => body.skipped),
    proposedVillages: proposalsOf(rows),
    notes: onceEach(read.flatMap(({ notes }) => notes)),
    table,
  };
}

function sortSheet(roster: RosterSheet, commune: VillageTable, known: readonly KnownVillage[]): SortedSheet {
  const { sheet, header } = roster;
  const isVillage = (text: string) => commune.find(text) !== null;
  const body = readBody(sheet, header, isVillage);
  assert(body.children.length + body.skipped.length === sheet.rows.length, 'a row of the roster was lost');
  const ofTitles = villageOfTitles(body.skipped, sheet.name, known);
  const said = body.children.map((row) => villageTextOf(row, header.columns, isVillage, ofTitles));
  const { texts: villages, carried } = carryDown(said);
  return { ...roster, body, villages, carried, ofTitles };
}

function readSheet(
  sorted: SortedSheet,
  table: VillageTable,
  onDate: string,
): { readonly rows: readonly ReadRow[]; readonly notes: readonly RosterNote[] } {
  const { sheet, header, body, villages, carried } = sorted;
  const births = body.children.map((row) => readRowBirth(new RowCells(row, header.columns), onDate));
  const facts: ColumnFacts = { prevailing: prevailingStyle(births), isSwapped: looksSwapped(births), onDate };
  const hasVillages = villages.some((text) => text !== '');
  const rows = body.children.map((row, index): ReadRow => {
    const birth = births[index];
    assert(birth, 'a birth for every row');
    const village = hasVillages ? readVillage(table, villages[index] ?? '', carried.has(index)) : NOWHERE;
    const reading = readRow(new RowCells(row, header.columns), birth, village, facts);
    return { sheet: sheet.name, row: row.row, ...reading, cells: textsOf(row, header.columns) };
  });
  return { rows, notes: notesOf(sorted, facts.isSwapped) };
}

const NOWHERE: VillageReading = { villageId: null, proposed: null, problems: [] };

function readVillage(table: VillageTable, text: string, isCarried: boolean): VillageReading {
  const reading = table.read(text);
  if (!isCarried) return reading;
  return { ...reading, problems: [...reading.problems, problem('villageCarried', { name: text.slice(0, 60) })] };
}

function textsOf(row: ChildRow, columns: readonly RosterColumn[]): string[] {
  return columns.map(({ column }) => row.cells.get(column)?.text ?? '');
}

function proposalsOf(rows: readonly ReadRow[]): ProposedVillage[] {
  const proposals = new Map<string, RowPlace[]>();
  for (const { sheet, row, child } of rows) {
    const name = child?.proposedVillage ?? null;
    if (name !== null) proposals.set(name, [...(proposals.get(name) ?? []), { sheet, row }]);
  }
  return [...proposals].map(([name, places]) => ({ name, rows: places }));
}

function notesOf({ header, body, villages, ofTitles }: SortedSheet, isSwapped: boolean): RosterNote[] {
  const fields = new Set(header.columns.map(({ field }) => field));
  const notes: RosterNote[] = [];
  const add = (code: RosterNote['code'], params: RosterNote['params'] = {}) => notes.push({ code, params });
  if (!fields.has('personalId')) add('noIdColumn');
  if (!fields.has('sex') && !fields.has('female') && !fields.has('male')) add('noSexColumn');
  if (!fields.has('mother') && !fields.has('parents')) add('noMotherColumn');
  if (villages.every((text) => text === '')) add('noVillageColumn');
  const isFromTitle =
    ofTitles !== null && !fields.has('village') && body.children.some((row) => row.villageAbove === null);
  if (isFromTitle) add('villageFromTitle', { name: ofTitles });
  if (isSwapped) add('dayMonthDoubt');
  return notes;
}

function onceEach(notes: readonly RosterNote[]): readonly RosterNote[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}
