import type { DatabaseSync } from 'node:sqlite';
import type { DocumentId, FolderId } from '@chungtay/core/model/ids';
import { CHAIN_START } from '@chungtay/core/sync/audit';
import { DamagedRow } from '@chungtay/core/sync/ports';
import type { FeedImage, FeedStore } from '@chungtay/core/sync/ports';
import type { BodyCipher } from './body-cipher.ts';
import { createBodyReader } from './chapters.ts';
import { deviceOf, entryOf, headOf, invitationOf, memberOf, scopeOf, stateOf } from './feed-rows.ts';
import type { Row } from './feed-rows.ts';

/** The reading half of a FeedStore, synchronous. */
export type FeedReader = {
  readonly [Verb in Exclude<keyof FeedStore, 'commit' | 'close'>]: (
    ...ask: Parameters<FeedStore[Verb]>
  ) => Awaited<ReturnType<FeedStore[Verb]>>;
};

const NEWEST_OF = (table: string, key: string): string =>
  `SELECT t.* FROM ${table} t JOIN (SELECT ${key} AS k, max(seq) AS newest FROM ${table} GROUP BY ${key}) m
    ON t.${key} = m.k AND t.seq = m.newest ORDER BY t.${key}`;

const SQL = {
  hub: 'SELECT * FROM hub',
  last: 'SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1',
  heads: `SELECT ordinal, document, owner, owner_device, last_seq, last_at_ms, first_at_ms, first_skew_ms, number FROM documents
    ORDER BY ordinal`,
  scopes: NEWEST_OF('scopes', 'folder'),
  members: NEWEST_OF('members', 'member'),
  devices: 'SELECT * FROM devices ORDER BY device',
  invitations: 'SELECT * FROM invitations ORDER BY code_hash',
  numbers: 'SELECT series, last FROM numbers ORDER BY series',
  state: 'SELECT document, last_seq, state FROM documents WHERE document = ?',
  entries: 'SELECT * FROM entries WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
  documentEntries: `SELECT * FROM entries WHERE document = ? AND type = 'envelope' AND seq > ? ORDER BY seq LIMIT ?`,
  judged: 'SELECT hash, verdict FROM judged WHERE device = ? AND n = ?',
  stored: `SELECT * FROM entries WHERE device = ? AND n = ? AND type = 'envelope'`,
  writtenBy: `SELECT DISTINCT document FROM entries WHERE device = ? AND type = 'envelope' ORDER BY document`,
  scopesOf: 'SELECT * FROM scopes WHERE folder = ? ORDER BY seq',
  scopeAt: 'SELECT * FROM scopes WHERE folder = ? AND seq <= ? ORDER BY seq DESC LIMIT 1',
  scopeChanges: 'SELECT DISTINCT folder FROM scopes WHERE seq > ? AND seq <= ? ORDER BY folder',
  membersOf: 'SELECT * FROM members WHERE member = ? ORDER BY seq',
  memberAt: 'SELECT * FROM members WHERE member = ? AND seq <= ? ORDER BY seq DESC LIMIT 1',
  receipts: 'SELECT document, agency, at_ms FROM receipts WHERE document = ? ORDER BY agency',
} as const;

/** Returns the reading half of the store over a read-only connection. Damaged rows are an Outage, never served. */
export function createFeedReader(db: DatabaseSync, cipher: BodyCipher): FeedReader {
  const ask = Object.fromEntries(Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)])) as {
    readonly [Name in keyof typeof SQL]: ReturnType<DatabaseSync['prepare']>;
  };
  const bodyOf = createBodyReader(db, cipher);
  const one = <T>(row: Row | undefined, of: (row: Row) => T): T | null => (row ? of(row) : null);
  return {
    load: () => inOnePicture(db, () => loadImage(ask, cipher)),
    readStates(documents) {
      const rows = documents.map((document) => ask.state.get(document)).filter((row) => row !== undefined);
      return new Map(rows.map((row) => [row['document'] as DocumentId, stateOf(row, cipher)]));
    },
    readEntries: (...asked) => ask.entries.all(...asked).map((row) => entryOf(row, bodyOf)),
    readLines: (...asked) => ask.entries.all(...asked).map((row) => entryOf(row, (of) => bodyIfSound(of, bodyOf))),
    readDocumentEntries: (document, afterSeq, limit) =>
      ask.documentEntries.all(document, afterSeq, limit).map((row) => entryOf(row, bodyOf)),
    readJudged: (device, n) =>
      one(ask.judged.get(device, n), (row) => ({
        hash: row['hash'] as Uint8Array,
        verdict: cipher.open(`judged/${device}/${n}`, row['verdict'] as Uint8Array),
      })),
    readStored: (device, n) => one(ask.stored.get(device, n), (row) => entryOf(row, bodyOf)),
    readWrittenBy: (device) => ask.writtenBy.all(device).map((row) => row['document'] as DocumentId),
    readScopeAt: (folder, seq) => one(ask.scopeAt.get(folder, seq), (row) => scopeOf(row, cipher).scope),
    readScopesOf: (folder) => ask.scopesOf.all(folder).map((row) => scopeOf(row, cipher)),
    readScopeChanges: (afterSeq, upToSeq) =>
      ask.scopeChanges.all(afterSeq, upToSeq).map((row) => row['folder'] as FolderId),
    readMembersOf: (member) => ask.membersOf.all(member).map((row) => memberOf(row, cipher)),
    readMemberAt: (member, seq) => one(ask.memberAt.get(member, seq), (row) => memberOf(row, cipher)),
    readReceipts: (documents) =>
      documents
        .flatMap((document) => ask.receipts.all(document))
        .map((row) => ({
          document: row['document'] as DocumentId,
          agency: row['agency'] as string,
          atMs: row['at_ms'] as number,
        })),
  };
}

function bodyIfSound(row: Row, bodyOf: (row: Row) => Uint8Array): Uint8Array {
  try {
    return bodyOf(row);
  } catch (error) {
    if (error instanceof DamagedRow) return new Uint8Array(0);
    throw error;
  }
}

/** Whatever the writing thread commits meanwhile; inside the transaction of whoever has one. */
function inOnePicture<T>(db: DatabaseSync, read: () => T): T {
  db.exec('SAVEPOINT picture');
  try {
    return read();
  } finally {
    db.exec('RELEASE picture');
  }
}

function loadImage(
  ask: { readonly [Name in keyof typeof SQL]: ReturnType<DatabaseSync['prepare']> },
  cipher: BodyCipher,
): FeedImage {
  const hub = ask.hub.get() as Row;
  const last = ask.last.get();
  return {
    epoch: hub['epoch'] as number,
    nextClientId: hub['next_client_id'] as number,
    headSeq: (last?.['seq'] as number | undefined) ?? 0,
    headHash: (last?.['hash'] as Uint8Array | undefined) ?? CHAIN_START,
    documents: ask.heads.all().map(headOf),
    scopes: ask.scopes.all().map((row) => scopeOf(row, cipher)),
    members: ask.members.all().map((row) => memberOf(row, cipher)),
    devices: ask.devices.all().map((row) => deviceOf(row, cipher)),
    invitations: ask.invitations.all().map(invitationOf),
    numbers: ask.numbers.all().map((row) => ({ series: row['series'] as string, last: row['last'] as number })),
  };
}
