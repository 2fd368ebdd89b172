/** Where a case stands, from its log of steps. */
import type { Json } from '../base/any.ts';
import { type CaseStage, parseCaseStage } from '../model/case-stage.ts';

/** One step of a case. `n` counts from 1; admission keeps it without gaps, so the order of steps needs no clock. */
export interface StageRecord {
  readonly n: number;
  /** Null for the first. */
  readonly from: CaseStage | null;
  readonly to: CaseStage;
  readonly reason: string | null;
}

/** Returns the well-formed steps among the values of a `stage` log, by `n`. */
export function stageRecordsOf(values: readonly Json[]): readonly StageRecord[] {
  return values.flatMap(parseStage).toSorted((a, b) => a.n - b.n);
}

/** Returns the stage that the last step led to, or null before the first. */
export function currentStage(steps: readonly StageRecord[]): CaseStage | null {
  return steps.at(-1)?.to ?? null;
}

function parseStage(value: Json): readonly StageRecord[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const { n, from, to, reason } = value as { readonly [key: string]: Json | undefined };
  const stage = parseCaseStage(to);
  if (typeof n !== 'number' || !stage) return [];
  return [{ n, from: parseCaseStage(from), to: stage, reason: typeof reason === 'string' ? reason : null }];
}
