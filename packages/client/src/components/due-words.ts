import type { Formats } from '../i18n/formats.ts';
import type { Translate } from '../i18n/translate.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When something is due and how much is left. Hour clocks run through nights and weekends; working days are counted by the caller, who has the list of holidays (UX-24). */
export interface Due {
  readonly dueAtMs: number;
  /** Whole working days left, negative when overdue; null for an hour clock. */
  readonly workdaysLeft: number | null;
}

/** How a deadline looks: colour never stands alone, the words say it too. */
export interface DueLook {
  readonly tone: 'neutral' | 'warn' | 'danger';
  readonly words: string;
}

/** Returns `17:00 T5 08/10 · còn 3 ngày làm việc`. The last working day, or the last six hours of an hour clock, are amber. */
export function dueLookOf(due: Due, nowMs: number, t: Translate, formats: Formats): DueLook {
  const absolute = `${formats.time(due.dueAtMs)} ${formats.weekday(due.dueAtMs)}`;
  const { tone, left } = due.workdaysLeft === null ? hoursLeft(due.dueAtMs - nowMs, t) : workdays(due, nowMs, t);
  return { tone, words: t('due.both', { absolute, left }) };
}

function hoursLeft(leftMs: number, t: Translate): { tone: DueLook['tone']; left: string } {
  const lateMs = -leftMs;
  if (lateMs >= 2 * DAY_MS) return { tone: 'danger', left: t('due.overdueDays', { n: Math.floor(lateMs / DAY_MS) }) };
  if (lateMs >= HOUR_MS) return { tone: 'danger', left: t('due.overdueHours', { n: Math.floor(lateMs / HOUR_MS) }) };
  if (lateMs > 0)
    return { tone: 'danger', left: t('due.overdueMinutes', { n: Math.max(1, Math.floor(lateMs / MINUTE_MS)) }) };
  const tone = leftMs <= 6 * HOUR_MS ? 'warn' : 'neutral';
  if (leftMs < HOUR_MS) return { tone, left: t('due.minutes', { n: Math.ceil(leftMs / MINUTE_MS) }) };
  if (leftMs < 2 * DAY_MS) return { tone, left: t('due.hours', { n: Math.floor(leftMs / HOUR_MS) }) };
  return { tone, left: t('due.days', { n: Math.floor(leftMs / DAY_MS) }) };
}

function workdays(
  { dueAtMs, workdaysLeft }: Due,
  nowMs: number,
  t: Translate,
): { tone: DueLook['tone']; left: string } {
  const n = workdaysLeft ?? 0;
  // On its last day a working-day clock still has an hour at which it ends.
  if (n <= 0 && nowMs > dueAtMs) {
    return n === 0 ? hoursLeft(dueAtMs - nowMs, t) : { tone: 'danger', left: t('due.overdueWorkdays', { n: -n }) };
  }
  if (n <= 0) return { tone: 'warn', left: t('due.todayWorkday') };
  return { tone: n === 1 ? 'warn' : 'neutral', left: t('due.workdays', { n }) };
}
