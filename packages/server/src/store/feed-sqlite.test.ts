import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { Fault } from '@chungtay/core/base/assert';
import { Outage } from '@chungtay/core/sync/ports';
import { describe, expect, it } from 'vitest';
import { openHubDatabase } from './hub-database.ts';
import { failureOf } from './outage.ts';
import { EMPTY_BATCH, SAMPLE_DEVICE, SAMPLE_KEY, sampleBatch, sampleDocument, withFolder } from './samples.support.ts';

const COMMITTER = fileURLToPath(new URL('committer.support.ts', import.meta.url));

/** Runs the committer until it has said `acks` lines, kills it, and returns the highest seq it acknowledged. */
function commitAndKill(folder: string, acks: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', COMMITTER, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complaint = '';
    child.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()));
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.split('\n').length > acks) child.kill('SIGKILL');
    });
    child.once('exit', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(complaint));
      else resolve(Math.max(...said.split('\n').slice(0, -1).map(Number)));
    });
  });
}

/** Runs the committer where no file may grow beyond half a megabyte; returns the highest seq it acknowledged, and its last words. */
function commitUntilRefused(folder: string): Promise<{ readonly acknowledged: number; readonly words: string }> {
  const limited = ['-c', 'ulimit -f 1024; exec "$0" --no-warnings "$@"', process.execPath, COMMITTER, folder];
  const child = spawn('sh', limited, { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve) => {
    let said = '';
    let words = '';
    child.stderr.on('data', (bytes: Buffer) => (words += bytes.toString()));
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.once('close', () => resolve({ acknowledged: Math.max(...said.split('\n').slice(0, -1).map(Number)), words }));
  });
}

