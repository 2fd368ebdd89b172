/** Rows of what happens to a child: cases, reports, notes, tasks; and of the people at work. */
import { type CaseStage, type StageRecord, currentStage, isEnded, stageRecordsOf } from '../model/case-stage.ts';
import type { FolderId, MemberNumber } from '../model/ids.ts';
import { msOfMinutes } from '../model/minutes.ts';
import { AGENCIES, type Agency, ROLES } from '../model/role.ts';
import { clockStartMs } from '../policy/deadlines.ts';
import { assertedIn } from './group-facts.ts';
import { type Reading, countOf } from './reading.ts';
import type { RowCommon, RowMaker } from './row-common.ts';
import type { CaseRow, ContactNoteRow, HeldRow, IntakeRow, MemberRow, TaskRow } from './row-types.ts';

/** States of a task in which nobody waits any more. */
const DONE_STATES = ['done', 'refused', 'cancelled'];

/** Returns a case's row. */
export const caseRow: RowMaker<CaseRow> = (reading, common) => {
  const steps = stepsOf(reading);
  const stage = currentStage(steps);
  const openedAtMs = clockStartMs(msOfMinutes(steps[0]?.minutes ?? reading.firstMinutes()), common.firstReceipt);
  const reopened = steps.findLast(({ to }) => to === 'reopened');
  const emergency = emergencyIn(reading, reopened ? steps.slice(steps.indexOf(reopened)) : steps);
  const laterMs = (minutes: number): number => laterThan(openedAtMs, msOfMinutes(minutes), common);
  return {
    ...common,
    ...caseFacts(reading),
    type: 'case',
    stage,
    isOpen: stage !== null && !isEnded(stage),
    isSealed: common.kind.startsWith('sealed-'),
    openedAtMs,
    reopenedAtMs: reopened ? laterMs(reopened.minutes) : null,
    assessedAtMs: lastAssessedMs(reading, steps, laterMs),
    emergency: emergency && { foundAtMs: emergency.foundMinutes === null ? null : laterMs(emergency.foundMinutes) },
  };
};

/** Returns a report's row. */
export const intakeRow: RowMaker<IntakeRow> = (reading, common) => ({
  ...common,
  type: 'intake',
  isSealed: common.kind.startsWith('sealed-'),
  receivedAtMs: clockStartMs(reading.count('receivedAt') ?? msOfMinutes(reading.firstMinutes()), common.firstReceipt),
  childName: reading.text('childName'),
  village: reading.text('village'),
  abuseTypes: reading.texts('abuseTypes'),
  severity: reading.text('severity'),
  dangerSigns: reading.texts('dangerSigns'),
  isChildSafeNow: reading.flag('isChildSafeNow'),
  summary: reading.text('summary'),
  filerAgency: agencyIn(reading, 'filerAgency'),
  filerContact: reading.text('filerContact'),
  screening: reading.text('screening'),
  case: reading.text('case') as FolderId | null,
  child: reading.text('child') as FolderId | null,
  corrects: reading.text('corrects'),
});

/** Returns the row of one entry of a timeline. */
export const contactNoteRow: RowMaker<ContactNoteRow> = (reading, common) => ({
  ...common,
  type: 'contact-note',
  on: reading.text('on'),
  contact: reading.text('contact'),
  isChildSafe: reading.flag('isChildSafe'),
  nextOn: reading.text('nextOn'),
});

/** Returns a task's row. */
export const taskRow: RowMaker<TaskRow> = (reading, common) => ({
  ...common,
  type: 'task',
  title: reading.text('title'),
  assignee: memberIn(reading, 'assignee'),
  agency: agencyIn(reading, 'agency'),
  dueOn: reading.text('due'),
  dueAtMs: reading.count('dueAt'),
  state: reading.text('state'),
  isDone: DONE_STATES.includes(reading.text('state') ?? ''),
});

/** Returns the row of someone who works here. */
export const memberRow: RowMaker<MemberRow> = (reading, common) => ({
  ...common,
  type: 'member',
  member: memberIn(reading, 'number'),
  name: reading.text('name'),
  title: reading.text('title'),
  role: ROLES.find((role) => role === reading.text('role')) ?? null,
  agency: agencyIn(reading, 'agency'),
  villages: reading.texts('villages'),
  schools: reading.texts('schools'),
  workPhone: reading.text('workPhone'),
  isActive: reading.flag('active') ?? true,
});

