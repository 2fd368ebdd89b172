import type { ImportPlan } from '@chungtay/core/roster/plan-types';
import { computed, shallowRef } from 'vue';
import { useEngine, useEngineEvent } from '../../composables/use-engine.ts';
import { useRegister } from '../../stores/register.ts';
import { countToWrite } from './plan-words.ts';

/** What an import came to; every planned row is in exactly one count. */
export interface ImportResult {
  readonly written: number;
  readonly already: number;
  readonly kept: number;
  readonly rows: number;
}

interface RosterFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const DAMAGED = { ok: false, error: 'damaged' } as const;

/** Returns one import: a file becomes a plan, a person decides, the plan becomes children. Nothing is written before `commit`. */
export function useImport() {
  const engine = useEngine();
  const step = shallowRef<'choose' | 'reading' | 'plan' | 'committing' | 'done'>('choose');
  const plan = shallowRef<ImportPlan | null>(null);
  const error = shallowRef<string | null>(null);
  const result = shallowRef<ImportResult | null>(null);
  const hasFailed = shallowRef(false);
  const choices = useChoices();
  const progress = useWrittenCount();

  let file: RosterFile | null = null;

  async function read(chosen: File): Promise<void> {
    result.value = null;
    file = { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) };
    await look();
  }

  /** Plans the file that was read last, or only these of its sheets. */
  async function look(sheetNames?: readonly string[]): Promise<void> {
    if (!file) return;
    step.value = 'reading';
    choices.reset();
    const answer = await engine.planImport(file.name, file.bytes, sheetNames).catch(() => DAMAGED);
    plan.value = answer.ok ? answer.plan : null;
    error.value = answer.ok ? null : answer.error;
    step.value = answer.ok ? 'plan' : 'choose';
  }

  async function commit(): Promise<void> {
    const planned = plan.value;
    if (!planned) return;
    step.value = 'committing';
    hasFailed.value = false;
    progress.start();
    const outcome = await engine.commitImport(choices.asked()).catch(() => null);
    progress.stop();
    hasFailed.value = outcome === null;
    result.value = outcome && { ...outcome, rows: planned.rows.length };
    step.value = outcome ? 'done' : 'choose';
    plan.value = null;
  }

  const toWrite = computed(() => (plan.value ? countToWrite(plan.value, choices.included.value) : 0));
  return { step, plan, error, result, hasFailed, toWrite, written: progress.written, read, look, commit, ...choices };
}

/** What a person decides about a plan: which village a strange name means, which likely duplicates are other children. */
function useChoices() {
  const villages = shallowRef<Readonly<Record<string, string>>>({});
  const included = shallowRef<ReadonlySet<string>>(new Set());
  return {
    villages,
    included,
    asked: () => ({ villages: villages.value, include: [...included.value] }),
    reset(): void {
      villages.value = {};
      included.value = new Set();
    },
    chooseVillage(name: string, id: string | null): void {
      const { [name]: _former, ...others } = villages.value;
      villages.value = id === null ? others : { ...others, [name]: id };
    },
    include(row: string, isWanted: boolean): void {
      const rows = [...included.value].filter((each) => each !== row);
      included.value = new Set(isWanted ? [...rows, row] : rows);
    },
  };
}

/** Counts the children that came into the register since `start`: what the engine has written so far. */
function useWrittenCount() {
  const register = useRegister();
  const written = shallowRef(0);
  let known: Set<string> | null = null;
  useEngineEvent('children', ({ rows }) => {
    if (!known) return;
    for (const { folder } of rows) {
      if (known.has(folder)) continue;
      known.add(folder);
      written.value += 1;
    }
  });
  return {
    written,
    start(): void {
      written.value = 0;
      known = new Set(register.all().map(({ folder }) => folder));
    },
    stop(): void {
      known = null;
    },
  };
}
