import type { DatabaseSync } from 'node:sqlite';
import { assert } from '@chungtay/core/base/assert';

/** One numbered step. `minSafeVersion` = the oldest program that may still open a database on which this step ran. */
export interface Migration {
  readonly version: number;
  readonly minSafeVersion: number;
  readonly sql: string;
}

/** A schema as its newest form and as the steps that lead there; both must end alike. */
export interface SchemaPlan {
  readonly fresh: string;
  readonly migrations: readonly Migration[];
}

/** The database was written by a program newer than this one is safe beside; carries a sentence for the operator. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';
}

const VERSION_TABLE = `CREATE TABLE schema_version (
  lock INTEGER PRIMARY KEY CHECK (lock = 1),
  version INTEGER NOT NULL,
  min_safe_version INTEGER NOT NULL
) STRICT`;

/**
 * Brings a database to the newest version of `plan`: an empty one by the fresh form, an older one step by step, each step in one
 * transaction. Leaves a newer one alone when that is declared safe; throws DatabaseTooNew otherwise. Rule STO-3.
 */
export function migrate(db: DatabaseSync, plan: SchemaPlan): void {
  plan.migrations.forEach((step, i) => assert(step.version === i + 1, 'migrations are numbered 1, 2, 3 …'));
  const newest = plan.migrations.at(-1);
  assert(newest, 'a schema has at least one migration');
  const at = readVersion(db);
  if (at === null) {
    runStep(db, `${VERSION_TABLE}; ${plan.fresh}`, newest);
    return;
  }
  if (at.version > newest.version && at.minSafeVersion > newest.version) {
    throw new DatabaseTooNew(
      `The data directory was written by a newer program (tables ${at.version}, this program knows ${newest.version}). Install that version or restore a backup made before the upgrade.`,
    );
  }
  for (const step of plan.migrations) if (step.version > at.version) runStep(db, step.sql, step);
}

/** Returns the version a database is at, or null when it is empty. */
export function readVersion(db: DatabaseSync): { readonly version: number; readonly minSafeVersion: number } | null {
  const known = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'schema_version'`).get();
  if (!known) return null;
  const row = db.prepare('SELECT version, min_safe_version FROM schema_version').get();
  assert(row, 'the version table has its row');
  return { version: Number(row['version']), minSafeVersion: Number(row['min_safe_version']) };
}

function runStep(db: DatabaseSync, sql: string, step: Migration): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(sql);
    db.prepare('INSERT OR REPLACE INTO schema_version VALUES (1, ?, ?)').run(step.version, step.minSafeVersion);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
