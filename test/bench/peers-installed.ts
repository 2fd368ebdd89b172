/** Installs the peers into their own folder, by their own lockfile: the product installs none of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PNPM } from '../../packages/server/bin/ensure.mjs';

/** `few` = those that the gate compares with, the floor and y-websocket; the others are optional in the peers' own package. */
export type PeerSet = 'few' | 'all';

const FOLDER = fileURLToPath(new URL('peers', import.meta.url));
const LOCKFILE = `${FOLDER}/pnpm-lock.yaml`;
/** What was installed last: the set, then the lockfile it came from. */
const STAMP = `${FOLDER}/node_modules/.bench-peers`;
const WORDS: Readonly<Record<PeerSet, readonly string[]>> = { few: ['--no-optional'], all: [] };

/** Installs what the peers' lockfile names of a set unless it is there. Writes to stderr alone; ends the program when it fails. */
export function ensurePeersInstalled(set: PeerSet): void {
  if (isInstalled(set)) return;
  console.error('Installing the peers …');
  const { status } = spawnSync('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', ...WORDS[set]], {
    cwd: FOLDER,
    env: { ...process.env, CI: 'true' },
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) {
    writeFileSync(STAMP, `${set}\n${readFileSync(LOCKFILE, 'utf8')}`);
    return;
  }
  console.error('The peers could not be installed.');
  process.exit(1);
}

function isInstalled(set: PeerSet): boolean {
  if (!existsSync(STAMP)) return false;
  const stamp = readFileSync(STAMP, 'utf8');
  const end = stamp.indexOf('\n');
  const isEnough = stamp.slice(0, end) === 'all' || stamp.slice(0, end) === set;
  return isEnough && stamp.slice(end + 1) === readFileSync(LOCKFILE, 'utf8');
}
