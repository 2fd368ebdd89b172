/** Changes how a Hub's database works without a switch in the program: for libraries that are loaded into it with `--import`. */
import { DatabaseSync } from 'node:sqlite';

/** From now on `pragma` is set on every connection of this process before its first write. */
export function setBeforeWrites(pragma: string): void {
  // oxlint-disable-next-line typescript/unbound-method -- called on its own object below
  const { exec } = DatabaseSync.prototype;
  const changed = new WeakSet<DatabaseSync>();
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
    if (sql === 'BEGIN IMMEDIATE' && !changed.has(this)) {
      changed.add(this);
      exec.call(this, `PRAGMA ${pragma}`);
    }
    exec.call(this, sql);
  };
}
