/** The clocks of the law (Decree 56/2017 Art. 25-32): 12 wall-clock hours from the first receipt, 5 and 7 working days. Rules DL-4 … DL-8. */
import { must } from '../base/assert.ts';
import { type CaseStage, isEnded } from '../model/case-stage.ts';
import type { FirstReceipt } from '../model/first-receipt.ts';
import { GRANT_LIMITS } from '../model/grant.ts';
import { DAY_MS, HOUR_MS, type WorkCalendar, addWorkingDays, dayOf, endOfDayMs } from './calendar.ts';

/** What runs. Keys `deadlines.<rule>` of the dictionaries. */
export const DEADLINE_RULES = [
  'assess',
  'act',
  'plan',
  'approve',
  'review',
  'task',
  'notice',
  'reviewAccess',
  'birth',
] as const;

/** One of DEADLINE_RULES. */
export type DeadlineRule = (typeof DEADLINE_RULES)[number];

/** One running clock. */
export interface Deadline {
  readonly rule: DeadlineRule;
  /** The last instant in time; of a day, its end. */
  readonly dueAtMs: number;
  /** The day, `YYYY-MM-DD`, where the law counts days; null where it counts hours. */
  readonly dueOn: string | null;
  /** The article behind it; `[verify]` where its text was not at hand. */
  readonly basis: string;
}

/** What a clock needs to know of a report or a case. */
export interface ClockView {
  /** The first receiver's time; null when nobody received anything (a case opened by hand counts from its opening). */
  readonly receivedAtMs: number;
  /** Where the case stands; null for a report that is no case yet. */
  readonly stage: CaseStage | null;
  /** A report that the lead has answered, by opening, joining or turning away. */
  readonly isScreened: boolean;
  /** From when the emergency measures count that were not taken yet; null where there is no emergency. */
  readonly emergencyFromMs: number | null;
  /** Receipt of a report that joined a case whose risk was not judged since; null where there is none. */
  readonly joinedAtMs: number | null;
  /** `YYYY-MM-DD` of the plan's next review, or null. */
  readonly nextReviewOn: string | null;
}

/** Green, amber, red: in time, soon, too late. */
export type Light = 'green' | 'amber' | 'red';

/** How long the law gives. */
export interface LawClocks {
  readonly actHours: number;
  readonly planDays: number;
  readonly approveDays: number;
  readonly noticeDays: number;
}

/** The lengths in force, shipped until the directory has its own: configuration, because laws change. */
export const SHIPPED_CLOCKS: LawClocks = { actHours: 12, planDays: 5, approveDays: 7, noticeDays: 3 };

const BASIS = {
  assess: 'Nghị định 56/2017/NĐ-CP, Điều 26 khoản 2, trong hạn của khoản 3',
  act: 'Nghị định 56/2017/NĐ-CP, Điều 26 khoản 3',
  plan: 'Nghị định 56/2017/NĐ-CP, Điều 28 khoản 1',
  approve: 'Nghị định 56/2017/NĐ-CP, Điều 28 [verify]',
  review: 'Nghị định 56/2017/NĐ-CP, Điều 30',
  task: 'Kế hoạch hỗ trợ, can thiệp',
  notice: 'Quy chế chuyên môn của trạm y tế [verify]',
  reviewAccess: 'Quy chế của xã về xem hồ sơ khi khẩn cấp [verify]',
  birth: 'Luật Hộ tịch 60/2014/QH13, Điều 15 [verify]',
} as const satisfies Record<DeadlineRule, string>;

const BEFORE_ASSESSMENT: readonly (CaseStage | null)[] = [null, 'received', 'assessingInitial'];
const BEFORE_PLAN: readonly (CaseStage | null)[] = [
  ...BEFORE_ASSESSMENT,
  'emergencyActive',
  'assessingSpecific',
  'needsMeeting',
  'planDraft',
  'returned',
];
const BEFORE_APPROVAL: readonly (CaseStage | null)[] = [...BEFORE_PLAN, 'planSubmitted'];
const UNDER_REVIEW: readonly (CaseStage | null)[] = ['implementing', 'reviewing'];

/**
 * Returns the clocks that still run for a report or a case, soonest first. A report that was answered and is no case has none. A reopened
 * case counts as before its assessment again, from the receipt that the caller gives.
 *
 * The decree sets its twelve hours from the receipt for the measures where serious harm happens or threatens (Art. 26(3), 31); whether it
 * does is what the initial assessment finds (Art. 26(2), without a time of its own), so that has to come within the same hours. One
 * clock of hours runs: until the assessment is done, or, where there is an emergency, until measures are taken, however far the case has gone
 * on without them. A report that joins a case later is information received anew: its risk is judged within its own twelve hours. Rules
 * DL-5, DL-10, DL-11.
 */
