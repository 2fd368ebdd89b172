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

  it('[STO-3] documents of an older database get the time of their first envelope', () => {
    const db = new DatabaseSync(':memory:');
    const older = HUB_SCHEMA.migrations.slice(0, 2);
    migrate(db, { fresh: older.map(({ sql }) => sql).join(''), migrations: older });
    const entry = db.prepare(`INSERT INTO entries VALUES (?, ?, ?, ?, 3, 'D', ?, x'00', x'00')`);
    for (const [seq, type, document] of [
      [1, 'envelope', 'b'],
      [2, 'judged', 'a'],
      [3, 'envelope', 'a'],
      [4, 'number', 'a'],
      [5, 'envelope', 'a'],
    ] as const)
      entry.run(seq, 100 * seq, type, document, seq);
    for (const [ordinal, document] of [
      [1, 'b'],
      [2, 'a'],
    ] as const)
      db.prepare(`INSERT INTO documents VALUES (?, ?, 3, 'D', 5, 500, NULL, x'00')`).run(ordinal, document);
    migrate(db, HUB_SCHEMA);
    const rows = db.prepare('SELECT document, first_at_ms, first_skew_ms FROM documents ORDER BY ordinal').all();
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['b', 100, 0],
      ['a', 300, 0],
    ]);
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
