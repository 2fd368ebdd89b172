import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DirectoryInUse, lockDirectory } from './lock.ts';

describe('the lock of a data directory', () => {
  it('[STO-5] a second holder is refused, another process too, until the first lets go', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chungtay-'));
    const lock = lockDirectory(folder);
    expect(() => lockDirectory(folder)).toThrow(DirectoryInUse);
    expect(await lockElsewhere(folder)).toContain('DirectoryInUse');
    lock.release();
    expect(await lockElsewhere(folder)).toBe('locked');
    lockDirectory(folder).release();
    rmSync(folder, { recursive: true });
  });
});

function lockElsewhere(folder: string): Promise<string> {
  const script = `import { lockDirectory } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)};
    try { lockDirectory(${JSON.stringify(folder)}); process.stdout.write('locked'); process.kill(process.pid, 'SIGKILL'); }
    catch (error) { process.stdout.write(error.name); }`;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.once('close', () => resolve(said));
  });
}
