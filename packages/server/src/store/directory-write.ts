import type { DatabaseSync } from 'node:sqlite';
import type { DirectoryChange } from './writer-messages.ts';

/** Returns a function that writes one change of the directory through `db`, within the caller's transaction. */
export function createDirectoryWriter(db: DatabaseSync): (change: DirectoryChange) => void {
  const append = db.prepare('INSERT INTO directory_updates (at_ms, member, bytes) VALUES (?, ?, ?)');
  const replace = db.prepare('INSERT OR REPLACE INTO directory_snapshot VALUES (1, ?)');
  const forget = db.prepare('DELETE FROM directory_updates WHERE id <= ?');
  return (change) => {
    if (change.type === 'update') {
      append.run(change.atMs, change.member, change.bytes);
      return;
    }
    replace.run(change.bytes);
    forget.run(change.uptoId);
  };
}
