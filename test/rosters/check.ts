import { nameKey } from '@chungtay/core/model/names';
import { planImport } from '@chungtay/core/roster/plan';
import { placeKey } from '@chungtay/core/roster/plan-types';
import type { ImportPlan, PlannedRow } from '@chungtay/core/roster/plan-types';
import type { RosterChild } from '@chungtay/core/roster/row';
import { VILLAGES } from '../fixtures/people.ts';
import type { Entry } from './entries.ts';
import { ON_DATE } from './entries.ts';
import type { Roster } from './write-roster.ts';

const KNOWN = VILLAGES.map((name, at) => ({ id: `v${at}`, name, oldNames: [] }));

/** What the reading of one roster came to: how much was looked at, and every difference in a line. */
export interface Finding {
  readonly rows: number;
  readonly planted: number;
  readonly pairs: number;
  readonly differences: readonly string[];
}

/** Reads a roster and holds it against what was written. */
export function checkRoster(roster: Roster): Finding {
  const villages = roster.layout.knowsVillages ? KNOWN : [];
  const plan = planImport({ bytes: roster.bytes, fileName: 'ds.xlsx', villages, register: [], onDate: ON_DATE });
  const planted = roster.entries.filter(({ entry }) => entry.kind !== null).length;
  const pairs = roster.entries.filter(({ entry }) => entry.repeats !== null).length;
  const sums = { rows: roster.entries.length, planted, pairs };
  if (!plan.ok) return { ...sums, differences: [`refused: ${plan.error.code}`] };
  const differences = [
    ...accountDifferences(roster, plan.value),
    ...rowDifferences(roster, plan.value),
    ...pairDifferences(roster, plan.value),
  ];
  return { ...sums, differences };
}

function accountDifferences({ filledRows, entries }: Roster, plan: ImportPlan): string[] {
  const counted = plan.rows.length + plan.skipped.length;
  const differences: string[] = [];
  if (plan.filledRows !== filledRows || counted !== filledRows) {
    differences.push(`${filledRows} rows written, ${plan.filledRows} seen, ${counted} accounted for`);
  }
  const written = new Set(entries.map(({ place }) => place));
  const read = new Set(plan.rows.map(placeKey));
  for (const row of plan.rows.filter((one) => !written.has(placeKey(one)))) {
    differences.push(`${placeKey(row)}: nobody’s row taken for a child: ${row.cells.filter(Boolean).join(' | ')}`);
  }
  for (const row of plan.skipped.filter((one) => written.has(placeKey(one)))) {
    differences.push(`${placeKey(row)}: a child skipped as ${row.reason}: ${row.text.slice(0, 80)}`);
  }
  for (const place of written) {
    if (!read.has(place) && !plan.skipped.some((row) => placeKey(row) === place)) differences.push(`${place}: lost`);
  }
  return differences;
}

function rowDifferences(roster: Roster, plan: ImportPlan): string[] {
  const rows = new Map(plan.rows.map((row) => [placeKey(row), row]));
  return roster.entries.flatMap(({ entry, place }) => {
    const row = rows.get(place);
    return row ? oneRow(entry, row, roster, plan).map((difference) => `${place}: ${difference}`) : [];
  });
}

function oneRow(entry: Entry, row: PlannedRow, { layout }: Roster, plan: ImportPlan): string[] {
  const { kind, expected } = entry;
  const codes = row.problems.map(({ code }) => code);
  const isError = row.problems.some(({ severity }) => severity === 'error');
  const differences: string[] = [];
  // in a sheet of a few rows no way of writing prevails
  const isTold = kind === 'textDate' && layout.villagePlace === 'sheets';
  if (kind !== null && !isTold && !codes.includes(kind))
    differences.push(`${kind} not said, but ${codes.join(' ') || 'nothing'}`);
  if (isError !== (expected === null)) differences.push(`${isError ? 'kept out' : 'let in'} with ${codes.join(' ')}`);
  if (expected === null) return differences;
  const alarms = row.problems.filter(
    ({ code, severity }) => severity !== 'info' && !isExpected(entry, code, layout.knowsVillages),
  );
  if (alarms.length > 0) differences.push(`false alarm ${alarms.map(({ code }) => code).join(' ')}`);
  if (!row.child) return [...differences, 'no child'];
  const [wanted, found] = [factsOf(entry), factsOfChild(row.child)];
  for (const [field, value] of Object.entries(wanted)) {
    if (found[field] !== value) differences.push(`${field} is ${found[field] ?? '-'}, not ${value ?? '-'}`);
  }
  return [...differences, ...lostTexts(row, plan)];
}

