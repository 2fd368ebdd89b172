import type { TaskView } from '@chungtay/core/derive/tasks';
import { describe, expect, it } from 'vitest';
import { groupOf, groupTasks } from './task-groups.ts';

/** Monday, noon in Hà Nội. */
const NOW = Date.parse('2026-10-05T05:00:00Z');
const HOUR = 3_600_000;

function task(id: string, dueAtMs: number | null, isEmergency = false): TaskView {
  const deadline = dueAtMs === null ? null : ({ rule: 'act', dueAtMs, dueOn: null, basis: '' } as const);
  return { id, deadline, isEmergency } as TaskView;
}

describe('groupOf', () => {
  it.each([
    ['a minute late', NOW - 60_000, 'overdue'],
    ['this very instant', NOW, 'today'],
    ['before midnight', Date.parse('2026-10-05T16:59:00Z'), 'today'],
    ['after midnight', Date.parse('2026-10-05T17:01:00Z'), 'week'],
    ['in a week', NOW + 7 * 24 * HOUR, 'week'],
    ['in eight days', NOW + 8 * 24 * HOUR, 'later'],
    ['without a deadline', null, 'later'],
  ] as const)('%s', (_, dueAtMs, group) => expect(groupOf(task('a', dueAtMs), NOW)).toBe(group));

  it('puts an emergency without a deadline on today', () => {
    expect(groupOf(task('a', null, true), NOW)).toBe('today');
  });
});

describe('groupTasks', () => {
  const tasks = [task('later', null), task('late', NOW - HOUR), task('soon', NOW + HOUR)];

  it('[UX-25] shows the most pressing first and no more than asked', () => {
    const shown = groupTasks(tasks, NOW, 2);
    expect(shown.map(({ group, tasks: found }) => [group, found.map(({ id }) => id)])).toEqual([
      ['overdue', ['late']],
      ['today', ['soon']],
    ]);
  });

  it('says how many a group has, shown or not', () => {
    const many = [task('a', NOW - HOUR), task('b', NOW - 2 * HOUR), task('c', NOW - 3 * HOUR)];
    expect(groupTasks(many, NOW, 2)).toMatchObject([{ group: 'overdue', total: 3 }]);
    expect(groupTasks(many, NOW, 2)[0]?.tasks).toHaveLength(2);
  });
});