describe('the Feed on SQLite', () => {
  it('[STO-1] kill -9 during commits, twenty times, loses nothing acknowledged and leaves no part of a batch', async () => {
    await withFolder(async (folder) => {
      let kills = 0;
      for (let i = 0; i < 20; i += 1) {
        const acknowledged = await commitAndKill(folder, 5 + i * 7);
        kills += 1;
        const { feed, close } = await openHubDatabase(folder, SAMPLE_KEY);
        const [{ headSeq }, entries] = [
          await feed.load(),
          await feed.readEntries(0, Number.MAX_SAFE_INTEGER, 1_000_000),
        ];
        expect(headSeq).toBeGreaterThanOrEqual(acknowledged);
        expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: headSeq }, (_, at) => at + 1));
        await close();
      }
      expect(kills).toBe(20);
    });
  }, 120_000);

  it.skipIf(process.platform === 'win32')(
    '[STO-4] a disk that fails a write: no acknowledgement, an Outage, and all that was acknowledged is there',
    async () => {
      await withFolder(async (folder) => {
        const { acknowledged, words } = await commitUntilRefused(folder);
        expect(words).toContain('storage-lost');
        expect(acknowledged).toBeGreaterThan(20);
        const { feed, close } = await openHubDatabase(folder, SAMPLE_KEY);
        const { headSeq } = await feed.load();
        expect(headSeq).toBeGreaterThanOrEqual(acknowledged);
        expect(await feed.readEntries(0, headSeq, headSeq)).toHaveLength(headSeq);
        await feed.commit(sampleBatch(headSeq + 1, 1));
        await close();
      });
    },
  );

  it('[STO-2] commits that wait together reach the disk together, and each is told', async () => {
    await withFolder(async (folder) => {
      const { feed, close } = await openHubDatabase(folder, SAMPLE_KEY);
      await Promise.all(Array.from({ length: 200 }, (_, i) => feed.commit(sampleBatch(i + 1, 1))));
      expect((await feed.load()).headSeq).toBe(200);
      await close();
    });
  });

  it('[STO-2] a commit that fails leaves nothing of its batch, and the next one goes through', async () => {
    await withFolder(async (folder) => {
      const { feed, close } = await openHubDatabase(folder, SAMPLE_KEY);
      const hash = new Uint8Array(32);
      const judged = [{ device: SAMPLE_DEVICE, n: 1, hash, verdict: hash }];
      await feed.commit({ ...EMPTY_BATCH, judged });
      await expect(feed.commit({ ...sampleBatch(1, 2), judged })).rejects.toBeInstanceOf(Fault);
      expect(await feed.readEntries(0, 10, 10)).toEqual([]);
      expect((await feed.readStates([sampleDocument(1)])).size).toBe(0);
      await expect(feed.commit(sampleBatch(2, 1))).rejects.toThrow('an entry out of order');
      await feed.commit(sampleBatch(1, 2));
      expect((await feed.load()).headSeq).toBe(2);
      await close();
    });
  });

  it('[STO-4] another program holding the database is an Outage, and the same batch goes through once it is free', async () => {
    await withFolder(async (folder) => {
      const { feed, close } = await openHubDatabase(folder, SAMPLE_KEY);
      const other = new DatabaseSync(join(folder, 'feed.sqlite'));
      other.exec('BEGIN IMMEDIATE');
      const failure: unknown = await feed.commit(sampleBatch(1, 1)).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Outage);
      expect((failure as Outage).kind).toBe('busy');
      other.exec('ROLLBACK');
      other.close();
      await feed.commit(sampleBatch(1, 1));
      expect((await feed.load()).headSeq).toBe(1);
      await close();
    });
  });

  it.each([
    ['disk full', 13, 'storage-full'],
    ['locked', 5, 'busy'],
    ['locked by a snapshot', 517, 'busy'],
    ['I/O error on fsync', 1_034, 'storage-lost'],
    ['read-only file system', 8, 'storage-lost'],
    ['damaged page', 11, 'storage-lost'],
  ])('[STO-4] %s is an Outage', (_name, errcode, kind) => {
    const failure = failureOf(Object.assign(new Error('x'), { errcode }));
    expect(failure).toBeInstanceOf(Outage);
    expect((failure as Outage).kind).toBe(kind);
  });

  it('[STO-4] a real full database rejects with storage-full', async () => {
    await withFolder(async (folder) => {
      const db = new DatabaseSync(join(folder, 'small.sqlite'));
      db.exec('CREATE TABLE t (b BLOB); PRAGMA max_page_count = 4');
      const fill = (): unknown => {
        try {
          return db.prepare('INSERT INTO t VALUES (zeroblob(100000))').run();
        } catch (error) {
          return failureOf(error);
        }
      };
      expect(fill()).toMatchObject({ kind: 'storage-full' });
      db.close();
      await Promise.resolve();
    });
  });

  it('[STO-6] nothing of a body, a state or a name is readable in the files, and another key opens nothing', async () => {
    await withFolder(async (folder) => {
      const { feed, close } = await openHubDatabase(folder, SAMPLE_KEY);
      await feed.commit(sampleBatch(1, 3));
      const files = readdirSync(folder);
      expect(files).toContain('feed.sqlite-wal');
      for (const file of files) {
        const text = readFileSync(join(folder, file)).toString('latin1');
        expect(text).not.toContain('body of');
        expect(text).not.toContain('state at');
        expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
      }
      await close();
      const stranger = await openHubDatabase(folder, createHash('sha256').update('another').digest());
      await expect(stranger.feed.readEntries(0, 10, 10)).rejects.toMatchObject({ kind: 'storage-lost' });
      await stranger.close();
    });
  });

  it('[STO-6] a body moved to another row is not served', async () => {
    await withFolder(async (folder) => {
      const { feed, close } = await openHubDatabase(folder, SAMPLE_KEY);
      await feed.commit(sampleBatch(1, 3));
      const other = new DatabaseSync(join(folder, 'feed.sqlite'));
      other.exec('UPDATE entries SET body = (SELECT body FROM entries WHERE seq = 3) WHERE seq = 2');
      other.close();
      await expect(feed.readEntries(1, 2, 1)).rejects.toMatchObject({ kind: 'storage-lost' });
      expect(await feed.readEntries(2, 3, 1)).toHaveLength(1);
      await close();
    });
  });
});
