import type { TaskView } from '@chungtay/core/derive/tasks';
import { addDays, dayOf } from '@chungtay/core/policy/calendar';

/** The groups of Today, the most pressing first. */
export const TASK_GROUPS = ['overdue', 'today', 'week', 'later'] as const;

/** One of TASK_GROUPS. */
export type TaskGroup = (typeof TASK_GROUPS)[number];

/** What is shown before "more" (R25). */
export const SHOWN_FIRST = 7;

/** Tasks of a group, in the order they came. */
export interface GroupedTasks {
  readonly group: TaskGroup;
  readonly tasks: readonly TaskView[];
  /** How many there are in all, shown or not. */
  readonly total: number;
}

/** Returns which group a task belongs to at `nowMs`; what has no deadline comes last, unless it is an emergency. */
export function groupOf(
  { deadline, isEmergency }: Pick<TaskView, 'deadline' | 'isEmergency'>,
  nowMs: number,
): TaskGroup {
  if (deadline === null) return isEmergency ? 'today' : 'later';
  if (nowMs > deadline.dueAtMs) return 'overdue';
  const today = dayOf(nowMs);
  const dueOn = deadline.dueOn ?? dayOf(deadline.dueAtMs);
  if (dueOn <= today) return 'today';
  return dueOn <= addDays(today, 7) ? 'week' : 'later';
}

/** Returns the groups that hold something, at most `limit` tasks in all, soonest first. */
export function groupTasks(tasks: readonly TaskView[], nowMs: number, limit: number): readonly GroupedTasks[] {
  const byGroup = Map.groupBy(tasks, (task) => groupOf(task, nowMs));
  const found = TASK_GROUPS.map((group) => byGroup.get(group) ?? []);
  return TASK_GROUPS.map((group, index) => {
    const all = found[index] ?? [];
    const before = found.slice(0, index).reduce((sum, each) => sum + each.length, 0);
    return { group, tasks: all.slice(0, Math.max(0, limit - before)), total: all.length };
  }).filter((each) => each.tasks.length > 0);
}
