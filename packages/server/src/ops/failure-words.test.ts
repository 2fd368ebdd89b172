import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { wordsOf } from './failure-words.ts';

const folder = mkdtempSync(join(tmpdir(), 'ct-words-'));
afterAll(() => rmSync(folder, { recursive: true }));

function failureOf(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error;
  }
}

async function listenFailure(host: string, port: number): Promise<unknown> {
  const server = createServer().listen(port, host);
  const [error] = (await once(server, 'error')) as [unknown];
  return error;
}

describe('what the machine says no with', () => {
  it.each([
    ['a folder that is not there', () => readdirSync(join(folder, 'none')), 'cannot be found or made'],
    ['a file that is no folder', () => readdirSync(import.meta.filename), 'is not a folder'],
    ['a folder that is no file', () => readFileSync(folder), 'A folder stands where a file should be'],
  ])('[HUB-1] %s is told in words', (_what, attempt, words) => {
    const told = wordsOf(failureOf(attempt));
    expect(told).toContain(words);
    expect(told).not.toMatch(/\bE[A-Z]{4,}/u);
  });

  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC'])('[HUB-1] %s is told in words', (code) => {
    const told = wordsOf(Object.assign(new Error(`${code}: mkdir`), { code, path: '/srv/ct' }));
    expect(told).not.toContain(code);
    expect(told.length).toBeGreaterThan(15);
  });

  it('[HUB-1] an address that is taken, or of another machine, is told in words', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    expect(wordsOf(await listenFailure('127.0.0.1', port))).toBe(
      `Port ${port} is taken by another program. Stop that one, or choose another port with CT_PORT.`,
    );
    taken.close();
    expect(wordsOf(await listenFailure('192.0.2.1', 0))).toContain('192.0.2.1 is not an address of this machine');
  });

  it('[HUB-1] any other error says what it says', () => {
    expect(wordsOf(new Error('The key file is not there.'))).toBe('The key file is not there.');
  });
});
