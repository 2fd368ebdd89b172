import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { assert } from '@chungtay/core/base/assert';
import type { FeedBatch } from '@chungtay/core/sync/ports';
import type { BodyCipher } from './body-cipher.ts';
import { sealJson } from './feed-rows.ts';

const SQL = {
  head: 'SELECT coalesce(max(seq), 0) AS seq FROM entries',
  entry:
    'INSERT INTO entries (seq, at_ms, type, document, member, device, n, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  document: `INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (ordinal) DO UPDATE SET owner = excluded.owner, owner_device = excluded.owner_device, last_seq = excluded.last_seq,
      last_at_ms = excluded.last_at_ms, number = excluded.number, state = excluded.state, first_at_ms = excluded.first_at_ms,
      first_skew_ms = excluded.first_skew_ms`,
  scope: 'INSERT OR REPLACE INTO scopes VALUES (?, ?, ?)',
  member: 'INSERT OR REPLACE INTO members VALUES (?, ?, ?, ?)',
  device: 'INSERT OR REPLACE INTO devices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  invitation: 'INSERT OR REPLACE INTO invitations VALUES (?, ?, ?, ?, ?, ?)',
  number: 'INSERT OR REPLACE INTO numbers VALUES (?, ?)',
  judged: 'INSERT INTO judged VALUES (?, ?, ?, ?)',
  receipt: `INSERT INTO receipts VALUES (?, ?, ?, ?)
    ON CONFLICT (document, agency) DO UPDATE SET seq = excluded.seq, at_ms = excluded.at_ms`,
  epoch: 'UPDATE hub SET epoch = ?',
  nextClientId: 'UPDATE hub SET next_client_id = ?',
} as const;

type Statements = { readonly [Name in keyof typeof SQL]: StatementSync };

/** Returns a function that writes one batch through `db`, sealing as it goes. It neither begins nor commits a transaction. */
export function createBatchWriter(db: DatabaseSync, cipher: BodyCipher): (batch: FeedBatch) => void {
  const run = Object.fromEntries(Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)])) as Statements;
  return (batch) => {
    writeFeed(run, cipher, batch);
    writePeople(run, cipher, batch);
    writeVerdicts(run, cipher, batch);
    for (const { series, last } of batch.numbers) run.number.run(series, last);
    if (batch.epoch !== null) run.epoch.run(batch.epoch);
    if (batch.nextClientId !== null) run.nextClientId.run(batch.nextClientId);
  };
}

function writeFeed(run: Statements, cipher: BodyCipher, batch: FeedBatch): void {
  let last = batch.entries.length > 0 ? Number(run.head.get()?.['seq']) : 0;
  for (const entry of batch.entries) {
    const { seq, atMs, type, document, member, device, n, hash } = entry;
    assert(seq === last + 1, 'an entry out of order');
    last = seq;
    run.entry.run(seq, atMs, type, document, member, device, n, hash, cipher.seal(`entry/${seq}`, entry.body));
  }
  for (const head of batch.documents) {
    const { document, ordinal, owner, ownerDevice, lastSeq, lastAtMs, firstAtMs, firstSkewMs, number } = head;
    const state = cipher.seal(`state/${document}/${lastSeq}`, head.state);
    const moments = [lastSeq, lastAtMs, number, state, firstAtMs, firstSkewMs] as const;
    run.document.run(ordinal, document, owner, ownerDevice, ...moments);
  }
  for (const { folder, seq, scope } of batch.scopes) {
    run.scope.run(folder, seq, sealJson(cipher, `scope/${folder}/${seq}`, scope));
  }
}

function writePeople(run: Statements, cipher: BodyCipher, batch: FeedBatch): void {
  for (const { member, seq, suspended, name, principal, title, proposed } of batch.members) {
    const who = { name, principal, title, proposed };
    run.member.run(member, seq, suspended ? 1 : 0, sealJson(cipher, `member/${member}/${seq}`, who));
  }
  for (const row of batch.devices) {
    const { device, member, signKey, sealKey, lastN, lastHash, lastContactMs } = row;
    const leases = JSON.stringify(row.leases);
    const { label, protocol, report, erasure } = row;
    const noted = { label, protocol, report, erasure };
    const hasNotes = Object.values(noted).some((one) => one !== undefined);
    const notes = hasNotes ? sealJson(cipher, `device/${device}`, noted) : new Uint8Array(0);
    const revoked = row.revoked ? 1 : 0;
    run.device.run(device, member, signKey, sealKey, leases, lastN, lastHash, revoked, lastContactMs, notes);
  }
  for (const { codeHash, member, expiresAtMs, usedAtMs, isReusable, by } of batch.invitations) {
    const orderedBy = by === undefined ? null : JSON.stringify(by);
    run.invitation.run(codeHash, member, expiresAtMs, usedAtMs, isReusable ? 1 : 0, orderedBy);
  }
}

function writeVerdicts(run: Statements, cipher: BodyCipher, batch: FeedBatch): void {
  for (const { device, n, hash, verdict } of batch.judged) {
    run.judged.run(device, n, hash, cipher.seal(`judged/${device}/${n}`, verdict));
  }
  for (const { document, agency, seq, atMs } of batch.receipts) run.receipt.run(document, agency, seq, atMs);
}
