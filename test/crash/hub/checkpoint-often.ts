/** Loaded into a Hub with `--import`: every commit is carried over to the database's file at once, so that a failpoint meets that too. */
import { DatabaseSync } from 'node:sqlite';

// oxlint-disable-next-line typescript/unbound-method -- called on its own object below
const { exec } = DatabaseSync.prototype;
const hurried = new WeakSet<DatabaseSync>();

DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  if (sql === 'BEGIN IMMEDIATE' && !hurried.has(this)) {
    hurried.add(this);
    exec.call(this, 'PRAGMA wal_autocheckpoint = 1');
  }
  exec.call(this, sql);
};
