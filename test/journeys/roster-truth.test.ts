import { readFileSync } from 'node:fs';
import { planImport } from '@chungtay/core/roster/plan';
import type { ImportPlan, RegisterChild } from '@chungtay/core/roster/plan-types';
import { toAccountJson, toJson } from '@chungtay/core/roster/to-json';
import { describe, expect, it } from 'vitest';
import { VILLAGES } from '../fixtures/people.ts';

interface Truth {
  readonly rows: number;
  readonly duplicates: readonly (readonly [number, number])[];
  readonly problems: readonly { readonly row: number; readonly kind: string }[];
}

const ON_DATE = '2026-11-22';
const KNOWN = VILLAGES.map((name, at) => ({ id: `v${at}`, name, oldNames: [] }));

/** In roster B the sex stands in two columns of marks, so that these two rows look like every other: nothing is left to see. */
const ERASED: Readonly<Record<string, readonly number[]>> = { a: [], b: [66, 287] };

function read(file: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/rosters/${file}`, import.meta.url));
}

function truthOf(name: string): Truth {
  return JSON.parse(Buffer.from(read(`roster-${name}.truth.json`)).toString()) as Truth;
}

function planOf(name: string, villages: typeof KNOWN, register: readonly RegisterChild[] = []): ImportPlan {
  const bytes = read(`roster-${name}.xlsx`);
  const plan = planImport({ bytes, fileName: `roster-${name}.xlsx`, villages, register, onDate: ON_DATE });
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
}

/** The register after a plan was carried out: ready rows only. */
function carriedOut(plan: ImportPlan): RegisterChild[] {
  return plan.rows.flatMap(({ row, verdict, child }) => {
    if (verdict !== 'ready' || !child) return [];
    const { name, sex, personalId } = child;
    const village = child.villageId ?? child.proposedVillage;
    const parents = { mother: child.motherName, father: child.fatherName };
    return [{ folder: `f${row}`, name, birth: child.birth.date, sex, ...parents, village, personalId }];
  });
}

const CASES = ['a', 'b'].flatMap((name) => [
  { name, villages: KNOWN, commune: 'with its villages' },
  { name, villages: [], commune: 'still empty' },
]);

describe.each(CASES)('roster $name in a commune $commune', ({ name, villages }) => {
  const truth = truthOf(name);
  const plan = planOf(name, villages);
  const json = { ...toJson(plan), ...toAccountJson(plan) };
  const planted = new Map(truth.problems.map(({ row, kind }) => [row, kind]));

  it('[IMP-4] accounts for every row once', () => {
    expect(json.rows).toBe(truth.rows);
    expect(json.filledRows).toBe(json.ready + json.already + json.duplicate + json.error + json.skipped.length);
    const rows = [...plan.rows.map(({ row }) => row), ...plan.skipped.map(({ row }) => row)];
    expect(new Set(rows).size).toBe(json.filledRows);
  });

  it('[IMP-5] says of every planted trouble what it is', () => {
    const missed = truth.problems.filter(
      ({ row, kind }) => !json.problems.some((found) => found.row === row && found.code === kind),
    );
    expect(missed.map(({ row }) => row)).toEqual(ERASED[name]);
  });

  it('[IMP-5] the two rows whose trouble was erased differ from their neighbours in nothing', () => {
    for (const row of ERASED[name] ?? []) {
      const cells = plan.rows.find((planned) => planned.row === row)?.cells.slice(3, 5);
      expect([JSON.stringify(['x', '']), JSON.stringify(['', 'x'])]).toContain(JSON.stringify(cells));
    }
  });

  it('[IMP-5] keeps out exactly the planted rows that cannot go in', () => {
    const fatal = ['noName', 'impossibleDate', 'future', 'over16', 'idShort'];
    const expected = truth.problems.filter(({ kind }) => fatal.includes(kind)).map(({ row }) => row);
    expect(json.verdicts.error).toEqual(expected.toSorted((a, b) => a - b).map((row) => ({ row })));
  });

  it('[IMP-5] raises no false alarm: a warning on another row is true of it', () => {
    const others = json.problems.filter(({ row, severity }) => severity !== 'info' && !planted.has(row));
    const duplicateRows = new Set(truth.duplicates.map(([, later]) => later));
    const unexplained = others.filter(({ row, code }) => {
      if (code === 'noId') return !duplicateRows.has(row);
      const birth = plan.rows.find((planned) => planned.row === row)?.child?.birth.date ?? '';
      return !(code === 'turned16' && birth >= '2010-01-01' && birth <= '2010-11-22');
    });
    expect(unexplained).toEqual([]);
  });

  it('[IMP-10] finds every planted pair and no other', () => {
    const pairs = json.duplicates.map(({ row, withRow }) => `${withRow} ${row}`);
    expect(new Set(pairs)).toEqual(new Set(truth.duplicates.map((pair) => pair.join(' '))));
    expect(pairs).toHaveLength(truth.duplicates.length);
    expect(json.verdicts.duplicate).toEqual(
      truth.duplicates.map(([, later]) => ({ row: later })).toSorted((a, b) => a.row - b.row),
    );
  });

  it('[IMP-11] proposes villages instead of inventing them', () => {
    const proposed = plan.proposedVillages.map((village) => village.name);
    expect(proposed.toSorted()).toEqual([...(villages.length > 0 ? [] : VILLAGES), 'Thôn Không Có'].toSorted());
  });

  it('[IMP-10] adds nothing the second time', () => {
    const second = planOf(name, villages, carriedOut(plan));
    const again = { ...toJson(second), ...toAccountJson(second) };
    expect({ ready: again.ready, error: again.error }).toEqual({ ready: 0, error: json.error });
    expect(again.already).toBeGreaterThanOrEqual(json.ready);
    expect(again.already + again.duplicate).toBe(json.ready + json.duplicate);
  });

  it('[IMP-9] keeps a text of 12,000 characters whole, and markup and formulas as plain text', () => {
    const notes = plan.rows.map(({ child }) => child?.notes ?? '');
    // twelve thousand as typed; the last one is a space
    expect(notes.filter((text) => text.length === 11_999)).toHaveLength(2);
    expect(notes.filter((text) => text === '<img src=x onerror=alert(1)>')).toHaveLength(2);
    expect(notes.filter((text) => text === '=HYPERLINK("http://x","y")')).toHaveLength(2);
  });
});

describe('both rosters one after the other', () => {
  it('[IMP-10] find hardly a child of the other: they are different children', () => {
    const first = planOf('a', KNOWN);
    const plan = planOf('b', KNOWN, carriedOut(first));
    expect(toAccountJson(plan).already).toBe(0);
    expect(toJson(plan).duplicates.filter(({ child }) => child !== undefined)).toEqual([]);
  });

  it('[IMP-5] says each sentence whole, in both languages', () => {
    for (const language of ['vi', 'en'] as const) {
      const plan = planOf('b', KNOWN);
      const { problems } = toJson(plan, language);
      for (const { message } of [...problems, ...toAccountJson(plan, language).skipped])
        expect(message).not.toMatch(/[{}–]|^$/u);
    }
  });
});