/** Returns the row of an edit that the Hub held. */
export const heldRow: RowMaker<HeldRow> = (reading, common) => ({
  ...common,
  type: 'held',
  target: reading.text('document'),
  member: memberIn(reading, 'member'),
  code: reading.text('code'),
  outcome: reading.text('outcome'),
});

interface TimedStep extends StageRecord {
  readonly minutes: number;
}

/** The steps by number, each with when it was written. */
function stepsOf(reading: Reading): readonly TimedStep[] {
  const timed = reading
    .records('stage')
    .flatMap(({ record, minutes }) => stageRecordsOf([record]).map((step) => ({ ...step, minutes })));
  return timed.toSorted((a, b) => a.n - b.n);
}

/** The stages up to the end of the initial assessment. */
const UP_TO_ASSESSMENT: readonly CaseStage[] = ['reopened', 'received', 'assessingInitial'];

/** Fields by which risk is judged: whoever writes one anew has judged it again. */
const RISK_FIELDS = ['riskLevel', 'riskReason', 'isEmergency', 'isChildSafeNow'] as const;

/** When the risk was judged last; null before the initial assessment of the case as it is open now. */
function lastAssessedMs(
  reading: Reading,
  steps: readonly TimedStep[],
  laterMs: (minutes: number) => number,
): number | null {
  const current = steps.slice(
    Math.max(
      0,
      steps.findLastIndex(({ to }) => to === 'reopened'),
    ),
  );
  const assessed = current.find(({ to }) => !UP_TO_ASSESSMENT.includes(to));
  if (!assessed) return null;
  const measures = current.filter(({ to }) => to === 'emergencyActive').map(({ minutes }) => minutes);
  const judged = RISK_FIELDS.map((field) => reading.writtenMinutes(field) ?? 0);
  return laterMs(Math.max(assessed.minutes, ...measures, ...judged));
}

/**
 * What is said of an emergency, as long as no measure was taken among the steps since the case was opened (again). It counts from when it
 * was found first: what was said since, off and on again, gives no new hours.
 */
function emergencyIn(reading: Reading, steps: readonly TimedStep[]): { readonly foundMinutes: number | null } | null {
  if (reading.flag('isEmergency') !== true || steps.some(({ to }) => to === 'emergencyActive')) return null;
  const since = steps[0]?.to === 'reopened' ? steps[0].minutes : 0;
  const kept = reading
    .records('emergencies')
    .flatMap(({ record, minutes }) => (record['found'] === true && minutes >= since ? [minutes] : []));
  const found = Math.min(reading.writtenMinutes('isEmergency') ?? 0, ...kept);
  const assessed = steps.find(({ to }) => !UP_TO_ASSESSMENT.includes(to));
  return { foundMinutes: assessed && found > assessed.minutes ? found : null };
}

/** The clock of a later writer is not known to the Hub; but he wrote after the opening, and what was sent not after the Hub's newest time. */
function laterThan(openedAtMs: number, saidMs: number, { atMs, firstReceipt, isWaiting }: RowCommon): number {
  const latestMs = firstReceipt && !isWaiting ? Math.min(saidMs, atMs) : saidMs;
  return Math.max(openedAtMs, latestMs);
}

function caseFacts(reading: Reading) {
  const seats = [...reading.rows('team').values()].map((row) => countOf(row['member']));
  return {
    child: reading.text('child') as FolderId | null,
    childName: reading.text('childName'),
    groups: assertedIn(reading, 'groups'),
    riskLevel: reading.text('riskLevel'),
    isEmergency: reading.flag('isEmergency') ?? false,
    isChildSafeNow: reading.flag('isChildSafeNow'),
    lead: memberIn(reading, 'lead'),
    contactPerson: reading.text('contactPerson'),
    contactPhone: reading.text('contactPhone'),
    village: reading.text('incidentVillage'),
    intakes: reading.texts('intakes'),
    team: seats.filter((member) => member !== null) as MemberNumber[],
    nextReviewOn: reading.text('nextReviewOn'),
  };
}

function memberIn(reading: Reading, name: string): MemberNumber | null {
  return reading.count(name) as MemberNumber | null;
}

function agencyIn(reading: Reading, name: string): Agency | null {
  return AGENCIES.find((agency) => agency === reading.text(name)) ?? null;
}
