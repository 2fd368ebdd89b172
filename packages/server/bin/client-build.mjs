// Builds the client when what the Hub would serve is not what the sources say.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { NODE, ROOT } from './ensure.mjs';

const CLIENT = join(ROOT, 'packages/client');
const BUILT_PAGE = join(CLIENT, 'dist/index.html');
const BUILT_FROM = join(ROOT, '.cache/client-built-from');
const SOURCES = ['packages/client', 'packages/core/src', 'pnpm-lock.yaml'];
const NOT_SOURCES = new Set(['dist', 'node_modules']);

/** Builds the client unless its last build came from the same sources. Writes to stderr alone; ends the program when it fails. */
export function ensureClientBuilt() {
  const sources = hashOfSources();
  if (existsSync(BUILT_PAGE) && existsSync(BUILT_FROM) && readFileSync(BUILT_FROM, 'utf8') === sources) return;
  console.error('Building the client …');
  const outcome = spawnSync(NODE, [join(CLIENT, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: CLIENT,
    stdio: ['ignore', 2, 2],
  });
  if (outcome.status !== 0) {
    console.error('The client could not be built.');
    process.exit(1);
  }
  mkdirSync(dirname(BUILT_FROM), { recursive: true });
  writeFileSync(BUILT_FROM, sources);
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const path of filesUnder(join(ROOT, source))) {
      hash
        .update(`${relative(ROOT, path)}\0`)
        .update(readFileSync(path))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} the file itself, or every file below the folder, in a stable order */
function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !NOT_SOURCES.has(name))
    .toSorted()
    .flatMap((name) => filesUnder(join(path, name)));
}
