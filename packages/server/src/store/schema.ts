import type { SchemaPlan } from './migrations.ts';

/** Marks the file as ours: "CTHB". */
export const APPLICATION_ID = 0x43544842;

const FEED = `
CREATE TABLE hub (
  lock INTEGER PRIMARY KEY CHECK (lock = 1),
  epoch INTEGER NOT NULL,
  next_client_id INTEGER NOT NULL
) STRICT;
CREATE TABLE entries (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  type TEXT NOT NULL,
  document TEXT,
  member INTEGER NOT NULL,
  device TEXT,
  n INTEGER NOT NULL,
  hash BLOB NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX entries_stored ON entries (device, n) WHERE type = 'envelope';
CREATE TABLE documents (
  ordinal INTEGER PRIMARY KEY,
  document TEXT NOT NULL UNIQUE,
  owner INTEGER NOT NULL,
  owner_device TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  number TEXT,
  state BLOB NOT NULL
) STRICT;
CREATE TABLE scopes (
  folder TEXT NOT NULL,
  seq INTEGER NOT NULL,
  scope BLOB NOT NULL,
  PRIMARY KEY (folder, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX scopes_changed ON scopes (seq);
CREATE TABLE members (
  member INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  suspended INTEGER NOT NULL,
  who BLOB NOT NULL,
  PRIMARY KEY (member, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE devices (
  device TEXT PRIMARY KEY,
  member INTEGER NOT NULL,
  sign_key BLOB NOT NULL,
  seal_key BLOB NOT NULL,
  leases TEXT NOT NULL,
  last_n INTEGER NOT NULL,
  last_hash BLOB NOT NULL,
  revoked INTEGER NOT NULL,
  last_contact_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE invitations (
  code_hash TEXT PRIMARY KEY,
  member INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER,
  reusable INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE numbers (series TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE judged (
  device TEXT NOT NULL,
  n INTEGER NOT NULL,
  hash BLOB NOT NULL,
  verdict BLOB NOT NULL,
  PRIMARY KEY (device, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE receipts (
  document TEXT NOT NULL,
  agency TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (document, agency)
) STRICT, WITHOUT ROWID;
INSERT INTO hub VALUES (1, 1, 1);
`;

const DIRECTORY = `
CREATE TABLE directory_updates (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  member INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE directory_snapshot (
  lock INTEGER PRIMARY KEY CHECK (lock = 1),
  bytes BLOB NOT NULL
) STRICT;
`;

/** When the first envelope of a document came; of the clocks of those that are here already nothing is known. */
const FIRST_RECEIPTS = `
ALTER TABLE documents ADD COLUMN first_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN first_skew_ms INTEGER NOT NULL DEFAULT 0;
UPDATE documents SET first_at_ms = first.at_ms
  FROM (SELECT document, at_ms, min(seq) FROM entries WHERE type = 'envelope' GROUP BY document) AS first
  WHERE first.document = documents.document;
`;

/** A document's own way through the entries, for its history. */
const HISTORY = `
CREATE INDEX entries_of_document ON entries (document, seq) WHERE type = 'envelope';
`;

/** The bodies of old entries, many in one block; in their rows they are empty. */
const CHAPTERS = `
CREATE TABLE chapters (
  first_seq INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  bodies BLOB NOT NULL
) STRICT;
`;

/** What the office calls a device and what it said last, sealed; who made an invitation. */
const OFFICE = `
ALTER TABLE devices ADD COLUMN notes BLOB NOT NULL DEFAULT x'';
ALTER TABLE invitations ADD COLUMN ordered_by TEXT;
`;

/**
 * The tables of the Hub. `fresh` is the newest form in one piece; `migrations` is how an older database gets there. A test compares
 * the two. Bodies, states, verdicts, names and scopes are sealed by the BodyCipher before they come here. Rule STO-3.
 */
export const HUB_SCHEMA: SchemaPlan = {
  fresh: FEED + DIRECTORY + FIRST_RECEIPTS + HISTORY + CHAPTERS + OFFICE,
  migrations: [
    { version: 1, minSafeVersion: 1, sql: FEED },
    { version: 2, minSafeVersion: 1, sql: DIRECTORY },
    { version: 3, minSafeVersion: 3, sql: FIRST_RECEIPTS },
    { version: 4, minSafeVersion: 3, sql: HISTORY },
    { version: 5, minSafeVersion: 5, sql: CHAPTERS },
    { version: 6, minSafeVersion: 6, sql: OFFICE },
  ],
};
