import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { FolderId, MemberNumber } from '@chungtay/core/model/ids';
import type { FeedBatch } from '@chungtay/core/sync/ports';
import { describe, expect, it } from 'vitest';
import { createBodyCipher } from './body-cipher.ts';
import { CHAPTER, createChapterWriter } from './chapters.ts';
import { openReader } from './database.ts';
import { createFeedReader } from './feed-read.ts';
import { createBatchWriter } from './feed-write.ts';
import { openHubDatabase } from './hub-database.ts';
import { migrate } from './migrations.ts';
import { SEALED_COLUMNS, createRenewal } from './renewal.ts';
import { SAMPLE_DEVICE, SAMPLE_KEY, sampleBatch, withFolder } from './samples.support.ts';
import { HUB_SCHEMA } from './schema.ts';

const NEXT_KEY: Uint8Array = createHash('sha256').update('the next sample key').digest();
const ENTRIES = CHAPTER.newest + 2 * CHAPTER.entries;

/** Bytes that are nobody's words: hashes, public keys; and the directory, which the Hub tells everybody. */
const NO_SECRET = [
  'entries.hash',
  'devices.sign_key',
  'devices.seal_key',
  'devices.last_hash',
  'judged.hash',
  'directory_updates.bytes',
  'directory_snapshot.bytes',
];

/** Some of everything that is sealed. */
function everything(): FeedBatch {
  const principal = {
    member: 3 as MemberNumber,
    role: 'lead' as const,
    villages: ['*'],
    schools: [],
    namedFor: [],
    untilMs: null,
  };
  return {
    ...sampleBatch(1, ENTRIES),
    scopes: [
      {
        folder: '01JTAB00000000000000000F01' as FolderId,
        seq: 1,
        scope: { villages: ['v1'], schools: [], team: [], assignees: [], grants: [] },
      },
    ],
    members: [{ member: 3 as MemberNumber, seq: 1, name: 'Lò Văn Pản', principal, suspended: false }],
    devices: [
      {
        device: SAMPLE_DEVICE,
        member: 3 as MemberNumber,
        signKey: new Uint8Array(32),
        sealKey: new Uint8Array(32),
        leases: [],
        lastN: 9,
        lastHash: new Uint8Array(32),
        revoked: false,
        lastContactMs: 0,
        label: 'Máy trạm y tế',
      },
    ],
    judged: [{ device: SAMPLE_DEVICE, n: 9, hash: new Uint8Array(32), verdict: Buffer.from('refused') }],
  };
}

/** Everything in a database as this key reads it; throws where it does not. */
function readAll(db: DatabaseSync, key: Uint8Array): unknown {
  const reader = createFeedReader(db, createBodyCipher(key));
  const image = reader.load();
  const states = reader.readStates(image.documents.map(({ document }) => document));
  const verdict = reader.readJudged(SAMPLE_DEVICE, 9);
  return { image, states, verdict, entries: reader.readEntries(0, ENTRIES * 2, ENTRIES * 2) };
}

function filled(): { readonly db: DatabaseSync; readonly truth: unknown } {
  const db = new DatabaseSync(':memory:');
  migrate(db, HUB_SCHEMA);
  const cipher = createBodyCipher(SAMPLE_KEY);
  createBatchWriter(db, cipher)(everything());
  const chapters = createChapterWriter(db, cipher);
  for (let chapter = chapters.next(); chapter; chapter = chapters.next()) chapters.write(chapter);
  return { db, truth: readAll(db, SAMPLE_KEY) };
}

describe('another key', () => {
  it('[STO-9] reaches every column of bytes but those that are nobody’s words', () => {
    const { db } = filled();
    const columns = db
      .prepare(
        `SELECT t.name || '.' || c.name AS at FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'BLOB' ORDER BY 1`,
      )
      .all()
      .map((row) => String(row['at']));
    const sealed = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(columns).toEqual([...sealed, ...NO_SECRET].toSorted());
  });

  it('[STO-9] opens everything, and the one before nothing; the log reads the same', () => {
    const { db, truth } = filled();
    const cipher = createBodyCipher(SAMPLE_KEY);
    cipher.adopt(NEXT_KEY);
    const renewal = createRenewal(db, cipher);
    while (renewal.step());
    expect(renewal.damaged()).toBe(0);
    expect(readAll(db, NEXT_KEY)).toEqual(truth);
    const old = createBodyCipher(SAMPLE_KEY);
    for (const { table, column, labelOf } of SEALED_COLUMNS) {
      const rows = db.prepare(`SELECT * FROM ${table} WHERE length(${column}) > 0`).all();
      expect([table, rows.length > 0]).toEqual([table, true]);
      for (const row of rows) expect(() => old.open(labelOf(row), row[column] as Uint8Array)).toThrow('damaged');
    }
  });

  it('[STO-9] broken off anywhere it is readable under both, and begun again it ends', () => {
    for (const steps of [0, 1, 5, 17, 20]) {
      const { db, truth } = filled();
      const broken = createRenewal(db, createBodyCipher(NEXT_KEY, SAMPLE_KEY));
      for (let step = 0; step < steps; step += 1) broken.step();
      expect(readBoth(db)).toEqual(truth);
      const again = createRenewal(db, createBodyCipher(NEXT_KEY, SAMPLE_KEY));
      while (again.step());
      expect(readAll(db, NEXT_KEY)).toEqual(truth);
    }
  });

  it('[STO-9] a damaged row is passed over, and the rest goes on', () => {
    const { db } = filled();
    db.exec(`UPDATE entries SET body = zeroblob(60) WHERE seq = ${ENTRIES}`);
    const renewal = createRenewal(db, createBodyCipher(NEXT_KEY, SAMPLE_KEY));
    while (renewal.step());
    expect(renewal.damaged()).toBe(1);
    expect(createFeedReader(db, createBodyCipher(NEXT_KEY)).readEntries(ENTRIES - 2, ENTRIES - 1, 1)).toHaveLength(1);
  });

  it('[STO-9] is taken while work goes on', () =>
    withFolder(async (folder) => {
      const { path, feed, renew, close } = await openHubDatabase(folder, SAMPLE_KEY);
      await feed.commit(everything());
      const through = renew(NEXT_KEY);
      let seq = ENTRIES;
      for (let round = 0; round < 20; round += 1, seq += 10) await feed.commit(sampleBatch(seq + 1, 10));
      await through;
      expect(await feed.readEntries(0, seq, seq)).toHaveLength(seq);
      await close();
      const db = openReader(path);
      const reader = createFeedReader(db, createBodyCipher(NEXT_KEY));
      expect(reader.readEntries(0, seq, seq)).toHaveLength(seq);
      expect(() => createFeedReader(db, createBodyCipher(SAMPLE_KEY)).readEntries(seq - 1, seq, 1)).toThrow('damaged');
      db.close();
    }));
});

function readBoth(db: DatabaseSync): unknown {
  const reader = createFeedReader(db, createBodyCipher(NEXT_KEY, SAMPLE_KEY));
  const image = reader.load();
  const states = reader.readStates(image.documents.map(({ document }) => document));
  const verdict = reader.readJudged(SAMPLE_DEVICE, 9);
  return { image, states, verdict, entries: reader.readEntries(0, ENTRIES * 2, ENTRIES * 2) };
}
