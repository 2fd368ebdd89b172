/** What one input may cost: time and memory, the worst ones measured again with nothing else going on. */

/** What something may cost. */
interface Budget {
  readonly ms: number;
  readonly bytes: number;
}

/** Bounds of one envelope. */
const BUDGET: Budget = { ms: 20, bytes: 50 * 1024 * 1024 };
/** Bounds of one whole frame, a megabyte inflated, on a tablet. */
export const FRAME_BUDGET: Budget = { ms: 200, bytes: 150 * 1024 * 1024 };

/** Something whose cost is watched; running it again costs the same. */
export interface Costly {
  readonly name: string;
  readonly ms: number;
  readonly run: () => void | Promise<void>;
}

const KEPT = 12;
const RERUNS = 5;
const MOST_RERUNS = 25;
const TICK_MS = 4;

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

/** Something to measure. */
export interface Measurable<Ready> {
  readonly name: string;
  /** Makes what one run needs, unmeasured. */
  readonly ready?: () => Promise<Ready>;
  readonly run: (ready: Ready) => void | Promise<void>;
}

/** What an input costs, once other work and collection are out of the way. */
export interface Cost {
  readonly name: string;
  /** The least of five runs, of the clock's time or the thread's own. */
  readonly ms: number;
  /** The most allocated in one run, garbage included: no less than its peak. */
  readonly bytes: number;
}

/** Returns what it costs. Allocation is exact while the young generation holds it: run node with `MEASURING` for that. */
export async function costOf<Ready>({ name, ready, run }: Measurable<Ready>): Promise<Cost> {
  let [ms, bytes] = [Infinity, 0];
  // a machine that does other work meanwhile: what is over the budget every time is over it
  for (let i = 0; i < RERUNS || (ms > BUDGET.ms && i < MOST_RERUNS); i += 1) {
    const prepared = (await ready?.()) as Ready;
    globalThis.gc?.();
    const before = allocatedBytes();
    const [startMs, start] = [performance.now(), process.threadCpuUsage()];
    const running = run(prepared);
    if (running instanceof Promise) await running;
    const { user, system } = process.threadCpuUsage(start);
    // both are too much rather than too little: one counts what others ran meanwhile, the other lags by up to a tick
    ms = Math.min(ms, performance.now() - startMs, (user + system) / 1000 + TICK_MS);
    bytes = Math.max(bytes, allocatedBytes() - before);
  }
  return { name, ms, bytes };
}

/** Options of Node under which nothing is collected while one input is measured. */
export const MEASURING = ['--expose-gc', '--max-semi-space-size=128', '--min-semi-space-size=128'] as const;

/** Returns what is over its budget, in words. */
export function overBudget({ name, ms, bytes }: Cost, budget: Budget = BUDGET): string | null {
  if (ms > budget.ms) return `${name}: ${ms.toFixed(1)} ms`;
  return bytes > budget.bytes ? `${name}: ${Math.round(bytes / 1024 / 1024)} MB` : null;
}

function allocatedBytes(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  // external counts array buffers too
  return heapUsed + Math.max(external, arrayBuffers);
}
