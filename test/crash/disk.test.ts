import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NODE } from '../../packages/server/bin/ensure.mjs';
import { seededRandom } from '../fixtures/world.ts';
import { CutDisk } from './disk.ts';

let home = '';
let disk: CutDisk;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ct-disk-'));
  mkdirSync(join(home, 'files'));
  disk = new CutDisk(join(home, 'files'), 'torn');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Runs a program on the watched folder; its last words are its own. */
function run(program: string): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(NODE, ['-e', `const fs = require('node:fs');\n${program}`], {
    cwd: disk.folder,
    env: { ...process.env, ...disk.env, NODE_NO_WARNINGS: '1' },
    encoding: 'utf8',
  });
  return { code: status, said: `${stdout}${stderr}`.trim() };
}

/** Returns what a file holds after the cuts of many seeds: a drawn one proves nothing alone. */
function leftOf(name: string, program: string): ReadonlySet<string | null> {
  const left = new Set<string | null>();
  for (let seed = 1; seed <= 8; seed += 1) {
    for (const each of ['a', 'b']) rmSync(join(disk.folder, each), { force: true });
    disk.settle();
    expect(run(program)).toEqual({ code: 0, said: '' });
    disk.cutPower(seededRandom(seed));
    left.add(existsSync(join(disk.folder, name)) ? readFileSync(join(disk.folder, name), 'utf8') : null);
  }
  return left;
}

const WRITE = (name: string, text: string): string =>
  `{ const f = fs.openSync('${name}', 'w'); fs.writeSync(f, '${text}'); fs.fsyncSync(f); fs.closeSync(f); }`;

describe('the disk whose power can be cut', () => {
  it('keeps what was synced', () => {
    expect(leftOf('a', WRITE('a', 'durable'))).toEqual(new Set(['durable']));
  });

  it('forgets a file that nobody synced in most cuts, and never invents words for it', () => {
    const left = new Set<string>();
    for (let seed = 1; seed <= 12; seed += 1) {
      disk.settle();
      run(`fs.writeFileSync('a', 'volatile')`);
      disk.cutPower(seededRandom(seed));
      left.add(existsSync(join(disk.folder, 'a')) ? readFileSync(join(disk.folder, 'a'), 'latin1') : 'gone');
      rmSync(join(disk.folder, 'a'), { force: true });
    }
    expect(left).toContain('gone');
    for (const text of left) expect('volatile'.startsWith(text.replaceAll('\0', '')) || text === 'gone').toBe(true);
  });

  it('takes back pages that were written over, a cut end and a new end', () => {
    const whole = (letter: string): string => letter.repeat(12_288);
    const seen = new Set<string>();
    for (let seed = 1; seed <= 16; seed += 1) {
      disk.settle();
      run(`${WRITE('a', whole('o'))} const f = fs.openSync('a', 'r+'); fs.writeSync(f, '${whole('n')}', 0);
        fs.ftruncateSync(f, 5000); fs.writeSync(f, 'x'.repeat(20000), 5000);`);
      const { pages } = disk.cutPower(seededRandom(seed));
      const text = readFileSync(join(disk.folder, 'a'), 'latin1');
      seen.add(`${text.length} ${text[0]}${text[4_096]}${text[8_192]}`);
      expect(pages).toBeGreaterThanOrEqual(0);
      expect(text.slice(0, 4_096)).toMatch(/^(?:o{4096}|n{4096})$/u);
    }
    expect(seen).toContain('12288 ooo');
    expect([...seen].some((one) => one.includes(' n'))).toBe(true);
  });

  it('takes a rename back until its folder is synced', () => {
    const rename = `${WRITE('a', 'old')} ${WRITE('b', 'new')} fs.renameSync('b', 'a');`;
    expect(leftOf('a', `${rename} fs.fsyncSync(fs.openSync('.', 'r'));`)).toEqual(new Set(['new']));
    const left = new Set<string>();
    for (let seed = 1; seed <= 12; seed += 1) {
      disk.settle();
      run(rename);
      disk.cutPower(seededRandom(seed));
      left.add(readFileSync(join(disk.folder, 'a'), 'utf8'));
    }
    expect(left).toEqual(new Set(['old', 'new']));
  });

  it.each([
    ['FULL', true],
    ['NORMAL', false],
  ])('SQLite with synchronous %s has all of 20 rows after a cut: %s', (mode, isWhole) => {
    for (let seed = 1; seed <= 4; seed += 1) {
      for (const each of ['db', 'db-wal', 'db-shm']) rmSync(join(disk.folder, each), { force: true });
      disk.settle();
      const open = `const { DatabaseSync } = require('node:sqlite'); const db = new DatabaseSync('db');`;
      const fill = `for (let i = 0; i < 20; i += 1) db.exec('INSERT INTO t VALUES (' + i + ')');`;
      run(`${open} db.exec('PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; CREATE TABLE t (a)');`);
      run(
        `${open} db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=${mode}'); ${fill} process.kill(process.pid, 9)`,
      );
      disk.cutPower(seededRandom(seed));
      const count = run(`${open} console.log(db.prepare('SELECT count(*) AS n FROM t').get().n)`);
      expect(count.code).toBe(0);
      expect(Number(count.said) === 20).toBe(isWhole);
    }
  });

  it('fails, kills or lies where it is told to', () => {
    const write = `fs.writeSync(fs.openSync('a', 'w'), 'words')`;
    disk.arm({ on: ['write'], fate: 'fail', error: 'ENOSPC', nth: 1 });
    expect(run(write).said).toContain('ENOSPC');
    expect(disk.hits).toEqual({ fired: 1, seen: 1 });
    disk.arm({ on: ['write'], fate: 'kill-before', nth: 1 });
    expect(run(write).code).toBeNull();
    expect(readFileSync(join(disk.folder, 'a'), 'utf8')).toBe('');
    disk.arm({ on: ['write'], fate: 'half-kill', nth: 1 });
    expect(run(write).code).toBeNull();
    expect(readFileSync(join(disk.folder, 'a'), 'utf8')).toBe('wo');
    rmSync(join(disk.folder, 'a'));
    disk.settle();
    disk.arm({ on: ['sync'], fate: 'lie', nth: 1, isLasting: true });
    run(WRITE('a', 'believed'));
    disk.cutPower(() => 0);
    expect(existsSync(join(disk.folder, 'a'))).toBe(false);
  });
});
