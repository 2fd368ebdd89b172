/**
 * The bench in the gate: fails when a ratio is beyond its limit. A scenario that fails is measured again, and the best ratio of each
 * counts: a busy minute is no regression, and a mistake is there every time.
 */
import { LIMITS, isGood, type Limit } from './gate-limits.ts';
import { GATE_SCENARIOS, measureForGate, type GateRows, type GateScenario } from './gate-rows.ts';
import { ensurePeersInstalled } from './peers-installed.ts';

const TRIES = 5;

ensurePeersInstalled('few');
let failed = 0;
for (const scenario of GATE_SCENARIOS) {
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
    const rows = { [scenario]: await measureForGate(scenario) } as unknown as GateRows;
    for (const limit of limits) best.set(limit, better(limit, best.get(limit), limit.ratio(rows)));
    if (limits.every((limit) => isGood(limit, best.get(limit) ?? NaN))) break;
  }
  return best;
}

function better({ atLeast }: Limit, known: number | undefined, ratio: number): number {
  if (known === undefined || Number.isNaN(known)) return ratio;
  return atLeast === undefined ? Math.min(known, ratio) : Math.max(known, ratio);
}
