/**
 * The bench in the gate: fails when a ratio is beyond its limit. A scenario that fails is measured again, and the best ratio of each
 * counts: a busy minute is no regression, and a mistake is there every time. Scenarios can be named: `node test/bench/gate.ts s4 s5`.
 */
import { LIMITS, isGood, type Limit } from './gate-limits.ts';
import { GATE_SCENARIOS, measureForGate, type GateRows, type GateScenario } from './gate-rows.ts';
import { ensurePeersInstalled } from './peers-installed.ts';

const TRIES = 5;
/** A bench that stands still tells of a mistake as well: a device waits for what never comes. */
const PATIENCE_MS = 180_000;

ensurePeersInstalled('few');
let failed = 0;
const asked = process.argv.slice(2);
for (const scenario of GATE_SCENARIOS.filter((name) => asked.length === 0 || asked.includes(name))) {
  const best = await bestRatios(scenario);
  for (const [limit, ratio] of best) {
    const bound = limit.atLeast === undefined ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`;
    const isKept = isGood(limit, ratio);
    if (!isKept) failed += 1;
    console.log(
      `${isKept ? 'ok  ' : 'FAIL'}  ${limit.name}: ${ratio.toFixed(2)}, ${bound}${isKept ? '' : ` (${limit.against}?)`}`,
    );
  }
}
process.exitCode = failed === 0 ? 0 : 1;

async function bestRatios(scenario: GateScenario): Promise<ReadonlyMap<Limit, number>> {
  const limits = LIMITS.filter(({ name }) => name.startsWith(`${scenario}:`));
  const best = new Map<Limit, number>();
  for (let turn = 0; turn < TRIES; turn += 1) {
    const rows = { [scenario]: await withPatience(scenario) } as unknown as GateRows;
    for (const limit of limits) best.set(limit, better(limit, best.get(limit), limit.ratio(rows)));
    if (limits.every((limit) => isGood(limit, best.get(limit) ?? NaN))) break;
  }
  return best;
}

async function withPatience(scenario: GateScenario): Promise<unknown> {
  const impatient = setTimeout(() => {
    console.log(`FAIL  ${scenario}: it has not come to an end within ${PATIENCE_MS / 1_000} s`);
    // servers and devices end with whoever started them
    process.exit(1);
  }, PATIENCE_MS);
  const sample = await measureForGate(scenario);
  clearTimeout(impatient);
  return sample;
}

function better({ atLeast }: Limit, known: number | undefined, ratio: number): number {
  if (known === undefined || Number.isNaN(known)) return ratio;
  return atLeast === undefined ? Math.min(known, ratio) : Math.max(known, ratio);
}
