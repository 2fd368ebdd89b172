/** `node test/sim/main.ts --seeds N --seed S --steps K --bug NAME --clocks --json`: runs seeds from S on; exits 1 when one fails, with its steps shrunk. Ends with one line. */
import { parseArgs } from 'node:util';
import { compareClocks } from './clocks.ts';
import { Counters } from './counters.ts';
import { type Bug, PLANTED } from './planted.ts';
import { type Outcome, runSeed } from './run.ts';
import { shrink } from './shrink.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '120' },
    bug: { type: 'string' },
    // each seed twice, with right and with wrong clocks of the tablets
    clocks: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const first = Number(values.seed);
const bug = values.bug !== undefined && values.bug in PLANTED ? (values.bug as Bug) : null;
if (values.bug !== undefined && bug === null) throw new Error(`planted are: ${Object.keys(PLANTED).join(', ')}`);
const options = { steps: Number(values.steps), bug };
/** Most findings of one seed that are printed. */
const SHOWN = 12;
const counters = new Counters();
let [steps, violations] = [0, 0];

function print({ seed, violations: found, steps: kept }: Outcome, of: number): void {
  process.stdout.write(
    `seed ${seed}\n  ${[...new Set(found)].slice(0, SHOWN).join('\n  ')}\n${kept.size} of ${of} steps do it\n`,
  );
  for (const [number, what] of kept) process.stdout.write(`  ${number} ${what}\n`);
}

for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
  const outcome = values.clocks ? await compareClocks(seed, options) : await runSeed(seed, options);
  counters.merge(outcome.counters);
  steps += outcome.steps.size;
  violations += outcome.violations.length;
  if (outcome.violations.length > 0)
    print(values.clocks ? outcome : await shrink(outcome, options), outcome.steps.size);
}
if (!values.json) for (const [name, count] of counters.counts) process.stdout.write(`  ${name} ${count}\n`);
process.stdout.write(
  `${JSON.stringify({ seeds: Number(values.seeds), steps, faults: counters.faults, violations })}\n`,
);
process.exitCode = violations > 0 ? 1 : 0;
