import { describe, expect, it } from 'vitest';
import { CASE_STAGES, type CaseStage, isEnded } from '../model/case-stage.ts';
import { SHIPPED_CALENDAR } from './calendar.ts';
import {
  type ClockView,
  type Deadline,
  SHIPPED_CLOCKS,
  clockStartMs,
  deadlinesOf,
  lightOf,
  noticeDeadline,
  taskDeadline,
} from './deadlines.ts';

/** Friday 06/11/2026 at 21:30 in Việt Nam. */
const FRIDAY_NIGHT = Date.parse('2026-11-06T14:30:00Z');

function view(more: Partial<ClockView> = {}): ClockView {
  return {
    receivedAtMs: FRIDAY_NIGHT,
    stage: null,
    isScreened: false,
    emergencyFromMs: null,
    joinedAtMs: null,
    nextReviewOn: null,
    ...more,
  };
}

function said(deadlines: readonly Deadline[]): readonly string[] {
  return deadlines.map(({ rule, dueOn, dueAtMs }) => `${rule} ${dueOn ?? new Date(dueAtMs).toISOString()}`);
}

const ASSESS = 'assess 2026-11-07T02:30:00.000Z';
const ACT = 'act 2026-11-07T02:30:00.000Z';
const PLAN = 'plan 2026-11-13';
const APPROVE = 'approve 2026-11-17';

const YEAR = 31_536_000_000;

describe('when the clock starts', () => {
  it.each([
    ['the receiver’s time', 1000, { atMs: 2000, skewMs: 0 }, 1000],
    ['the Hub’s first receipt, when the tablet’s clock runs ahead a little', 9000, { atMs: 2000, skewMs: 0 }, 2000],
    ['the receiver’s time while the Hub has nothing', 1000, null, 1000],
    ['the receiver’s time put right, by a clock a year ahead', 1000 + YEAR, { atMs: 2000, skewMs: -YEAR }, 1000],
    ['the receiver’s time put right, by a clock a year behind', 1000 - YEAR, { atMs: 2000, skewMs: YEAR }, 1000],
  ])('[DL-4] at %s', (_what, receivedAtMs, received, start) => {
    expect(clockStartMs(receivedAtMs, received)).toBe(start);
  });
});

