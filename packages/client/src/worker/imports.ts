import type { Json } from '@chungtay/core/base/any';
import { must } from '@chungtay/core/base/assert';
import type { World } from '@chungtay/core/base/world';
import type { Row } from '@chungtay/core/derive/row-types';
import { makeFolderId } from '@chungtay/core/model/ids';
import { planImport } from '@chungtay/core/roster/plan';
import type { ImportPlan, PlannedRow } from '@chungtay/core/roster/plan-types';
import { editsOfChild } from '@chungtay/core/roster/to-edits';
import type { Replica } from '@chungtay/core/sync/replica';
import type { ImportAnswer, Places } from './engine-views.ts';
import type { Register } from './register.ts';

/** What a person decided about a plan. */
export interface ImportChoices {
  /** Proposed village → id of a village of the directory. Rows of others go in without a village. */
  readonly villages: Readonly<Record<string, string>>;
  /** Sheet rows that look like someone already there and go in all the same. */
  readonly include: readonly number[];
}

/** What came of it; every planned row is in exactly one count. */
export interface ImportOutcome {
  readonly written: number;
  readonly already: number;
  /** Kept in the drafts, with their reasons. */
  readonly kept: number;
}

/** One roster at a time: planned, looked at, written. Nothing is written before `commit`. */
export class Imports {
  #current: { readonly fileName: string; readonly plan: ImportPlan } | null = null;
  readonly #replica: Replica<Row>;
  readonly #register: Register;
  readonly #world: World;

  constructor(replica: Replica<Row>, register: Register, world: World) {
    this.#replica = replica;
    this.#register = register;
    this.#world = world;
  }

  /** Reads the file against the register as it is now. */
  plan(fileName: string, bytes: Uint8Array, places: Places, onDate: string): ImportAnswer {
    const register = [...this.#register.children()].map((row) => ({
      folder: row.folder,
      name: row.name ?? '',
      birth: row.birth,
      sex: row.sex,
      mother: row.motherName,
      father: row.fatherName,
      village: row.village,
      personalId: row.personalId,
    }));
    const plan = planImport({ bytes, fileName, villages: places.villages, register, onDate });
    this.#current = plan.ok ? { fileName, plan: plan.value } : null;
    return plan.ok ? { ok: true, plan: plan.value } : { ok: false, error: plan.error.code };
  }

  /**
   * Writes the rows that are ready, one durable group a child, and keeps the rest as a draft. Rejects with an Outage; what was written
   * until then stays, and planning the same file again finds it.
   */
  async commit(choices: ImportChoices): Promise<ImportOutcome> {
    const { fileName, plan } = must(this.#current, 'planned import');
    const included = new Set(choices.include);
    const kept: PlannedRow[] = [];
    let written = 0;
    let already = 0;
    for (const row of plan.rows) {
      if (row.verdict === 'already') already += 1;
      else if (await this.#write(row, fileName, choices, included)) written += 1;
      else kept.push(row);
    }
    if (kept.length > 0)
      await this.#replica.saveDraft(`import/${fileName}`, keptRows(fileName, plan, kept, this.#world.nowMs()));
    else await this.#replica.saveDraft(`import/${fileName}`, null);
    this.#current = null;
    return { written, already, kept: kept.length };
  }

  async #write(
    row: PlannedRow,
    fileName: string,
    choices: ImportChoices,
    included: ReadonlySet<number>,
  ): Promise<boolean> {
    const isWanted = row.verdict === 'ready' || (row.verdict === 'duplicate' && included.has(row.row));
    if (!isWanted || !row.child) return false;
    const { villageId, proposedVillage } = row.child;
    const village = villageId ?? (proposedVillage === null ? null : (choices.villages[proposedVillage] ?? null));
    const place = { folder: makeFolderId(this.#world), village, source: `${fileName}, dòng ${row.row}` };
    return (await this.#replica.edit(editsOfChild(row.child, place))).ok;
  }
}

function keptRows(fileName: string, plan: ImportPlan, rows: readonly PlannedRow[], nowMs: number): Json {
  return {
    fileName,
    keptAtMs: nowMs,
    columns: plan.columns.map((column) => column.header),
    rows: rows.map((row) => ({
      row: row.row,
      verdict: row.verdict,
      cells: [...row.cells],
      problems: row.problems.map(({ code, severity, params }) => ({ code, severity, params: { ...params } })),
      duplicates: plan.duplicates
        .filter((pair) => pair.row === row.row)
        .map(({ withRow, child, score, reasons }) => ({ withRow, child, score, reasons: [...reasons] })),
    })),
  };
}
