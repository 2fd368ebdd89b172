import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { touchOwnerFile } from './owner-only.ts';

const SQLITE_BUSY = 5;

/** Another process works on the data directory; carries a sentence for the operator. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
}

/** The right to write into a data directory, until released or the process ends, however it ends. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Returns the lock of a data directory, or throws DirectoryInUse. It is a lock of the operating system on a file of its own, taken
 * through SQLite: a kill -9 leaves nothing behind to clean up, unlike a file with a process number in it. Rule STO-5.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const path = join(directory, 'lock.sqlite');
  touchOwnerFile(path);
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if ((error as { readonly errcode?: unknown }).errcode !== SQLITE_BUSY) throw error;
    throw new DirectoryInUse(`Another process is working on ${directory}. Stop it first: one Hub per data directory.`);
  }
  return { release: () => db.close() };
}
