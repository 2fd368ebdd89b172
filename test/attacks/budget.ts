/** What one input may cost: time and memory, the worst ones measured again with nothing else going on. */

/** Bounds of one envelope, or one frame from a hostile Hub. */
const BUDGET = { ms: 20, bytes: 50 * 1024 * 1024 } as const;

/** Something whose cost is watched; running it again costs the same. */
export interface Costly {
  readonly name: string;
  readonly ms: number;
  readonly run: () => void | Promise<void>;
}

const KEPT = 12;
const RERUNS = 5;

/** Remembers the costliest inputs of a trial. */
export class Costliest {
  #kept: Costly[] = [];

  /** Notes what an input took, if it is among the costliest. */
  note(name: string, ms: number, run: Costly['run']): void {
    const least = this.#kept.at(-1);
    if (this.#kept.length >= KEPT && least !== undefined && ms <= least.ms) return;
    this.#kept = [...this.#kept, { name, ms, run }].toSorted((a, b) => b.ms - a.ms).slice(0, KEPT);
  }

  /** Returns the costliest, by their first measure. */
  get all(): readonly Costly[] {
    return this.#kept;
  }
}

/** What an input costs, once other work and collection are out of the way. */
export interface Cost {
  readonly name: string;
  /** The least of five runs: what this thread spent, whoever else wanted the processor. */
  readonly ms: number;
  /** The most allocated in one run, garbage included: no less than its peak. */
  readonly bytes: number;
}

/** Returns what it costs. Allocation is exact while the young generation holds it: run node with `MEASURING` for that. */
export async function costOf({ name, run }: Pick<Costly, 'name' | 'run'>): Promise<Cost> {
  let [ms, bytes] = [Infinity, 0];
  for (let i = 0; i < RERUNS; i += 1) {
    globalThis.gc?.();
    const before = allocatedBytes();
    const start = process.threadCpuUsage();
    const running = run();
    if (running instanceof Promise) await running;
    const { user, system } = process.threadCpuUsage(start);
    ms = Math.min(ms, (user + system) / 1000);
    bytes = Math.max(bytes, allocatedBytes() - before);
  }
  return { name, ms, bytes };
}

/** Options of Node under which nothing is collected while one input is measured. */
export const MEASURING = ['--expose-gc', '--max-semi-space-size=128', '--min-semi-space-size=128'] as const;

/** Returns what is over its budget, in words. */
export function overBudget({ name, ms, bytes }: Cost): string | null {
  if (ms > BUDGET.ms) return `${name}: ${ms.toFixed(1)} ms`;
  return bytes > BUDGET.bytes ? `${name}: ${Math.round(bytes / 1024 / 1024)} MB` : null;
}

function allocatedBytes(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  // external counts array buffers too
  return heapUsed + Math.max(external, arrayBuffers);
}
