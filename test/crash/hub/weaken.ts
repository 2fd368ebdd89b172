/**
 * Loaded into a Hub with `--import`, as a control: its writes are no longer synced at each commit. If nothing is lost with this, the
 * power cut cuts nothing. The program itself has no such switch.
 */
import { DatabaseSync } from 'node:sqlite';

// oxlint-disable-next-line typescript/unbound-method -- called on its own object below
const { exec } = DatabaseSync.prototype;
const weakened = new WeakSet<DatabaseSync>();

DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  if (sql === 'BEGIN IMMEDIATE' && !weakened.has(this)) {
    weakened.add(this);
    exec.call(this, 'PRAGMA synchronous = NORMAL');
  }
  exec.call(this, sql);
};
