import { join } from 'node:path';
import type { FeedStore, OutageKind } from '@chungtay/core/sync/ports';
import { createBodyCipher } from './body-cipher.ts';
import { openReader } from './database.ts';
import { createDirectoryStore } from './directory-sqlite.ts';
import type { DirectoryStore } from './directory-sqlite.ts';
import { createFeedStore } from './feed-sqlite.ts';
import { startWriter } from './writer.ts';

/** Everything a Hub keeps in its database. */
export interface HubDatabase {
  /** The database file. */
  readonly path: string;
  readonly feed: FeedStore;
  readonly directory: DirectoryStore;
  /** Returns why the last write was not taken, null when it was; see Writer. */
  readonly trouble: () => OutageKind | null;
  /**
   * Seals under `bodyKey` from now on, and reads both; resolves once nothing lies under another key. Rejects when the database is closed
   * before: begun again, it goes on where it was. Rule STO-9.
   */
  readonly renew: (bodyKey: Uint8Array) => Promise<void>;
  /** Writes what waits and closes the files. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the database of a data directory, made if there is none: one writing thread, one read-only connection here. Reading here costs
 * less than the way to another thread (20 µs a state); only an fsync is slow enough to deserve one. The caller holds the directory's lock.
 * Of the keys the newest comes first; there are others only while a rotation is not through.
 */
export async function openHubDatabase(directory: string, ...bodyKeys: readonly Uint8Array[]): Promise<HubDatabase> {
  const path = join(directory, 'feed.sqlite');
  const writer = await startWriter({ path, bodyKeys });
  const reader = openReader(path);
  const close = closeOnce(async () => {
    reader.close();
    await writer.close();
  });
  const cipher = createBodyCipher(...bodyKeys);
  return {
    path,
    feed: createFeedStore(writer, reader, cipher, close),
    directory: createDirectoryStore(writer, reader),
    trouble: () => writer.trouble(),
    renew(bodyKey) {
      // whatever the writer seals under it must be readable at once
      cipher.adopt(bodyKey);
      return writer.renew(bodyKey);
    },
    close,
  };
}

function closeOnce(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | null = null;
  return () => (closing ??= close());
}
