/** The stages of a case (domain § 2.4). A new plan cycle goes from `reviewing` back to `planDraft`. */
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
