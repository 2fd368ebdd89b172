import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openHub } from '@chungtay/server/jobs/open-hub';
import { createLog } from '@chungtay/server/ops/log';
import { readKeyFile } from '@chungtay/server/ops/secret';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Commune, newUlid } from '../wire/commune.ts';
import { DiskThief, copyOf, removeCopy } from './disk-thief.ts';

const WORDS_AT_LEAST = 200;
const SILENT = createLog(() => {}, Date.now);
const thief = new DiskThief();
let commune: Commune;
let keyFile: string;
const copies: string[] = [];

beforeAll(async () => {
  commune = await Commune.found();
  keyFile = `${commune.hub.dataDirectory}.key`;
  thief.looksForBytes(readKeyFile(keyFile), 'the secret');
  let taken = 0;
  while (taken < WORDS_AT_LEAST) taken += await thief.plant(commune.honest.lead, newUlid);
  for (let at = 0; at < 10; at += 1) {
    const name = thief.word();
    const { code } = await commune.office('invite', { name, role: 'nurse', villages: ['*'], schools: [] });
    thief.looksFor(String(code));
  }
}, 90_000);
afterAll(async () => {
  for (const copy of copies) removeCopy(copy);
  await commune.end();
});

function copied(): string {
  const copy = copyOf(commune.hub.dataDirectory);
  copies.push(copy);
  return copy;
}

/** Opens a copy with a key file, and counts the entries; throws in words. */
async function entriesWith(dataDirectory: string, withKeyFile: string): Promise<number> {
  const open = await openHub({ dataDirectory, keyFile: withKeyFile }, SILENT);
  try {
    const { entries, damages } = await open.verify();
    expect(damages).toEqual([]);
    return entries;
  } finally {
    await open.close();
  }
}

describe('a disk in the hands of a stranger', () => {
  it('[P15] of a Hub at work, its log and a copy taken meanwhile tell nothing', () => {
    expect(existsSync(join(commune.hub.dataDirectory, 'feed.sqlite-wal'))).toBe(true);
    expect(thief.words.length).toBeGreaterThan(WORDS_AT_LEAST);
    expect(thief.findUnder(commune.hub.dataDirectory)).toEqual([]);
    expect(thief.findUnder(copied())).toEqual([]);
    expect(thief.findIn(Buffer.from(commune.hub.log()))).toEqual([]);
  });

  it('[P15] a value left plain in a column would be found: in the database, and in its log before a checkpoint', () => {
    const copy = copied();
    const db = new DatabaseSync(join(copy, 'feed.sqlite'));
    const [left = '', utf16 = ''] = thief.words;
    db.prepare('UPDATE documents SET number = ? WHERE ordinal = 1').run(left);
    db.prepare('UPDATE documents SET state = ? WHERE ordinal = 2').run(Buffer.from(utf16, 'utf16le'));
    const found = thief.findUnder(copy);
    db.close();
    expect(new Set(found.map((line) => line.split(': ')[1]))).toEqual(new Set([left, utf16]));
    writeFileSync(join(copy, 'note.txt'), readKeyFile(keyFile));
    expect(thief.findUnder(copy)).toContain(`${join(copy, 'note.txt')}: the secret`);
  });

  it('[P15] what a killed Hub leaves tells nothing, and without its key, or with another, it does not start, in words', async () => {
    await commune.honest.lead.leave();
    await commune.hub.kill();
    expect(thief.findUnder(commune.hub.dataDirectory)).toEqual([]);
    const aside = `${keyFile}.aside`;
    renameSync(keyFile, aside);
    await expect(commune.hub.start()).rejects.toThrow('is not there. Without it the data directory cannot be read');
    writeFileSync(keyFile, `${'A'.repeat(43)}\n`);
    await expect(commune.hub.start()).rejects.toThrow('is not the one');
    expect(() => commune.hub.ct('verify')).toThrow('is not the one');
    renameSync(aside, keyFile);
    await commune.hub.start();
    await commune.honest.lead.connect();
    expect(await commune.work()).toBeGreaterThan(0);
  });
});

describe('another key', () => {
  it('[P15] [STO-9] is taken while people work; a copy from before opens with the key of then alone, and one from after with the new', async () => {
    const before = copied();
    const { fingerprint, isThrough } = await (async () => {
      const rotating = commune.office('rotateKey', {});
      for (let at = 0; at < 20; at += 1) await commune.work();
      return rotating;
    })();
    expect(isThrough).toBe(true);
    const old = readdirSync(dirname(keyFile)).find((name) => name.startsWith(`${basename(keyFile)}.old-`)) ?? '';
    const oldFile = join(dirname(keyFile), old);
    expect(old).not.toContain(String(fingerprint));
    const after = copied();
    expect(thief.findUnder(after)).toEqual([]);
    expect(await entriesWith(before, oldFile)).toBeGreaterThan(0);
    expect(await entriesWith(after, keyFile)).toBeGreaterThan(await entriesWith(before, oldFile));
    await expect(entriesWith(before, keyFile)).rejects.toThrow('is not the one');
    await expect(entriesWith(after, oldFile)).rejects.toThrow('is not the one');
    const { damages } = await commune.office('verify', {});
    expect(damages).toEqual([]);
  });

  it('[STO-9] is taken also when the Hub is killed at any moment meanwhile, and nothing is lost', async () => {
    const entries = Number((await commune.office('verify', {}))['entries']);
    for (const afterMs of [0, 3, 8, 15, 30]) {
      await commune.honest.lead.leave();
      const rotating = commune.office('rotateKey', {}).catch(() => null);
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      await commune.hub.kill();
      await rotating;
      await commune.hub.start();
      await commune.honest.lead.connect();
      await commune.work();
    }
    const { damages, entries: now } = await commune.office('verify', {});
    expect([damages, Number(now)]).toEqual([[], entries + 5]);
  }, 60_000);
});
