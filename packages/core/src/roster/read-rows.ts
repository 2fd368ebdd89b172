import { assert } from '../base/assert.ts';
import { readBody } from './body.ts';
import type { ChildRow, RosterBody, SkippedRow } from './body.ts';
import type { RosterColumn, RosterHeader } from './headers.ts';
import { looksSwapped, prevailingStyle } from './judge-birth.ts';
import type { RosterNote } from './plan-types.ts';
import { problem } from './problems.ts';
import { readRow, readRowBirth } from './read-row.ts';
import type { RowReading } from './read-row.ts';
import { RowCells } from './row-cells.ts';
import { carryDown, villageOfTitles, villageTextOf } from './row-village.ts';
import type { Sheet } from './sheet.ts';
import { VillageTable } from './villages.ts';
import type { KnownVillage, ProposedVillage, VillageReading } from './villages.ts';

/** One child's row read, with its texts by column. */
export interface ReadRow extends RowReading {
  readonly row: number;
  readonly cells: readonly string[];
}

/** A sheet read row by row, before it is held against itself and the register. */
export interface SheetReading {
  readonly rows: readonly ReadRow[];
  readonly skipped: readonly SkippedRow[];
  readonly proposedVillages: readonly ProposedVillage[];
  readonly notes: readonly RosterNote[];
  readonly table: VillageTable;
}

/** Returns every row of a sheet, read or skipped; none is lost on the way [IMP-4]. */
export function readRows(
  sheet: Sheet,
  header: RosterHeader,
  known: readonly KnownVillage[],
  onDate: string,
): SheetReading {
  const commune = new VillageTable(known, []);
  const isVillage = (text: string) => commune.find(text) !== null;
  const body = readBody(sheet, header, isVillage);
  assert(body.children.length + body.skipped.length === sheet.rows.length, 'a row of the roster was lost');
  const ofTitles = villageOfTitles(body.skipped, sheet.name, known);
  const said = body.children.map((row) => villageTextOf(row, header.columns, isVillage, ofTitles));
  const { texts: villages, carried } = carryDown(said);
  const table = new VillageTable(known, villages);
  const births = body.children.map((row) => readRowBirth(new RowCells(row, header.columns), onDate));
  const facts = { prevailing: prevailingStyle(births), isSwapped: looksSwapped(births), onDate };
  const hasVillages = villages.some((text) => text !== '');
  const rows = body.children.map((row, index): ReadRow => {
    const birth = births[index];
    assert(birth, 'a birth for every row');
    const village = hasVillages ? readVillage(table, villages[index] ?? '', carried.has(index)) : NOWHERE;
    const reading = readRow(new RowCells(row, header.columns), birth, village, facts);
    return { row: row.row, ...reading, cells: textsOf(row, header.columns) };
  });
  const notes = notesOf(header.columns, body, { ofTitles, hasVillages, isSwapped: facts.isSwapped });
  return { rows, skipped: body.skipped, proposedVillages: proposalsOf(rows), notes, table };
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
  const proposals = new Map<string, number[]>();
  for (const { row, child } of rows) {
    const name = child?.proposedVillage ?? null;
    if (name !== null) proposals.set(name, [...(proposals.get(name) ?? []), row]);
  }
  return [...proposals].map(([name, numbers]) => ({ name, rows: numbers }));
}

interface SheetFacts {
  readonly ofTitles: string | null;
  readonly hasVillages: boolean;
  readonly isSwapped: boolean;
}

function notesOf(columns: readonly RosterColumn[], body: RosterBody, facts: SheetFacts): RosterNote[] {
  const fields = new Set(columns.map(({ field }) => field));
  const notes: RosterNote[] = [];
  const add = (code: RosterNote['code'], params: RosterNote['params'] = {}) => notes.push({ code, params });
  if (!fields.has('personalId')) add('noIdColumn');
  if (!fields.has('sex') && !fields.has('female') && !fields.has('male')) add('noSexColumn');
  if (!fields.has('mother') && !fields.has('parents')) add('noMotherColumn');
  if (!facts.hasVillages) add('noVillageColumn');
  const isFromTitle =
    facts.ofTitles !== null && !fields.has('village') && body.children.some((row) => row.villageAbove === null);
  if (isFromTitle) add('villageFromTitle', { name: facts.ofTitles ?? '' });
  if (facts.isSwapped) add('dayMonthDoubt');
  return notes;
}