const KEPT_WHOLE = new Set([
  null,
  'ethnicity',
  'phone',
  'school',
  'class',
  'guardian',
  'head',
  'notes',
  'circumstances',
  'father',
  'mother',
]);

/** Everything written in a row that goes in stands somewhere in its child. */
function lostTexts({ sheet, cells, child }: PlannedRow, plan: ImportPlan): string[] {
  const columns = plan.sheets.find(({ name }) => name === sheet)?.columns ?? [];
  const kept = nameKey(JSON.stringify(child).replaceAll('\\n', ' '));
  return columns.flatMap(({ field, header }, at) => {
    const text = nameKey(cells[at] ?? '');
    const isMarked = text === 'x' && field === 'circumstances';
    return KEPT_WHOLE.has(field) && !isMarked && !kept.includes(text)
      ? [`${header} is lost: ${text.slice(0, 40)}`]
      : [];
  });
}

function isExpected({ kind, expected, child, id }: Entry, code: string, knowsVillages: boolean): boolean {
  if (code === kind) return true;
  if (code === 'noId') return expected?.personalId === null || id === null;
  if (code === 'unknownVillage') return !knowsVillages;
  if (code === 'turned16' || code === 'ageDoubt') return child.birth < '2011';
  // a date that a repeat swaps is not the one its number speaks of; a year of two digits is doubted until a number confirms it
  return code === 'idYearMismatch' && kind === 'idUnknownProvince';
}

function factsOf({ expected, repeats, birth, id, name }: Entry): Record<string, string | null> {
  const child = expected;
  const swapped = repeats && birth && 'd' in birth ? `${birth.y}-${birth.m}-${birth.d}` : null;
  return {
    name: nameKey(repeats ? (name ?? '') : (child?.name ?? '')),
    birth: swapped ?? child?.birth ?? null,
    sex: child?.sex ?? null,
    mother: child?.mother ?? null,
    father: child?.father ?? null,
    village: nameKey(child?.village ?? ''),
    id: repeats ? (id as string | null) : (child?.personalId ?? null),
  };
}

function factsOfChild(child: RosterChild): Record<string, string | null> {
  const village = KNOWN.find(({ id }) => id === child.villageId)?.name ?? child.proposedVillage ?? '';
  return {
    name: nameKey(child.name),
    birth: child.birth.date,
    sex: child.sex,
    mother: child.motherName,
    father: child.fatherName,
    village: nameKey(village),
    id: child.personalId,
  };
}

function pairDifferences({ entries }: Roster, plan: ImportPlan): string[] {
  const placeOf = new Map(entries.map(({ entry, place }) => [entry, place]));
  const expected = entries.flatMap(({ entry, place }) => {
    const other = entry.repeats && placeOf.get(entry.repeats);
    return other ? [`${place} repeats ${other}`] : [];
  });
  // a repeat may be like its twin too
  const repeats = new Set(entries.flatMap(({ entry, place }) => (entry.repeats ? [place] : [])));
  const found = plan.duplicates.map(
    (pair) => `${placeKey(pair)} repeats ${pair.withRow ? placeKey(pair.withRow) : ''}`,
  );
  return [
    ...expected.filter((pair) => !found.includes(pair)).map((pair) => `missed: ${pair}`),
    ...found
      .filter((pair) => !expected.includes(pair) && !repeats.has(pair.split(' repeats ')[0] ?? ''))
      .map((pair) => `no pair: ${pair}`),
  ];
}
