import { addDays, dayOf, isWorkingDay, type WorkCalendar } from '@chungtay/core/policy/calendar';
import type { Deadline } from '@chungtay/core/policy/deadlines';
import type { Due } from '../components/due-words.ts';

/** Returns the working days left until a day, 0 on it, negative after it. */
export function workdaysUntil(dueOn: string, nowMs: number, calendar: WorkCalendar): number {
  const today = dayOf(nowMs);
  const [from, to, sign] = today <= dueOn ? [today, dueOn, 1] : [dueOn, today, -1];
  let count = 0;
  for (let day = from; day < to; day = addDays(day, 1)) if (isWorkingDay(addDays(day, 1), calendar)) count += sign;
  return count;
}

/** Returns a deadline as a badge shows it: hours where the law counts hours, working days where it counts days. */
export function dueOf(deadline: Pick<Deadline, 'dueAtMs' | 'dueOn'>, nowMs: number, calendar: WorkCalendar): Due {
  const { dueAtMs, dueOn } = deadline;
  return { dueAtMs, workdaysLeft: dueOn === null ? null : workdaysUntil(dueOn, nowMs, calendar) };
}
