/** From a seed that fails to the few steps that make it fail. */
import { type Outcome, type RunOptions, runSeed } from './run.ts';

/** Most runs that shrinking may take. */
const RUNS = 80;

/** Returns the outcome with the fewest steps that still fails in the same manner: halves, then quarters, then single steps are left out. */
export async function shrink(failed: Outcome, options: RunOptions): Promise<Outcome> {
  const kind = kindOf(failed);
  let best = failed;
  const without = new Set(options.without);
  let runs = 0;
  for (
    let size = Math.ceil(best.steps.size / 2);
    size >= 1 && runs < RUNS;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    const steps = [...best.steps.keys()];
    for (let at = steps.length; at > 0 && runs < RUNS; at -= size) {
      const left = new Set([...without, ...steps.slice(Math.max(0, at - size), at)]);
      const outcome = await runSeed(failed.seed, { ...options, without: left });
      runs += 1;
      if (kindOf(outcome) !== kind) continue;
      best = outcome;
      for (const step of left) without.add(step);
    }
  }
  return best;
}

/** What sort of failure it is: its rule, not its names. */
function kindOf({ violations: [first] }: Outcome): string | null {
  return first === undefined ? null : (/^(?:[A-Z]+-?\d+|never at rest|Fault)/u.exec(first)?.[0] ?? first);
}
