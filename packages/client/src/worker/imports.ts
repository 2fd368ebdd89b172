import type { Json } from '@chungtay/core/base/any';
import { must } from '@chungtay/core/base/assert';
import type { World } from '@chungtay/core/base/world';
import type { Row } from '@chungtay/core/derive/row-types';
import { makeFolderId } from '@chungtay/core/model/ids';
import { planImport } from '@chungtay/core/roster/plan';
import { placeKey } from '@chungtay/core/roster/plan-types';
import type { ImportPlan, PlannedRow } from '@chungtay/core/roster/plan-types';
import { editsOfChild, sourceOf } from '@chungtay/core/roster/to-edits';
import type { Replica } from '@chungtay/core/sync/replica';
import type { ImportAnswer, Places } from './engine-views.ts';
import type { Register } from './register.ts';

/** What a person decided about a plan. */
export interface ImportChoices {
  /** Proposed village → id of a village of the directory. Rows of others go in without a village. */
  readonly villages: Readonly<Record<string, string>>;
  /** Rows, by `placeKey`, that look like someone already there and go in all the same. */
  readonly include: readonly string[];
}

/** A file to read; `sheetNames` only when a person chose among its sheets. */
export interface ImportFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly sheetNames?: readonly string[];
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
  plan(file: ImportFile, places: Places, onDate: string): ImportAnswer {
    const { fileName } = file;
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
    const plan = planImport({ ...file, villages: places.villages, register, onDate });
    this.#current = plan.ok ? { fileName, plan: plan.value } : null;
    return plan.ok ? { ok: true, plan: plan.value } : { ok: false, error: plan.error.code };
  }

  /**
   * Writes the rows that are ready, one durable group a child, and keeps the rest as a draft. Rejects with an Outage; what was written
   * until then stays, and planning the same file again finds it.
   */
  async commit(choices: ImportChoices): Promise<ImportOutcome> {
    const { fileName, plan } = must(this.#current, 'planned import');
    const hasSheets = plan.sheets.length > 1;
    const kept: PlannedRow[] = [];
    let written = 0;
    let already = 0;
    for (const row of plan.rows) {
      if (row.verdict === 'already') already += 1;
      else if (await this.#write(row, sourceOf(row, fileName, hasSheets), choices)) written += 1;
      else kept.push(row);
    }
    await this.#keep(fileName, plan, kept);
    this.#current = null;
    return { written, already, kept: kept.length };
  }

  /** One draft a sheet, since each has columns of its own; a sheet of which nothing is left to look at loses its former draft. */
  async #keep(fileName: string, plan: ImportPlan, kept: readonly PlannedRow[]): Promise<void> {
    for (const { name, columns } of plan.sheets) {
      const title = plan.sheets.length > 1 ? `${fileName} · ${name}` : fileName;
      const rows = kept.filter(({ sheet }) => sheet === name);
      const headers = columns.map(({ header }) => header);
      const draft = { fileName: title, keptAtMs: this.#world.nowMs(), columns: headers, rows: keptRows(plan, rows) };
      await this.#replica.saveDraft(`import/${title}`, rows.length > 0 ? draft : null);
    }
  }

  async #write(row: PlannedRow, source: string, choices: ImportChoices): Promise<boolean> {
    const isWanted =
      row.verdict === 'ready' || (row.verdict === 'duplicate' && choices.include.includes(placeKey(row)));
    if (!isWanted || !row.child) return false;
    const { villageId, proposedVillage } = row.child;
    const village = villageId ?? (proposedVillage === null ? null : (choices.villages[proposedVillage] ?? null));
    const place = { folder: makeFolderId(this.#world), village, source };
    return (await this.#replica.edit(editsOfChild(row.child, place))).ok;
  }
}

function keptRows(plan: ImportPlan, rows: readonly PlannedRow[]): Json[] {
  const pairs = Map.groupBy(plan.duplicates, placeKey);
  return rows.map((row) => ({
    row: row.row,
    verdict: row.verdict,
    cells: [...row.cells],
    problems: row.problems.map(({ code, severity, params }) => ({ code, severity, params: { ...params } })),
    duplicates: (pairs.get(placeKey(row)) ?? []).map(({ withRow, child, score, reasons }) => ({
      withRow: withRow?.row ?? null,
      child,
      score,
      reasons: [...reasons],
    })),
  }));
}
