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

  let current: { readonly name: string; readonly bytes: Uint8Array } | null = null;

  async function read(file: File): Promise<void> {
    result.value = null;
    current = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    await look();
  }

  /** Plans the file that was read last, or only these of its sheets. */
  async function look(sheetNames?: readonly string[]): Promise<void> {
    if (!current) return;
    step.value = 'reading';
    error.value = null;
    choices.reset();
    const { name, bytes } = current;
    const answer = await engine.planImport(name, bytes, sheetNames).catch(() => null);
    plan.value = answer?.ok ? answer.plan : null;
    error.value = answer?.ok ? null : (answer?.error ?? 'damaged');
    step.value = answer?.ok ? 'plan' : 'choose';
  }

  async function commit(): Promise<void> {
    const planned = plan.value;
    if (!planned) return;
    step.value = 'committing';
    hasFailed.value = false;
    progress.start();
    const { villages, included } = choices;
    const asked = { villages: villages.value, include: [...included.value] };
    const outcome = await engine.commitImport(asked).catch(() => null);
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
