// The gate, runner by runner, in the order they run: what is quick and says most comes first.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../packages/server/bin/ensure.mjs';
import { ensureBrowser } from './browser.mjs';
import { runScript } from './command.mjs';
import { ensureCompiler } from './compiler.mjs';
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
  { name: 'vitest', run: () => runVitest() },
  single('attacks', ['test/attacks/start.mjs', '--json']),
  single('growth', [join(ROOT, 'test/growth/main.ts'), ...SMALL_YEAR]),
  single('build', [join(CLIENT, 'node_modules/vite/bin/vite.js'), 'build'], CLIENT),
  single('sizes', [join(CLIENT, 'scripts/first-load.mjs')]),
  single('bench', [join(ROOT, 'test/bench/gate.ts')]),
  { name: 'e2e', run: runPlaywright },
  { name: 'crash', run: runCrash },
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

/** @param {readonly string[]} more @param {Record<string, string>} env @returns {Promise<Outcome>} */
function runVitest(more = [], env = {}) {
  return withReport(async (report) => {
    const words = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...more];
    const { code, output } = await runScript([join(MODULES, 'vitest/vitest.mjs'), ...words], { env });
    return { ...countVitest(read(report), code), output };
  });
}

/** Where nothing can tell what was synced, the kills are skipped, and said to be. @returns {Promise<Outcome>} */
async function runCrash() {
  if (!ensureCompiler()) {
    console.log('The crash tests need Linux and a C compiler (cc): skipped.');
    return { passed: 0, failed: 0, skipped: 1, output: '' };
  }
  const browser = ensureBrowser();
  return runVitest(['-c', 'test/crash/vitest.config.ts'], browser === null ? {} : { CT_BROWSER: browser });
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
