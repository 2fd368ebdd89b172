import type { DatabaseSync } from 'node:sqlite';
import { failureOf } from './outage.ts';
import type { Writer } from './writer.ts';

/** Where the public directory is kept: the updates of its Yjs document, as they were admitted. */
export interface DirectoryStore {
  /** Returns the snapshot and what came after it, in order; empty for a new commune. */
  load(): Promise<readonly Uint8Array[]>;
  /** Appends one update; resolves when it is on disk. Rejects with an Outage. */
  append(update: { readonly atMs: number; readonly member: number; readonly bytes: Uint8Array }): Promise<void>;
  /** Replaces everything appended so far by `snapshot`, which must hold it all. */
  compact(snapshot: Uint8Array): Promise<void>;
}

/** Returns the directory's store over the Hub's database. */
export function createDirectoryStore(writer: Writer, reader: DatabaseSync): DirectoryStore {
  const snapshot = reader.prepare('SELECT bytes FROM directory_snapshot');
  const tail = reader.prepare('SELECT bytes FROM directory_updates ORDER BY id');
  const lastId = reader.prepare('SELECT coalesce(max(id), 0) AS id FROM directory_updates');
  return {
    async load() {
      try {
        return [...snapshot.all(), ...tail.all()].map((row) => row['bytes'] as Uint8Array);
      } catch (error) {
        throw failureOf(error);
      }
    },
    append: (update) => writer.write({ to: 'directory', change: { type: 'update', ...update } }),
    compact(bytes) {
      const uptoId = lastId.get()?.['id'] as number;
      return writer.write({ to: 'directory', change: { type: 'snapshot', uptoId, bytes } });
    },
  };
}
