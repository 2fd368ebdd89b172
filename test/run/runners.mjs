// The gate, runner by runner, in the order they run: what is quick and says most comes first.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../packages/server/bin/ensure.mjs';
import { ensureBrowser } from './browser.mjs';
import { runScript } from './command.mjs';
import { countOne, countPlaywright, countVitest } from './count.mjs';

/** @typedef {import('./count.mjs').Count & { output: string }} Outcome */
/** @typedef {{ name: string, run: () => Promise<Outcome> }} Runner */

const MODULES = join(ROOT, 'node_modules');
const CLIENT = join(ROOT, 'packages/client');
const VUE_TSC = join(CLIENT, 'node_modules/vue-tsc/bin/vue-tsc.js');
// a year of a small commune: long enough to see what grows with time, half a minute on a quiet machine
const SMALL_YEAR = ['--children', '300', '--cases', '25', '--devices', '12', '--days', '365', '--json'];

/** @type {readonly Runner[]} */
export const runners = [
  single('format', [join(MODULES, 'oxfmt/bin/oxfmt'), '--check', '.']),
  single('lint', [join(MODULES, 'oxlint/bin/oxlint')]),
  single('types-core', [join(MODULES, 'typescript/bin/tsc'), '-p', 'packages/core']),
  single('types-server', [join(MODULES, 'typescript/bin/tsc'), '-p', 'packages/server']),
  single('types-client', [VUE_TSC, '-p', 'packages/client']),
  single('types-units', [VUE_TSC, '-p', 'packages/client/tsconfig.test.json']),
  single('types-test', [join(MODULES, 'typescript/bin/tsc'), '-p', 'test']),
  single('knip', [join(MODULES, 'knip/bin/knip.js')]),
  { name: 'vitest', run: runVitest },
  single('attacks', ['test/attacks/start.mjs', '--json']),
  single('growth', [join(ROOT, 'test/growth/main.ts'), ...SMALL_YEAR]),
  single('build', [join(CLIENT, 'node_modules/vite/bin/vite.js'), 'build'], CLIENT),
  single('sizes', [join(CLIENT, 'scripts/first-load.mjs')]),
  { name: 'e2e', run: runPlaywright },
];

/** @param {string} name @param {readonly string[]} words @param {string} [cwd] @returns {Runner} */
function single(name, words, cwd = ROOT) {
  return {
    name,
    run: async () => {
      const { code, output } = await runScript(words, { cwd });
      return { ...countOne(code), output };
    },
  };
}

/** @returns {Promise<Outcome>} */
function runVitest() {
  return withReport(async (report) => {
    const words = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code, output } = await runScript([join(MODULES, 'vitest/vitest.mjs'), ...words]);
    return { ...countVitest(read(report), code), output };
  });
}

/** @returns {Promise<Outcome>} */
function runPlaywright() {
  return withReport(async (report) => {
    const browser = ensureBrowser();
    const { code, output } = await runScript(
      [join(MODULES, '@playwright/test/cli.js'), 'test', '-c', 'test/e2e/playwright.config.ts'],
      { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, ...(browser === null ? {} : { CT_BROWSER: browser }) } },
    );
    return { ...countPlaywright(read(report), code), output };
  });
}

/** @param {(report: string) => Promise<Outcome>} run @returns {Promise<Outcome>} */
async function withReport(run) {
  const folder = mkdtempSync(join(tmpdir(), 'chungtay-'));
  try {
    return await run(join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} path */
function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
