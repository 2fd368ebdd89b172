/** The life of a case: which step leads where, and who may take it. Rules POL-10 … POL-12. */
import type { CaseStage } from '../model/case-stage.ts';
import type { Role } from '../model/role.ts';

/** One arrow of the machine. */
export interface Step {
  /** Null: the case begins. */
  readonly from: CaseStage | null;
  readonly to: CaseStage;
  readonly roles: readonly Role[];
  /** True: the record must say why. */
  readonly needsReason: boolean;
}

const LEAD: readonly Role[] = ['lead'];
const CHAIR: readonly Role[] = ['chair'];
const BOTH: readonly Role[] = ['lead', 'chair'];

/** Stages in which work goes on, so that the case may be handed to another commune or joined with its double. */
const UNDER_WAY: readonly CaseStage[] = [
  'received',
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
  'reopened',
];

/** Every allowed step. What ends or decides a case is the chair's, what prepares it the lead's: four eyes (POL-12). */
export const STEPS: readonly Step[] = [
  step(null, 'received', LEAD),
  step('received', 'assessingInitial', BOTH),
  step('received', 'screenedOut', CHAIR, true),
  step('received', 'emergencyActive', CHAIR),
  step('assessingInitial', 'screenedOut', CHAIR, true),
  step('assessingInitial', 'emergencyActive', CHAIR),
  step('assessingInitial', 'assessingSpecific', LEAD),
  step('emergencyActive', 'assessingSpecific', LEAD),
  step('assessingSpecific', 'emergencyActive', CHAIR),
  step('assessingSpecific', 'needsMeeting', LEAD),
  step('needsMeeting', 'planDraft', LEAD),
  step('planDraft', 'planSubmitted', LEAD),
  step('planSubmitted', 'returned', CHAIR, true),
  step('planSubmitted', 'approved', CHAIR),
  step('returned', 'planDraft', LEAD),
  step('approved', 'implementing', LEAD),
  step('implementing', 'emergencyActive', CHAIR),
  step('implementing', 'reviewing', LEAD),
  step('reviewing', 'planDraft', LEAD),
  step('reviewing', 'closeProposed', LEAD, true),
  step('closeProposed', 'reviewing', CHAIR, true),
  step('closeProposed', 'closed', CHAIR),
  step('closed', 'reopened', BOTH, true),
  step('screenedOut', 'reopened', BOTH, true),
  step('merged', 'reopened', BOTH, true),
  step('transferredOut', 'reopened', BOTH, true),
  step('reopened', 'assessingInitial', BOTH),
  step('reopened', 'assessingSpecific', LEAD),
  ...UNDER_WAY.map((from) => step(from, 'transferredOut', CHAIR, true)),
  ...UNDER_WAY.map((from) => step(from, 'merged', CHAIR, true)),
];

/** Returns the step between two stages, or null when there is none. */
export function stepBetween(from: CaseStage | null, to: CaseStage): Step | null {
  return STEPS.find((candidate) => candidate.from === from && candidate.to === to) ?? null;
}

/** Returns the steps that this role may take from a stage: the buttons of the screen. */
export function stepsFrom(from: CaseStage | null, role: Role): readonly Step[] {
  return STEPS.filter((candidate) => candidate.from === from && candidate.roles.includes(role));
}

function step(from: CaseStage | null, to: CaseStage, roles: readonly Role[], needsReason = false): Step {
  return { from, to, roles, needsReason };
}
