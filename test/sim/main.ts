/** `node test/sim/main.ts --seeds N --seed S --steps K --bug NAME --json`: runs seeds from S on; exits 1 when one fails, with its steps shrunk. Ends with one line. */
import { parseArgs } from 'node:util';
import { Counters, FAULTS } from './counters.ts';
import { type Bug, PLANTED } from './planted.ts';
import { type Outcome, runSeed } from './run.ts';
import { shrink } from './shrink.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '120' },
    bug: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const first = Number(values.seed);
const bug = values.bug !== undefined && values.bug in PLANTED ? (values.bug as Bug) : null;
if (values.bug !== undefined && bug === null) throw new Error(`planted are: ${Object.keys(PLANTED).join(', ')}`);
const options = { steps: Number(values.steps), bug };
const counters = new Counters();
let [steps, violations] = [0, 0];

function print({ seed, violations: found, steps: kept }: Outcome, of: number): void {
  process.stdout.write(`seed ${seed}\n  ${found.join('\n  ')}\n${kept.size} of ${of} steps do it\n`);
  for (const [number, what] of kept) process.stdout.write(`  ${number} ${what}\n`);
}

for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
  const outcome = await runSeed(seed, options);
  counters.merge(outcome.counters);
  steps += outcome.steps.size;
  violations += outcome.violations.length;
  if (outcome.violations.length > 0) print(await shrink(outcome, options), outcome.steps.size);
}
if (!values.json) for (const [name, count] of counters.counts) process.stdout.write(`  ${name} ${count}\n`);
const faults = FAULTS.reduce((sum, name) => sum + (counters.counts.get(name) ?? 0), 0);
process.stdout.write(`${JSON.stringify({ seeds: Number(values.seeds), steps, faults, violations })}\n`);
process.exitCode = violations > 0 ? 1 : 0;