describe('clocks', () => {
  it('[DL-5] twelve hours run through the night and the weekend from the receipt of a report', () => {
    expect(said(deadlinesOf(view(), SHIPPED_CALENDAR))).toEqual([ASSESS]);
    expect(deadlinesOf(view({ isScreened: true }), SHIPPED_CALENDAR)).toEqual([]);
  });

  const RUNNING: Readonly<Record<CaseStage, readonly string[]>> = {
    received: [ASSESS, PLAN, APPROVE],
    assessingInitial: [ASSESS, PLAN, APPROVE],
    emergencyActive: [PLAN, APPROVE],
    assessingSpecific: [PLAN, APPROVE],
    needsMeeting: [PLAN, APPROVE],
    planDraft: [PLAN, APPROVE],
    returned: [PLAN, APPROVE],
    planSubmitted: [APPROVE],
    approved: [],
    implementing: ['review 2026-12-01'],
    reviewing: ['review 2026-12-01'],
    closeProposed: [],
    reopened: [ASSESS],
    screenedOut: [],
    closed: [],
    transferredOut: [],
    merged: [],
  };

  it.each(CASE_STAGES.map((stage) => [stage, RUNNING[stage]] as const))(
    '[DL-6] in stage %s run %j',
    (stage, running) => {
      const clocks = deadlinesOf(view({ stage, isScreened: true, nextReviewOn: '2026-12-01' }), SHIPPED_CALENDAR);
      expect(said(clocks)).toEqual(running);
      for (const clock of clocks) expect(clock.basis).toMatch(/56\/2017/u);
    },
  );

  it.each(CASE_STAGES.map((stage) => [stage, !isEnded(stage)] as const))(
    '[DL-10] an emergency without measures, in stage %s, has its twelve hours: %s',
    (stage, isRunning) => {
      const clocks = deadlinesOf(view({ stage, isScreened: true, emergencyFromMs: FRIDAY_NIGHT }), SHIPPED_CALENDAR);
      expect(said(clocks).filter((each) => !/^(?:plan|approve|review)/u.test(each))).toEqual(isRunning ? [ACT] : []);
    },
  );

  it('[DL-10] an emergency that was found later counts from then', () => {
    const emergencyFromMs = FRIDAY_NIGHT + 100 * 3_600_000;
    const clocks = deadlinesOf(view({ stage: 'implementing', isScreened: true, emergencyFromMs }), SHIPPED_CALENDAR);
    expect(said(clocks)).toEqual(['act 2026-11-11T06:30:00.000Z']);
  });

  it('[DL-6] the shipped lengths are those of Decree 56/2017', () => {
    expect(SHIPPED_CLOCKS).toEqual({ actHours: 12, planDays: 5, approveDays: 7, noticeDays: 3 });
  });

  it('[DL-6] other lengths of the law are a matter of the directory', () => {
    const clocks = { actHours: 24, planDays: 1, approveDays: 2, noticeDays: 1 };
    const running = deadlinesOf(view({ stage: 'received', isScreened: true }), SHIPPED_CALENDAR, clocks);
    expect(said(running)).toEqual(['assess 2026-11-07T14:30:00.000Z', 'plan 2026-11-09', 'approve 2026-11-10']);
  });

  it('[DL-7] a review runs only with its day, a task with its day or its hour, to the end of the day', () => {
    expect(deadlinesOf(view({ stage: 'implementing' }), SHIPPED_CALENDAR)).toEqual([]);
    expect(said(taskDeadline({ dueAtMs: null, dueOn: '2026-11-09' }))).toEqual(['task 2026-11-09']);
    expect(taskDeadline({ dueAtMs: null, dueOn: '2026-11-09' })[0]?.dueAtMs).toBe(
      Date.parse('2026-11-09T16:59:59.999Z'),
    );
    expect(said(taskDeadline({ dueAtMs: 0, dueOn: '2026-11-09' }))).toEqual(['task 1970-01-01T00:00:00.000Z']);
    expect([...taskDeadline({ dueAtMs: null, dueOn: null }), ...taskDeadline({ dueAtMs: null, dueOn: 'mai' })]).toEqual(
      [],
    );
  });
});

describe('a result that somebody waits for', () => {
  it('[DL-12] is told by the end of the third working day, and its basis does not name the matter', () => {
    const friday = Date.parse('2026-11-06T09:30:00+07:00');
    const deadline = noticeDeadline(friday, SHIPPED_CALENDAR);
    expect(said([deadline])).toEqual(['notice 2026-11-11']);
    expect(deadline.basis).not.toMatch(/HIV/iu);
  });
});

describe('lights', () => {
  const HOUR = 3_600_000;
  it.each([
    ['an hour clock with 5 hours left', { dueAtMs: 5 * HOUR, dueOn: null }, 'green'],
    ['with 4 hours left', { dueAtMs: 4 * HOUR, dueOn: null }, 'amber'],
    ['on the instant', { dueAtMs: 0, dueOn: null }, 'amber'],
    ['a moment later', { dueAtMs: -1, dueOn: null }, 'red'],
    ['a day clock with 25 hours left', { dueAtMs: 25 * HOUR, dueOn: '1970-01-02' }, 'green'],
    ['on its last day', { dueAtMs: 23 * HOUR, dueOn: '1970-01-01' }, 'amber'],
    ['over', { dueAtMs: -1, dueOn: '1970-01-01' }, 'red'],
  ] as const)('[DL-8] %s', (_what, deadline, light) => {
    expect(lightOf(deadline, 0)).toBe(light);
  });
});
