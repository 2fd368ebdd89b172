#!/usr/bin/env node
// npm test: installs what is missing, runs every runner and adds up what they found. Plain Node ≥ 20.
//   node test/run.mjs --only vitest,lint     just these
//   node test/run.mjs --except build,sizes,e2e   all but these
import { ensureInstalled } from '../packages/server/bin/ensure.mjs';
import { runners } from './run/runners.mjs';

const chosen = chosenRunners(process.argv.slice(2));
ensureInstalled();
const total = { passed: 0, failed: 0, skipped: 0 };
for (const runner of chosen) {
  const count = await runAndTell(runner);
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/**
 * Runs one runner, prints its line, and its output when it failed. A runner that throws has failed once.
 * @param {import('./run/runners.mjs').Runner} runner
 */
async function runAndTell(runner) {
  const startedMs = performance.now();
  const outcome = await runner.run().catch((/** @type {unknown} */ error) => {
    return { passed: 0, failed: 1, skipped: 0, output: String(error) };
  });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
  const counts = `${outcome.passed} passed, ${outcome.failed} failed${skipped}`;
  console.log(
    `${outcome.failed === 0 ? 'ok  ' : 'FAIL'}  ${runner.name.padEnd(13)} ${seconds.padStart(6)} s  ${counts}`,
  );
  if (outcome.failed > 0) console.log(`${outcome.output.trim().replaceAll(/^/gmu, '      ')}\n`);
  return outcome;
}

/** @param {readonly string[]} words */
function chosenRunners(words) {
  const [mode = '--except', list = ''] = words;
  const names = list.split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => !runners.some((runner) => runner.name === name));
  if (words.length > 2 || !['--only', '--except'].includes(mode) || unknown.length > 0) {
    console.error(`usage: run.mjs [--only|--except ${runners.map((runner) => runner.name).join(',')}]`);
    process.exit(2);
  }
  return runners.filter((runner) => names.includes(runner.name) === (mode === '--only'));
}
