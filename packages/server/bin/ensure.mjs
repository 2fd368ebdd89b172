// Brings the checkout to the state the lockfile describes. Plain Node ≥ 20 without packages: it runs before there are any.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The pnpm that made the lockfiles. */
export const PNPM = 'pnpm@12.21.0';
const IS_WINDOWS = process.platform === 'win32';

/** The folder of the whole repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The pinned Node of `node_modules`: it runs TypeScript directly, which the machine's own Node may not. */
export const NODE = join(ROOT, 'node_modules/node/bin', IS_WINDOWS ? 'node.exe' : 'node');

/** Installs what the lockfile names unless it is there already. Writes to stderr alone; ends the program when it fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing packages …');
  const outcome = spawnSync('npx', ['--yes', PNPM, 'install', '--frozen-lockfile'], {
    cwd: ROOT,
    // CI answers pnpm's questions; stdout belongs to the verb that comes after
    env: { ...process.env, CI: 'true' },
    stdio: ['ignore', 2, 2],
    shell: IS_WINDOWS,
  });
  if (outcome.status === 0 && isInstalled()) return;
  console.error(`Packages could not be installed with ${PNPM}. Is npm here, and is its registry reachable?`);
  process.exit(1);
}

/** pnpm leaves a copy of the lockfile it installed from. */
function isInstalled() {
  const wanted = join(ROOT, 'pnpm-lock.yaml');
  const present = join(ROOT, 'node_modules/.pnpm/lock.yaml');
  return existsSync(present) && existsSync(NODE) && readFileSync(present).equals(readFileSync(wanted));
}
