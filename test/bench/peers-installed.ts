/** Installs the peers into their own folder, by their own lockfile: the product installs none of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PNPM } from '../../packages/server/bin/ensure.mjs';

const FOLDER = fileURLToPath(new URL('peers', import.meta.url));

/** Installs what the peers' lockfile names unless it is there. Writes to stderr alone; ends the program when it fails. */
export function ensurePeersInstalled(): void {
  if (isInstalled()) return;
  console.error('Installing the peers …');
  const { status } = spawnSync('npx', ['--yes', PNPM, 'install', '--frozen-lockfile'], {
    cwd: FOLDER,
    env: { ...process.env, CI: 'true' },
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0 && isInstalled()) return;
  console.error('The peers could not be installed.');
  process.exit(1);
}

function isInstalled(): boolean {
  const present = `${FOLDER}/node_modules/.pnpm/lock.yaml`;
  return existsSync(present) && readFileSync(present).equals(readFileSync(`${FOLDER}/pnpm-lock.yaml`));
}
