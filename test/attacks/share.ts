/** One process's share of the attacks, stage by stage. */
import { Dice } from '@chungtay/core/base/random.support';
import { AdmissionTrial } from './admission.ts';
import { bombHub } from './bombing.ts';
import { type Cost, type Costliest, FRAME_BUDGET, costOf, overBudget } from './budget.ts';
import { ClientTrial } from './client.ts';
import { Commune } from './commune.ts';
import { Door } from './door.ts';
import { GAPS } from './gaps.ts';
import { attackGate, honestAtGate } from './gate.ts';

/** How much to throw, and at what. */
export interface Share {
  readonly seed: number;
  /** Hostile updates at the gate; the other stages take their part of it. */
  readonly count: number;
  /** A gap of GAPS to plant, or null. */
  readonly bug: string | null;
  /** A stage of STAGES to run alone, or null. */
  readonly stage: string | null;
}

/** What came of one stage. */
export interface StageResult {
  readonly stage: string;
  readonly hostile: number;
  readonly violations: readonly string[];
  readonly honest: number;
  readonly falseRefusals: readonly string[];
  /** The costliest inputs, measured again. */
  readonly costs: readonly Cost[];
  /** How often each thing happened that must happen. */
  readonly happened: Readonly<Record<string, number>>;
  readonly tookMs: number;
}

/** What is attacked, in order. */
export const STAGES = { gate: gateStage, admission: admissionStage, client: clientStage } as const;

const HONEST_ONE_IN = 10;
const ADMISSION_ONE_IN = 10;
const CLIENT_ONE_IN = 100;

/** Runs every stage; yields its result when it is over. */
export async function* runShare(share: Share): AsyncGenerator<StageResult> {
  for (const [name, stage] of Object.entries(STAGES))
    if (share.stage === null || share.stage === name) yield await timed(() => stage(share));
}

async function timed(stage: () => Promise<Omit<StageResult, 'tookMs'>>): Promise<StageResult> {
  const startMs = performance.now();
  const result = await stage();
  return { ...result, tookMs: performance.now() - startMs };
}

async function gateStage({ seed, count, bug }: Share): Promise<Omit<StageResult, 'tookMs'>> {
  const gap = bug === null ? null : (GAPS[bug] ?? null);
  const trial = attackGate(count, new Dice(seed), gap);
  const honest = honestAtGate(Math.ceil(count / HONEST_ONE_IN), new Dice(seed + 1));
  const { costs, over } = await measured(trial.costliest);
  return {
    stage: 'gate',
    hostile: trial.hostile,
    violations: [...trial.violations, ...over],
    honest: [...honest.made.values()].reduce((sum, made) => sum + made, 0),
    falseRefusals: honest.refused,
    costs,
    happened: { admitted: trial.admitted, comparedWithYjs: trial.compared, kindsByRole: honest.made.size },
  };
}

async function admissionStage({ seed, count }: Share): Promise<Omit<StageResult, 'tookMs'>> {
  const door = new Door(await new Commune(new Dice(seed + 2)).start());
  const trial = new AdmissionTrial(door);
  await trial.work();
  await trial.run(Math.ceil(count / ADMISSION_ONE_IN));
  const costs = await bombHub(door);
  await door.prove();
  const { hostile, honest, falseRefusals } = trial;
  const { violations, happened } = door;
  const over = costs.flatMap((cost) => overBudget(cost) ?? []);
  return { stage: 'admission', hostile, honest, violations: [...violations, ...over], falseRefusals, costs, happened };
}

async function clientStage({ seed, count }: Share): Promise<Omit<StageResult, 'tookMs'>> {
  const trial = new ClientTrial(new Dice(seed + 3));
  await trial.run(Math.ceil(count / CLIENT_ONE_IN));
  const costs = await trial.costs();
  const { hostile, honest, violations, falseRefusals, happened } = trial;
  const over = costs.flatMap((cost) => overBudget(cost, FRAME_BUDGET) ?? []);
  // what a whole frame may cost a tablet is no measure for an envelope
  return { stage: 'client', hostile, honest, violations: [...violations, ...over], falseRefusals, costs: [], happened };
}

async function measured(
  costliest: Costliest,
): Promise<{ readonly costs: readonly Cost[]; readonly over: readonly string[] }> {
  const costs: Cost[] = [];
  for (const costly of costliest.all) costs.push(await costOf(costly));
  return { costs, over: costs.flatMap((cost) => overBudget(cost) ?? []) };
}
