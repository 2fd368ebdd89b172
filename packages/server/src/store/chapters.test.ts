import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { Outage } from '@chungtay/core/sync/ports';
import { describe, expect, it } from 'vitest';
import { createBodyCipher } from './body-cipher.ts';
import { CHAPTER, createChapterWriter } from './chapters.ts';
import { createFeedReader } from './feed-read.ts';
import { createBatchWriter } from './feed-write.ts';
import { openHubDatabase } from './hub-database.ts';
import { migrate } from './migrations.ts';
import { SAMPLE_DEVICE, SAMPLE_KEY, sampleBatch, sampleDocument, withFolder } from './samples.support.ts';
import { HUB_SCHEMA } from './schema.ts';

const cipher = createBodyCipher(SAMPLE_KEY);

/** A database with so many entries, its writer and its reader. */
function databaseOf(entries: number) {
  const db = new DatabaseSync(':memory:');
  migrate(db, HUB_SCHEMA);
  createBatchWriter(db, cipher)(sampleBatch(1, entries));
  const writer = createChapterWriter(db, cipher);
  const tidy = (): number => {
    let written = 0;
    for (let chapter = writer.next(); chapter; chapter = writer.next(), written += 1) writer.write(chapter);
    return written;
  };
  return { db, tidy, reader: createFeedReader(db, cipher) };
}

function bytesIn(db: DatabaseSync, table: string, column: string): number {
  return Number(db.prepare(`SELECT coalesce(sum(length(${column})), 0) AS bytes FROM ${table}`).get()?.['bytes']);
}

const TWO_CHAPTERS = CHAPTER.newest + 2 * CHAPTER.entries;

describe('old bodies', () => {
  it('[STO-7] lie together, cost less than half, and come out byte for byte by every way of asking', () => {
    const { db, tidy, reader } = databaseOf(TWO_CHAPTERS);
    const all = () => reader.readEntries(0, TWO_CHAPTERS, TWO_CHAPTERS);
    const before = all();
    const beforeBytes = bytesIn(db, 'entries', 'body');
    expect(tidy()).toBe(2);
    expect(all()).toEqual(before);
    expect(reader.readDocumentEntries(sampleDocument(7), 0, 1_000)).toEqual(
      before.filter(({ document }) => document === sampleDocument(7)),
    );
    for (const n of [1, 64, 65, 128, 129]) expect(reader.readStored(SAMPLE_DEVICE, n)).toEqual(before[n - 1]);
    const tidiedBytes = beforeBytes - bytesIn(db, 'entries', 'body');
    expect(tidiedBytes).toBeGreaterThan(2_000);
    expect(bytesIn(db, 'chapters', 'bodies')).toBeLessThan(tidiedBytes / 2);
  });

  it('[STO-7] the newest stay as they are, and nothing is written before there is enough', () => {
    const { db, tidy } = databaseOf(CHAPTER.newest + CHAPTER.entries - 1);
    expect(tidy()).toBe(0);
    createBatchWriter(db, cipher)(sampleBatch(CHAPTER.newest + CHAPTER.entries, 1));
    expect(tidy()).toBe(1);
    const alone = db.prepare('SELECT min(seq) AS first FROM entries WHERE length(body) > 0').get();
    expect(alone?.['first']).toBe(CHAPTER.entries + 1);
  });

  it('[STO-7] a block that was changed, moved or lost is an Outage, never another body', () => {
    const { db, tidy, reader } = databaseOf(TWO_CHAPTERS);
    tidy();
    const block = db.prepare('SELECT bodies FROM chapters WHERE first_seq = 1').get()?.['bodies'] as Uint8Array;
    const put = db.prepare('UPDATE chapters SET bodies = ? WHERE first_seq = ?');
    put.run(block, 65);
    expect(() => createFeedReader(db, cipher).readStored(SAMPLE_DEVICE, 70)).toThrow(Outage);
    put.run(
      block.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
      1,
    );
    expect(() => reader.readStored(SAMPLE_DEVICE, 3)).toThrow(Outage);
    db.exec('DELETE FROM chapters');
    expect(() => createFeedReader(db, cipher).readStored(SAMPLE_DEVICE, 3)).toThrow(Outage);
  });

  it('[STO-7] the writing thread puts them together beside its work, and the next program reads them', async () => {
    await withFolder(async (folder) => {
      const { feed, close } = await openHubDatabase(folder, SAMPLE_KEY);
      let seq = 1;
      const chapters = (): number => {
        const db = new DatabaseSync(`${folder}/feed.sqlite`, { readOnly: true });
        const { n } = db.prepare('SELECT count(*) AS n FROM chapters').get() as { n: number };
        db.close();
        return n;
      };
      await feed.commit(sampleBatch(seq, TWO_CHAPTERS));
      for (seq += TWO_CHAPTERS; chapters() < 2; seq += 1) await feed.commit(sampleBatch(seq, 1));
      await close();
      const next = await openHubDatabase(folder, SAMPLE_KEY);
      const entries = await next.feed.readEntries(0, seq, seq);
      expect(entries.map(({ body }) => Buffer.from(body).toString())).toEqual(
        Array.from({ length: seq - 1 }, (_, i) => `body of ${i + 1}`),
      );
      await next.close();
    });
  });

  it('[STO-7] a damaged old body holds up no new work', async () => {
    await withFolder(async (folder) => {
      const first = await openHubDatabase(folder, SAMPLE_KEY);
      await first.feed.commit(sampleBatch(1, CHAPTER.newest));
      await first.close();
      const db = new DatabaseSync(`${folder}/feed.sqlite`);
      db.prepare('UPDATE entries SET body = ? WHERE seq = 9').run(createHash('sha256').update('other').digest());
      db.close();
      const { feed, close, trouble } = await openHubDatabase(folder, SAMPLE_KEY);
      for (let i = 0; i < 100; i += 1) await feed.commit(sampleBatch(CHAPTER.newest + 1 + i, 1));
      expect(trouble()).toBeNull();
      await expect(feed.readStored(SAMPLE_DEVICE, 9)).rejects.toThrow(Outage);
      expect((await feed.readStored(SAMPLE_DEVICE, 10))?.n).toBe(10);
      await close();
    });
  });
});
