import { DatabaseSync } from 'node:sqlite';
import { assert } from '@chungtay/core/base/assert';
import { touchOwnerFile } from '../ops/owner-only.ts';
import { migrate } from './migrations.ts';
import { APPLICATION_ID, HUB_SCHEMA } from './schema.ts';

const BUSY_WAIT_MS = 2_000;

/**
 * Returns the one writing connection: WAL, synchronous FULL, tables at the newest version. What was asked for is read back, since SQLite
 * ignores a PRAGMA it cannot honour (a file system without shared memory stays out of WAL without an error). Rules STO-1, STO-3.
 */
export function openWriter(path: string): DatabaseSync {
  // SQLite gives -wal and -shm the permissions of the database file
  touchOwnerFile(path);
  const db = new DatabaseSync(path, { timeout: BUSY_WAIT_MS });
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON',
  );
  assert(
    pragmaOf(db, 'journal_mode') === 'wal',
    'the file system under the data directory cannot carry a WAL database',
  );
  assert(pragmaOf(db, 'synchronous') === 2, 'synchronous is FULL');
  claimFile(db);
  migrate(db, HUB_SCHEMA);
  return db;
}

/** Returns a connection that can only read. The file must exist. */
export function openReader(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_WAIT_MS });
  db.exec('PRAGMA query_only = ON');
  return db;
}

function pragmaOf(db: DatabaseSync, name: string): unknown {
  const row = db.prepare(`PRAGMA ${name}`).get();
  return row ? Object.values(row)[0] : undefined;
}

function claimFile(db: DatabaseSync): void {
  const id = pragmaOf(db, 'application_id');
  const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  assert(id === APPLICATION_ID || (id === 0 && isEmpty), 'the database file belongs to another program');
  if (isEmpty) db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
}
