import type { Json } from '../base/any.ts';

/** The stages of a case (POL-10). A new plan cycle goes from `reviewing` back to `planDraft`. */
export const CASE_STAGES = [
  'received',
  'screenedOut',
  'assessingInitial',
  'emergencyActive',
  'assessingSpecific',
  'needsMeeting',
  'planDraft',
  'planSubmitted',
  'returned',
  'approved',
  'implementing',
  'reviewing',
  'closeProposed',
  'closed',
  'reopened',
  'transferredOut',
  'merged',
] as const;

/** One of CASE_STAGES. */
export type CaseStage = (typeof CASE_STAGES)[number];

const ENDED: readonly CaseStage[] = ['screenedOut', 'closed', 'transferredOut', 'merged'];

/** Says whether a case in this stage is at rest: locked for everything but reopening. */
export function isEnded(stage: CaseStage): boolean {
  return ENDED.includes(stage);
}

/** Returns the text as a stage, or null when it is none. */
export function parseCaseStage(text: unknown): CaseStage | null {
  return CASE_STAGES.find((stage) => stage === text) ?? null;
}

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
