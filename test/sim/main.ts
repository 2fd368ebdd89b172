/** `node test/sim/main.ts --seeds N --seed S --steps K --json`: runs seeds from S on; exits 1 when one fails, with its steps. */
import { parseArgs } from 'node:util';
import { Counters } from './counters.ts';
import { runSeed } from './run.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '120' },
    json: { type: 'boolean', default: false },
  },
});

const first = Number(values.seed);
const counters = new Counters();
const failed: { readonly seed: number; readonly violations: readonly string[]; readonly steps: readonly string[] }[] =
  [];
for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
  const outcome = await runSeed(seed, { steps: Number(values.steps) });
  counters.merge(outcome.counters);
  if (outcome.violations.length > 0) failed.push({ seed, violations: outcome.violations, steps: outcome.steps });
}
const report = { seeds: Number(values.seeds), first, failed, happened: Object.fromEntries(counters.counts) };
if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
else {
  for (const { seed, violations, steps } of failed)
    process.stdout.write(`seed ${seed}\n  ${violations.join('\n  ')}\nsteps\n  ${steps.join('\n  ')}\n`);
  process.stdout.write(`${report.seeds} seeds, ${failed.length} failed\n`);
  for (const [name, count] of counters.counts) process.stdout.write(`  ${name} ${count}\n`);
}
process.exitCode = failed.length > 0 ? 1 : 0;