export function deadlinesOf(
  view: ClockView,
  calendar: WorkCalendar,
  clocks: LawClocks = SHIPPED_CLOCKS,
): readonly Deadline[] {
  const { stage, receivedAtMs } = view;
  if (stage === null && view.isScreened) return [];
  const running: Deadline[] = [];
  if (view.emergencyFromMs !== null && (stage === null || !isEnded(stage)))
    running.push(hours('act', view.emergencyFromMs, clocks.actHours));
  else if (BEFORE_ASSESSMENT.includes(stage) || stage === 'reopened')
    running.push(hours('assess', receivedAtMs, clocks.actHours));
  else if (view.joinedAtMs !== null && stage !== null && !isEnded(stage))
    running.push(hours('assess', view.joinedAtMs, clocks.actHours));
  if (stage !== null && BEFORE_PLAN.includes(stage))
    running.push(workingDays('plan', receivedAtMs, clocks.planDays, calendar));
  if (stage !== null && BEFORE_APPROVAL.includes(stage)) {
    running.push(workingDays('approve', receivedAtMs, clocks.approveDays, calendar));
  }
  if (UNDER_REVIEW.includes(stage) && view.nextReviewOn !== null)
    running.push(...dayDeadline('review', view.nextReviewOn));
  return running.toSorted((a, b) => a.dueAtMs - b.dueAtMs);
}

/** Returns the deadline of a task, or none when it has no due time. */
export function taskDeadline(due: {
  readonly dueAtMs: number | null;
  readonly dueOn: string | null;
}): readonly Deadline[] {
  if (due.dueAtMs !== null) return [{ rule: 'task', dueAtMs: due.dueAtMs, dueOn: null, basis: BASIS.task }];
  return due.dueOn === null ? [] : dayDeadline('task', due.dueOn);
}

/**
 * Returns until when a result has to be told: 72 working hours, read as the end of the third working day after it came [verify]. Its
 * basis names the station's rules alone, because a deadline is shown on lists. Rule DL-12.
 */
export function noticeDeadline(
  resultAtMs: number,
  calendar: WorkCalendar,
  clocks: LawClocks = SHIPPED_CLOCKS,
): Deadline {
  return workingDays('notice', resultAtMs, clocks.noticeDays, calendar);
}

/** Returns until when somebody else must have looked at what was opened in an emergency: three working days from the Hub's first receipt. Rule DL-13. */
export function accessReviewDeadline(openedAtMs: number, calendar: WorkCalendar): Deadline {
  const dueOn = addWorkingDays(dayOf(openedAtMs), GRANT_LIMITS.reviewDays, calendar);
  return { rule: 'reviewAccess', dueAtMs: must(endOfDayMs(dueOn), 'a day') - 1, dueOn, basis: BASIS.reviewAccess };
}

/** Within how many days of the birth it is to be registered. [verify] */
export const BIRTH_REGISTRATION_DAYS = 60;

/** Returns the clock of a birth registration that is due on the day (`YYYY-MM-DD`). Rule DL-14. */
export function birthDeadline(dueOn: string): Deadline {
  return { rule: 'birth', dueAtMs: must(endOfDayMs(dueOn), 'a day') - 1, dueOn, basis: BASIS.birth };
}

/** Returns the light: red once the instant has passed, amber in the last 4 hours of a clock of hours and the last 24 of a day, else green. */
export function lightOf(deadline: Pick<Deadline, 'dueAtMs' | 'dueOn'>, nowMs: number): Light {
  if (nowMs > deadline.dueAtMs) return 'red';
  const soonMs = deadline.dueOn === null ? 4 * HOUR_MS : DAY_MS;
  return deadline.dueAtMs - nowMs <= soonMs ? 'amber' : 'green';
}

/**
 * Returns when the clock of a report or case starts: the first receiver's time, by a clock put right against the Hub's, and never later
 * than the Hub's first receipt. Before that receipt the tablet's clock is all there is. Rules DL-4, DL-9.
 */
export function clockStartMs(receivedAtMs: number, received: FirstReceipt | null): number {
  return received ? Math.min(receivedAtMs + received.skewMs, received.atMs) : receivedAtMs;
}

function hours(rule: 'assess' | 'act', fromMs: number, count: number): Deadline {
  return { rule, dueAtMs: fromMs + count * HOUR_MS, dueOn: null, basis: BASIS[rule] };
}

function workingDays(
  rule: 'plan' | 'approve' | 'notice',
  fromMs: number,
  count: number,
  calendar: WorkCalendar,
): Deadline {
  const dueOn = addWorkingDays(dayOf(fromMs), count, calendar);
  return { rule, dueAtMs: must(endOfDayMs(dueOn), 'a day') - 1, dueOn, basis: BASIS[rule] };
}

function dayDeadline(rule: 'review' | 'task', dueOn: string): readonly Deadline[] {
  const end = endOfDayMs(dueOn);
  return end === null ? [] : [{ rule, dueAtMs: end - 1, dueOn, basis: BASIS[rule] }];
}
