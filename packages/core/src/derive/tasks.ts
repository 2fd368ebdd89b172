/** What one person has to do, from the rows he may see: the same on the Hub and on every device. Pure. Rules DRV-12 … DRV-15. */
import { fieldOf, kindOf } from '../kinds/registry.ts';
import type { DocumentId, FolderId } from '../model/ids.ts';
import type { Principal } from '../model/principal.ts';
import { cellFor } from '../policy/access.ts';
import { type WorkCalendar, addDays, dayOf } from '../policy/calendar.ts';
import {
  type Deadline,
  type LawClocks,
  type Light,
  deadlinesOf,
  lightOf,
  noticeDeadline,
  taskDeadline,
} from '../policy/deadlines.ts';
import type { AccessRow, CaseRow, HivRow, IdentityRow, IntakeRow, Row, TaskRow, VisitRow } from './row-types.ts';
import { accessTaskOf } from './tasks-access.ts';
import { birthTaskOf } from './tasks-papers.ts';

/** What there is to do. Keys `tasks.<what>` of the dictionaries. */
export const TASK_KINDS = [
  'screenIntake',
  'assess',
  'decideEmergency',
  'submitPlan',
  'approvePlan',
  'review',
  'decideClose',
  'doTask',
  'followTask',
  'visitAgain',
  'giveNotice',
  'chooseConflict',
  'judgeHeld',
  'answerRequest',
  'reviewEmergency',
  'registerBirth',
] as const;

/** One of TASK_KINDS. */
export type TaskKind = (typeof TASK_KINDS)[number];

/** One line of Today. */
export interface TaskView {
  /** The same for the same thing to do, on every device. */
  readonly id: string;
  readonly what: TaskKind;
  readonly document: DocumentId;
  readonly folder: FolderId;
  readonly kind: string;
  readonly number: string | null;
  /** The child it is about, when the row knows. */
  readonly child: FolderId | null;
  /** A name or title to show, or null. Never in URLs or logs. */
  readonly title: string | null;
  /** Fields to choose between, for `chooseConflict`. */
  readonly fields: readonly string[];
  /** Null when nothing runs out. */
  readonly deadline: Deadline | null;
  readonly light: Light;
  readonly isEmergency: boolean;
}

/** What the derivation needs beside the rows. */
export interface TaskContext {
  readonly principal: Principal;
  readonly calendar: WorkCalendar;
  /** Left out: the lengths that ship with the product. */
  readonly clocks?: LawClocks;
  readonly nowMs: number;
}

/** The table of days and the lengths that clocks are made of. */
export type ClockTables = Pick<TaskContext, 'calendar' | 'clocks'>;

