import { intakeDeadline } from '@chungtay/core/derive/tasks';
import type { WorkCalendar } from '@chungtay/core/policy/calendar';
import type { Deadline } from '@chungtay/core/policy/deadlines';
import type { RowOf } from '../../composables/use-rows.ts';

/** Returns reports that wait for an answer, the soonest clock first, and those that have one, newest first. */
export function sortedIntakes(
  rows: readonly RowOf<'intake'>[],
  calendar: WorkCalendar,
): {
  readonly waiting: readonly { readonly row: RowOf<'intake'>; readonly deadline: Deadline }[];
  readonly answered: readonly RowOf<'intake'>[];
} {
  const readable = rows.filter((row) => row.access === 'whole');
  const waiting = readable.flatMap((row) => {
    const deadline = intakeDeadline(row, { calendar });
    return deadline ? [{ row, deadline }] : [];
  });
  const answered = readable.filter((row) => !waiting.some((each) => each.row === row));
  return {
    waiting: waiting.toSorted((a, b) => a.deadline.dueAtMs - b.deadline.dueAtMs),
    answered: answered.toSorted((a, b) => b.receivedAtMs - a.receivedAtMs),
  };
}
