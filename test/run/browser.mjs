// Finds a Chromium for the browser specs, or brings one.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { NODE, ROOT } from '../../packages/server/bin/ensure.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** Returns the path of a browser that is here: `CT_BROWSER`, else the first known name on PATH, else null. */
export function findBrowser() {
  if (process.env['CT_BROWSER']) return process.env['CT_BROWSER'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable) ?? null;
}

/**
 * Returns a browser's path, installing Chromium where none is found: by apt as root on Debian, else by Playwright,
 * which then knows the way itself (null). Throws when that fails.
 */
export function ensureBrowser() {
  const found = findBrowser();
  if (found !== null) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log('No browser found: installing chromium with apt-get …');
    mustRun('apt-get', ['update']);
    mustRun('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    return findBrowser();
  }
  console.log('No browser found: asking Playwright to install chromium …');
  mustRun(NODE, [join(ROOT, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium']);
  return null;
}

/** @param {string} program @param {readonly string[]} words */
function mustRun(program, words) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync(program, words, { stdio: ['ignore', 2, 2], env });
  if (status === 0) return;
  throw new Error(`\`${program} ${words.join(' ')}\` failed: put a Chromium on PATH or name it in CT_BROWSER`);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
