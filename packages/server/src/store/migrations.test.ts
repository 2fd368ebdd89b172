import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { DatabaseTooNew, migrate, readVersion } from './migrations.ts';
import type { SchemaPlan } from './migrations.ts';
import { HUB_SCHEMA } from './schema.ts';

function dump(db: DatabaseSync): unknown[] {
  return db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();
}

const SMALL: SchemaPlan = {
  fresh: 'CREATE TABLE a (x); CREATE TABLE b (y);',
  migrations: [
    { version: 1, minSafeVersion: 1, sql: 'CREATE TABLE a (x);' },
    { version: 2, minSafeVersion: 2, sql: 'CREATE TABLE b (y);' },
  ],
};

describe('migrations', () => {
  it('[STO-3] a fresh database and one brought up step by step are alike', () => {
    const fresh = new DatabaseSync(':memory:');
    migrate(fresh, HUB_SCHEMA);
    const stepwise = new DatabaseSync(':memory:');
    for (const step of HUB_SCHEMA.migrations) {
      const upToHere = HUB_SCHEMA.migrations.slice(0, step.version);
      migrate(stepwise, { fresh: HUB_SCHEMA.migrations[0]?.sql ?? '', migrations: upToHere });
      expect(readVersion(stepwise)?.version).toBe(step.version);
    }
    expect(dump(stepwise)).toEqual(dump(fresh));
    expect(stepwise.prepare('SELECT * FROM hub').all()).toEqual(fresh.prepare('SELECT * FROM hub').all());
  });

  it('[STO-3] a step that fails leaves the database as it was', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, { fresh: 'CREATE TABLE a (x);', migrations: SMALL.migrations.slice(0, 1) });
    const before = dump(db);
    const broken = { version: 2, minSafeVersion: 1, sql: 'CREATE TABLE c (z); CREATE TABLE a (x);' };
    expect(() => migrate(db, { fresh: '', migrations: [...SMALL.migrations.slice(0, 1), broken] })).toThrow(
      /already exists/u,
    );
    expect(dump(db)).toEqual(before);
    expect(readVersion(db)?.version).toBe(1);
  });

  it('[STO-3] an older program refuses a database that is unsafe for it, and opens one that is safe', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, SMALL);
    const older: SchemaPlan = { fresh: '', migrations: SMALL.migrations.slice(0, 1) };
    expect(() => migrate(db, older)).toThrow(DatabaseTooNew);
    db.exec('UPDATE schema_version SET min_safe_version = 1');
    expect(() => migrate(db, older)).not.toThrow();
    expect(readVersion(db)?.version).toBe(2);
  });
});
