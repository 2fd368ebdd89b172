import type { DatabaseSync } from 'node:sqlite';
import type { FeedStore } from '@chungtay/core/sync/ports';
import type { VerifiedStore } from '@chungtay/core/sync/verify';
import type { BodyCipher } from './body-cipher.ts';
import { createFeedReader } from './feed-read.ts';
import { failureOf } from './outage.ts';
import type { Writer } from './writer.ts';

/**
 * The Feed on SQLite: the embedded default. A commit is on disk before it resolves (WAL, synchronous FULL) and visible to every read
 * after that. Rules STO-1, STO-2, STO-4.
 */
export function createFeedStore(
  writer: Writer,
  connection: DatabaseSync,
  cipher: BodyCipher,
  close: () => Promise<void>,
): FeedStore {
  const reader = createFeedReader(connection, cipher);
  return {
    commit: (batch) => writer.write({ to: 'feed', batch }),
    load: async () => orFailure(reader.load),
    readStates: async (documents) => orFailure(() => reader.readStates(documents)),
    readEntries: async (afterSeq, upToSeq, limit) => orFailure(() => reader.readEntries(afterSeq, upToSeq, limit)),
    readLines: async (afterSeq, upToSeq, limit) => orFailure(() => reader.readLines(afterSeq, upToSeq, limit)),
    readDocumentEntries: async (document, afterSeq, limit) =>
      orFailure(() => reader.readDocumentEntries(document, afterSeq, limit)),
    readJudged: async (device, n) => orFailure(() => reader.readJudged(device, n)),
    readStored: async (device, n) => orFailure(() => reader.readStored(device, n)),
    readWrittenBy: async (device) => orFailure(() => reader.readWrittenBy(device)),
    readScopesOf: async (folder) => orFailure(() => reader.readScopesOf(folder)),
    readMembersOf: async (member) => orFailure(() => reader.readMembersOf(member)),
    readScopeAt: async (folder, seq) => orFailure(() => reader.readScopeAt(folder, seq)),
    readScopeChanges: async (afterSeq, upToSeq) => orFailure(() => reader.readScopeChanges(afterSeq, upToSeq)),
    readMemberAt: async (member, seq) => orFailure(() => reader.readMemberAt(member, seq)),
    readReceipts: async (documents) => orFailure(() => reader.readReceipts(documents)),
    close,
  };
}

/** The Feed as verification reads it, over any connection to its database. Rejects with an Outage or a Fault. Rule STO-4. */
export function createVerifiedStore(connection: DatabaseSync, cipher: BodyCipher): VerifiedStore {
  const reader = createFeedReader(connection, cipher);
  return {
    load: async () => orFailure(reader.load),
    readEntries: async (...ask) => orFailure(() => reader.readEntries(...ask)),
    readStates: async (...ask) => orFailure(() => reader.readStates(...ask)),
    readMembersOf: async (...ask) => orFailure(() => reader.readMembersOf(...ask)),
    readScopesOf: async (...ask) => orFailure(() => reader.readScopesOf(...ask)),
    readJudged: async (...ask) => orFailure(() => reader.readJudged(...ask)),
  };
}

function orFailure<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw failureOf(error);
  }
}