/** Returns the tasks of this person: overdue and soonest first, what has no date last. `rows` = every row this person holds. */
export function tasksOf(rows: Iterable<Row>, context: TaskContext): readonly TaskView[] {
  const all = [...rows];
  const intakes = new Map(all.filter((row) => row.type === 'intake').map((row) => [row.document as string, row]));
  const cases = new Map(all.flatMap((row) => (row.type === 'case' ? [[row.folder, row] as const] : [])));
  const tasks = all
    .flatMap((row) => [...tasksOfRow(row, intakes, context), ...conflictsOf(row, context)])
    // what was given in a case is about its child
    .map((task) => ({ ...task, child: task.child ?? cases.get(task.folder)?.child ?? null }));
  return tasks.toSorted(
    (a, b) =>
      (a.deadline?.dueAtMs ?? Number.MAX_SAFE_INTEGER) - (b.deadline?.dueAtMs ?? Number.MAX_SAFE_INTEGER) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** The earliest receipt among its reports, else its opening; of a reopened case, the reopening. */
function caseClockMs(row: CaseRow, intakes: ReadonlyMap<string, IntakeRow>): number {
  if (row.reopenedAtMs !== null) return row.reopenedAtMs;
  const receipts = row.intakes.map((intake) => intakes.get(intake)?.receivedAtMs).filter((atMs) => atMs !== undefined);
  return Math.min(row.openedAtMs, ...receipts);
}

/** Returns the clocks that run for a case, soonest first. */
export function caseDeadlines(
  row: CaseRow,
  intakes: ReadonlyMap<string, IntakeRow>,
  { calendar, clocks }: ClockTables,
): readonly Deadline[] {
  if (!row.isOpen) return [];
  const { stage, nextReviewOn, emergency } = row;
  const receivedAtMs = caseClockMs(row, intakes);
  const emergencyFromMs = emergency && (emergency.foundAtMs ?? receivedAtMs);
  const joinedAtMs = unjudgedReportMs(row, intakes);
  return deadlinesOf(
    { receivedAtMs, stage, isScreened: true, emergencyFromMs, joinedAtMs, nextReviewOn },
    calendar,
    clocks,
  );
}

/** The receipt of the earliest report that came after the risk of its case was judged last; null when there is none. Rule DL-11. */
function unjudgedReportMs({ assessedAtMs, ...row }: CaseRow, intakes: ReadonlyMap<string, IntakeRow>): number | null {
  if (assessedAtMs === null) return null;
  const later = row.intakes
    .map((intake) => intakes.get(intake)?.receivedAtMs ?? 0)
    .filter((receivedAtMs) => receivedAtMs > assessedAtMs);
  return later.length === 0 ? null : Math.min(...later);
}

/** Returns the clock of a report that nobody has answered; null once it is answered, has a case, or was corrected into one. */
export function intakeDeadline(row: IntakeRow, { calendar, clocks }: ClockTables): Deadline | null {
  const isScreened = row.screening !== null || row.case !== null;
  const { receivedAtMs } = row;
  const emergencyFromMs = row.severity === 'critical' ? receivedAtMs : null;
  const view = { receivedAtMs, stage: null, isScreened, emergencyFromMs, joinedAtMs: null, nextReviewOn: null };
  return deadlinesOf(view, calendar, clocks)[0] ?? null;
}

function tasksOfRow(row: Row, intakes: ReadonlyMap<string, IntakeRow>, context: TaskContext): readonly TaskView[] {
  switch (row.type) {
    case 'intake':
      return intakeTasks(row, context);
    case 'case':
      return caseTasks(row, intakes, context);
    case 'task':
      return taskTasks(row, context);
    case 'visit':
      return visitTasks(row, context);
    case 'hiv':
      return noticeTasks(row, context);
    case 'held':
      return row.outcome === null && mayWrite(row.kind, 'outcome', context)
        ? [taskView(row, 'judgeHeld', null, context)]
        : [];
    case 'access':
      return accessTasks(row, context);
    case 'identity':
      return birthTasks(row, context);
    default:
      return [];
  }
}

function intakeTasks(row: IntakeRow, context: TaskContext): readonly TaskView[] {
  const deadline = intakeDeadline(row, context);
  return deadline && context.principal.role === 'lead' ? [taskView(row, 'screenIntake', deadline, context)] : [];
}

/** Which role each running clock of a case calls. */
function caseTasks(row: CaseRow, intakes: ReadonlyMap<string, IntakeRow>, context: TaskContext): readonly TaskView[] {
  const { role } = context.principal;
  const deadlines = caseDeadlines(row, intakes, context);
  const found = (rule: Deadline['rule']): Deadline | null =>
    deadlines.find((deadline) => deadline.rule === rule) ?? null;
  const tasks: TaskView[] = [];
  const add = (what: TaskKind, deadline: Deadline | null): void =>
    void tasks.push(taskView(row, what, deadline, context));
  const act = found('act');
  const isFirst = isBeforeAssessment(row);
  if (role === 'lead' && (isFirst || found('assess'))) add('assess', found('assess') ?? act);
  if (role === 'lead' && !isFirst && found('plan')) add('submitPlan', found('plan'));
  if (role === 'chair' && act) add('decideEmergency', act);
  if (role === 'chair' && row.stage === 'planSubmitted') add('approvePlan', found('approve'));
  if (role === 'lead' && found('review')) add('review', found('review'));
  if (role === 'chair' && row.stage === 'closeProposed') add('decideClose', null);
  return tasks;
}

function isBeforeAssessment({ stage }: CaseRow): boolean {
  return stage === 'received' || stage === 'assessingInitial' || stage === 'reopened';
}

function taskTasks(row: TaskRow, context: TaskContext): readonly TaskView[] {
  if (row.isDone) return [];
  const [deadline = null] = taskDeadline(row);
  if (row.assignee === context.principal.member) return [taskView(row, 'doTask', deadline, context)];
  const isLate = deadline !== null && lightOf(deadline, context.nowMs) === 'red';
  return isLate && context.principal.role === 'lead' ? [taskView(row, 'followTask', deadline, context)] : [];
}

/** A call again is for who made the visit, from two weeks before its day to a month after. */
function visitTasks(row: VisitRow, context: TaskContext): readonly TaskView[] {
  const today = dayOf(context.nowMs);
  const isMine = (row.owner ?? context.principal.member) === context.principal.member;
  if (!isMine || row.nextOn === null || row.nextOn > addDays(today, 14) || row.nextOn < addDays(today, -30)) return [];
  const [deadline = null] = taskDeadline({ dueAtMs: null, dueOn: row.nextOn });
  return [taskView(row, 'visitAgain', deadline, context)];
}

/** Its words name neither the child nor the matter: a list is looked at over shoulders. */
function noticeTasks(row: HivRow, context: TaskContext): readonly TaskView[] {
  if (row.untoldSinceMs === null || !mayWrite(row.kind, 'tests', context)) return [];
  const deadline = noticeDeadline(row.untoldSinceMs, context.calendar, context.clocks);
  return [taskView(row, 'giveNotice', deadline, context)];
}

function birthTasks(row: IdentityRow, context: TaskContext): readonly TaskView[] {
  const task = birthTaskOf(row, context);
  return task ? [{ ...taskView(row, 'registerBirth', task.deadline, context), child: row.folder }] : [];
}

/** What was opened in an emergency is never calm before somebody has looked at it. */
function accessTasks(row: AccessRow, context: TaskContext): readonly TaskView[] {
  const task = accessTaskOf(row, { ...context, mayWrite: (log) => mayWrite(row.kind, log, context) });
  if (!task) return [];
  const view = taskView(row, task.what, task.deadline, context);
  return [task.what === 'reviewEmergency' && view.light === 'green' ? { ...view, light: 'amber' } : view];
}

function conflictsOf(row: Row, context: TaskContext): readonly TaskView[] {
  const mine = row.decisionConflicts.filter((field) => mayWrite(row.kind, field, context));
  return mine.length === 0 ? [] : [{ ...taskView(row, 'chooseConflict', null, context), fields: mine }];
}

function mayWrite(kindId: string, name: string, { principal }: TaskContext): boolean {
  const kind = kindOf(kindId);
  const field = fieldOf(kindId, name);
  if (!kind || !field) return false;
  if (field.writers) return field.writers.includes(principal.role);
  const { right, fields } = cellFor(principal, { kind: kindId, compartment: kind.compartment });
  return (right === 'write' || right === 'decide') && fields !== 'named';
}

function taskView(row: Row, what: TaskKind, deadline: Deadline | null, { nowMs }: TaskContext): TaskView {
  const { document, folder, kind, number } = row;
  return {
    id: `${what}:${document}`,
    what,
    document,
    folder,
    kind,
    number,
    child: row.type === 'case' || row.type === 'intake' ? row.child : null,
    title: titleOf(row),
    fields: [],
    deadline,
    light: deadline ? lightOf(deadline, nowMs) : 'green',
    isEmergency: row.type === 'case' ? row.isEmergency : row.type === 'intake' && row.severity === 'critical',
  };
}

function titleOf(row: Row): string | null {
  switch (row.type) {
    case 'intake':
    case 'case':
      return row.childName;
    case 'task':
      return row.title;
    case 'identity':
      return row.name;
    case 'household':
      return row.head;
    default:
      return null;
  }
}
