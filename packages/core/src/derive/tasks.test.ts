import { describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import type { DocState } from '../doc/state.ts';
import { documentOf, written } from '../kinds/document.support.ts';
import type { MemberNumber } from '../model/ids.ts';
import { minutesOf, msOfMinutes } from '../model/minutes.ts';
import { ROLES, type Role } from '../model/role.ts';
import { SHIPPED_CALENDAR } from '../policy/calendar.ts';
import { personOf } from '../policy/label.support.ts';
import { folderAt, metaOf, rowFor } from './row.support.ts';
import { type Row, rowOfExtract } from './rows.ts';
import { caseDeadlines, intakeDeadline, tasksOf } from './tasks.ts';

/** Monday 02/11/2026 09:00 in Việt Nam. */
const NOW_MS = Date.parse('2026-11-02T02:00:00Z');
const HOUR_MS = 3_600_000;

function tasksFor(role: Role, rows: readonly Row[], nowMs = NOW_MS) {
  return tasksOf(rows, { principal: personOf(role), calendar: SHIPPED_CALENDAR, nowMs });
}

function said(role: Role, rows: readonly Row[], nowMs = NOW_MS): readonly string[] {
  return tasksFor(role, rows, nowMs).map(({ what, light, deadline }) => `${what} ${light} ${deadline?.rule ?? '-'}`);
}

function intake(set: Record<string, Json>, n = 1) {
  return rowFor('intake', 'intake', documentOf({ set }), metaOf('intake', n));
}

function caseIn(stage: string, set: Record<string, Json> = {}, openedAtMs = NOW_MS, n = 2) {
  const state = documentOf({ set, log: { stage: [{ n: 1, to: stage }] } }, { minutes: minutesOf(openedAtMs) });
  return rowFor('case', 'case', state, metaOf('case', n));
}

function task(set: Record<string, Json>) {
  return rowFor('task', 'task', documentOf({ set: { title: 'Gọi cô giáo chủ nhiệm', ...set } }), metaOf('task', 3));
}

describe('tasks', () => {
  it('[DRV-12] come overdue and soonest first, what has no date last, and the same for the same rows', () => {
    const rows = [
      caseIn('received', {}, NOW_MS - HOUR_MS, 2),
      intake({ receivedAt: NOW_MS - 13 * HOUR_MS }, 1),
      rowFor('held', 'held', documentOf({ set: { code: 'locked' } }), metaOf('held', 5)),
      intake({ receivedAt: NOW_MS - 9 * HOUR_MS }, 4),
    ];
    const expected = [
      'screenIntake red assess',
      'screenIntake amber assess',
      'assess green assess',
      'judgeHeld green -',
    ];
    expect(said('lead', rows)).toEqual(expected);
    expect(said('lead', rows.toReversed())).toEqual(expected);
    expect(new Set(tasksFor('lead', rows).map(({ id }) => id)).size).toBe(4);
  });

  it.each([
    ['lead', 'received', ['assess green assess']],
    ['chair', 'received', []],
    ['police', 'received', []],
    ['lead', 'assessingSpecific', ['submitPlan green plan']],
    ['chair', 'assessingSpecific', []],
    ['lead', 'planSubmitted', []],
    ['chair', 'planSubmitted', ['approvePlan green approve']],
    ['lead', 'implementing', ['review amber review']],
    ['chair', 'closeProposed', ['decideClose green -']],
    ['lead', 'closed', []],
    ['chair', 'closed', []],
  ] as const)('[DRV-13] %s, case %s: %j', (role, stage, expected) => {
    expect(said(role, [caseIn(stage, { nextReviewOn: '2026-11-02' })])).toEqual(expected);
  });

  it('[DRV-13] a case’s clocks run from the receipt of its first report', () => {
    const report = intake({ receivedAt: NOW_MS - 13 * HOUR_MS, screening: 'newCase' });
    const row = caseIn('received', { intakes: [report.document] });
    expect(said('lead', [row])).toEqual(['assess green assess']);
    expect(said('lead', [row, report])).toEqual(['assess red assess']);
  });

  it('[DRV-13] a case at rest and an answered report have no clock, whatever their dates', () => {
    const tables = { calendar: SHIPPED_CALENDAR };
    expect(caseDeadlines(caseIn('closed', { nextReviewOn: '2026-11-02' }), new Map(), tables)).toEqual([]);
    expect(caseDeadlines(caseIn('received'), new Map(), tables).map(({ rule }) => rule)).toEqual([
      'assess',
      'plan',
      'approve',
    ]);
    expect(intakeDeadline(intake({ screening: 'duplicate' }), tables)).toBeNull();
    expect(intakeDeadline(intake({ receivedAt: NOW_MS }), tables)?.dueAtMs).toBe(NOW_MS + 12 * HOUR_MS);
  });

  it('[DRV-13] a reopened case counts from its reopening', () => {
    const state = written(
      documentOf({ log: { stage: [{ n: 1, to: 'received' }] } }, { minutes: minutesOf(NOW_MS) - 100_000 }),
      { log: { stage: [{ n: 2, from: 'closed', to: 'reopened', reason: 'Tin mới' }] } },
      { minutes: minutesOf(NOW_MS) - 60 },
    );
    expect(said('lead', [rowFor('case', 'case', state)])).toEqual(['assess green assess']);
    const on = written(
      state,
      { log: { stage: [{ n: 3, from: 'reopened', to: 'assessingInitial' }] } },
      { minutes: minutesOf(NOW_MS) - 30 },
    );
    expect(said('lead', [rowFor('case', 'case', on)])).toEqual(['assess green assess']);
  });

  it.each([
    ['received', ['assess green act'], ['decideEmergency green act']],
    ['assessingSpecific', ['submitPlan green plan'], ['decideEmergency green act']],
    ['emergencyActive', ['submitPlan green plan'], []],
    ['closed', [], []],
  ] as const)('[DL-10] an emergency in stage %s calls the lead %j, the chair %j', (stage, lead, chair) => {
    const row = caseIn(stage, { isEmergency: true });
    expect(said('lead', [row])).toEqual(lead);
    expect(said('chair', [row])).toEqual(chair);
  });

  it('[DL-10] an emergency found after the assessment counts from when it was found, until a measure is taken', () => {
    const opened = minutesOf(NOW_MS) - 10_000;
    const steps = [
      { n: 1, to: 'received' },
      { n: 2, from: 'received', to: 'assessingSpecific' },
    ];
    const assessed = documentOf({ log: { stage: steps } }, { minutes: opened });
    const found = written(assessed, { set: { isEmergency: true } }, { minutes: minutesOf(NOW_MS) - 120 });
    const dueAtMs = (row: Row) => tasksFor('chair', [row]).map(({ deadline }) => deadline?.dueAtMs);
    expect(dueAtMs(rowFor('case', 'case', found))).toEqual([NOW_MS + 10 * HOUR_MS]);
    const active = { n: 3, from: 'assessingSpecific', to: 'emergencyActive' };
    expect(dueAtMs(rowFor('case', 'case', written(found, { log: { stage: [active] } })))).toEqual([]);
    const atOnce = written(assessed, { set: { isEmergency: true } }, { minutes: opened });
    expect(dueAtMs(rowFor('case', 'case', atOnce))).toEqual([msOfMinutes(opened) + 12 * HOUR_MS]);
  });

  it('[DL-10] an emergency that is taken back and said again counts from its first finding', () => {
    const opened = minutesOf(NOW_MS) - 10_000;
    const steps = [
      { n: 1, to: 'received' },
      { n: 2, from: 'received', to: 'assessingSpecific' },
    ];
    const found = { set: { isEmergency: true }, log: { emergencies: [{ found: true }] } };
    const not = { set: { isEmergency: false }, log: { emergencies: [{ found: false }] } };
    const at = (hoursAgo: number) => ({ minutes: minutesOf(NOW_MS) - 60 * hoursAgo });
    const dueInHours = (state: DocState) =>
      tasksFor('chair', [rowFor('case', 'case', state)]).map(
        ({ deadline }) => ((deadline?.dueAtMs ?? 0) - NOW_MS) / HOUR_MS,
      );
    const assessed = documentOf({ log: { stage: steps } }, { minutes: opened });
    const again = written(written(written(assessed, found, at(9)), not, at(5)), found, at(1));
    expect(dueInHours(again)).toEqual([3]);
    const atOnce = { set: found.set, log: { stage: steps, ...found.log } };
    const early = written(written(documentOf(atOnce, { minutes: opened }), not, at(5)), found, at(1));
    expect(dueInHours(early)).toEqual([12 - 10_000 / 60]);
    const reopened = { n: 3, from: 'closed', to: 'reopened', reason: 'Tin mới' };
    const on = [reopened, { n: 4, from: 'reopened', to: 'assessingSpecific' }];
    const since = written(written(again, { log: { stage: on } }, at(0.75)), found, at(0.5));
    expect(dueInHours(since)).toEqual([11.5]);
  });

  describe('a report joined to a case that was assessed long ago', () => {
    const opened = minutesOf(NOW_MS) - 10_000;
    const hoursAgo = (hours: number) => ({ minutes: minutesOf(NOW_MS) - 60 * hours });
    const report = intake({ receivedAt: NOW_MS - 3 * HOUR_MS, case: folderAt(2) });
    const steps = [
      { n: 1, to: 'received' },
      { n: 2, from: 'received', to: 'assessingSpecific' },
      { n: 3, from: 'assessingSpecific', to: 'implementing' },
    ];
    const before = documentOf({ set: { riskLevel: 'medium' }, log: { stage: steps } }, { minutes: opened });
    const joined = written(before, { set: { intakes: [report.document] } }, hoursAgo(2));
    const tasksOn = (state: DocState, also: readonly Row[] = [report]) =>
      tasksFor('lead', [rowFor('case', 'case', state), ...also]).map(
        ({ what, deadline }) => `${what} ${((deadline?.dueAtMs ?? 0) - NOW_MS) / HOUR_MS}`,
      );

    it('[DL-11] has twelve hours of its own, from its receipt', () => {
      expect(tasksOn(before)).toEqual([]);
      expect(tasksOn(joined)).toEqual(['assess 9']);
      expect(tasksOn(joined, [])).toEqual([]);
    });

    it.each<readonly [string, Parameters<typeof written>[1]]>([
      ['the risk is said anew', { set: { riskLevel: 'high' } }],
      ['why it stays is said', { set: { riskReason: 'Cùng một việc đã biết' } }],
      ['the child is safe', { set: { isChildSafeNow: true } }],
      ['measures are taken', { log: { stage: [{ n: 4, from: 'implementing', to: 'emergencyActive' }] } }],
    ])('[DL-11] until %s', (_what, answer) => {
      expect(tasksOn(written(joined, answer, hoursAgo(1)))).not.toContain('assess 9');
      expect(
        tasksOn(written(written(before, answer, hoursAgo(4)), { set: { intakes: [report.document] } }, hoursAgo(2))),
      ).toContain('assess 9');
    });

    it('[DL-11] the emergency it tells of has those hours too, and no others', () => {
      const urgent = written(
        joined,
        { set: { isEmergency: true }, log: { emergencies: [{ found: true }] } },
        hoursAgo(1),
      );
      expect(tasksOn(urgent)).toEqual([]);
      const chair = tasksFor('chair', [rowFor('case', 'case', urgent), report]);
      expect(chair.map(({ what, deadline }) => [what, deadline?.dueAtMs])).toEqual([
        ['decideEmergency', NOW_MS + 11 * HOUR_MS],
      ]);
    });
  });

  it.each([
    ['the lead has not answered it', {}, 1],
    ['it was answered', { screening: 'noRisk' }, 0],
    ['it was joined to a case', { case: '01J9AAAAAAAAAAAAAAAAAAAA02' }, 0],
  ] as const)('[DRV-13] a report calls the lead while %s', (_what, set, count) => {
    const row = intake({ receivedAt: NOW_MS, ...set });
    for (const role of ROLES) expect(tasksFor(role, [row])).toHaveLength(role === 'lead' ? count : 0);
  });

  it.each([
    ['collaborator', { assignee: 7, due: '2026-11-02' }, ['doTask amber task']],
    ['collaborator', { assignee: 7 }, ['doTask green -']],
    ['collaborator', { assignee: 7, due: '2026-11-02', state: 'done' }, []],
    ['collaborator', { assignee: 8, due: '2026-11-02' }, []],
    ['lead', { assignee: 8, due: '2026-11-01' }, ['followTask red task']],
    ['lead', { assignee: 8, due: '2026-11-02' }, []],
    ['chair', { assignee: 8, due: '2026-11-01' }, []],
  ] as const)('[DRV-13] %s, task %j: %j', (role, set, expected) => {
    expect(said(role, [task(set)])).toEqual(expected);
  });

  it('[DRV-13] a task of a case is about the child of the case', () => {
    const child = folderAt(9);
    const rows = [task({ assignee: 7 }), caseIn('received', { child }, NOW_MS, 3)];
    expect(tasksFor('collaborator', rows).map((each) => each.child)).toEqual([child]);
    expect(tasksFor('collaborator', [task({ assignee: 7 })]).map((each) => each.child)).toEqual([null]);
  });

  it('[DRV-13] a result nobody was told of waits for a named nurse, in words that name neither child nor matter', () => {
    const state = documentOf({ rows: { tests: { a: { resultAt: NOW_MS, result: 'positive' } } } });
    const row = rowFor('hiv', 'hiv', state);
    expect(said('nurse', [row])).toEqual([]);
    const principal = personOf('nurse', { namedFor: ['hiv'] });
    const [found] = tasksOf([row], { principal, calendar: SHIPPED_CALENDAR, nowMs: NOW_MS });
    expect(found).toMatchObject({ what: 'giveNotice', title: null, number: null, child: null });
    expect(found?.deadline?.dueOn).toBe('2026-11-05');
  });

  it('[DRV-13] who promised to call again is reminded, from two weeks before to a month after', () => {
    const visit = (nextOn: string, owner: number | null = 7) =>
      rowFor(
        'visit',
        'visit',
        documentOf({ set: { outcome: 'absent', nextOn } }),
        metaOf('visit', 1, { owner: owner as MemberNumber | null }),
      );
    expect(said('collaborator', [visit('2026-11-16')])).toEqual(['visitAgain green task']);
    expect(said('collaborator', [visit('2026-11-16', null)])).toEqual(['visitAgain green task']);
    expect(said('collaborator', [visit('2026-11-17')])).toEqual([]);
    expect(said('collaborator', [visit('2026-10-04')])).toEqual(['visitAgain red task']);
    expect(said('collaborator', [visit('2026-10-01')])).toEqual([]);
    expect(said('collaborator', [visit('2026-11-16', 8)])).toEqual([]);
  });

  it('[DRV-14] a conflict about a decision waits for those who may choose', () => {
    let state = documentOf({
      set: { currentResidence: 'Nhà bà ngoại', childName: 'Hầu Xuân Bình' },
      log: { stage: [{ n: 1, to: 'approved' }] },
    });
    state = written(state, { set: { currentResidence: 'Trạm y tế' } }, { client: 12, isBlind: true });
    const row = rowFor('case', 'case', state);
    const choosers = ROLES.filter((role) => tasksFor(role, [row]).some((view) => view.what === 'chooseConflict'));
    expect(choosers).toEqual(['police', 'lead']);
    expect(tasksFor('police', [row]).map((view) => view.fields)).toEqual([['currentResidence']]);
    expect(tasksFor('lead', [row])[0]?.title).toBe('Hầu Xuân Bình');
  });

  it('[DRV-14] a field without named writers is chosen by who writes the kind', () => {
    let state = documentOf({ set: { status: 'attending' } });
    state = written(state, { set: { status: 'droppedOut' } }, { client: 12, isBlind: true });
    const row = rowFor('education', 'education', state);
    const choosers = ROLES.filter((role) => tasksFor(role, [row]).length > 0);
    expect(choosers).toEqual(['teacher', 'lead']);
  });

  it('[DRV-15] an extract asks nothing of anyone', () => {
    const row = rowOfExtract(
      'case-open',
      'case',
      { isOpen: true, child: null, contactPerson: null, contactPhone: null },
      metaOf('case'),
    );
    for (const role of ROLES) expect(tasksFor(role, row ? [row] : [])).toEqual([]);
  });

  it('[DRV-13] a held edit waits for its deciders until it has an outcome', () => {
    const open = rowFor('held', 'held', documentOf({ set: { code: 'stage-changed' } }));
    const settled = rowFor('held', 'held', documentOf({ set: { outcome: 'accepted' } }));
    expect(ROLES.filter((role) => tasksFor(role, [open]).length > 0)).toEqual(['lead', 'chair']);
    expect(tasksFor('lead', [settled])).toEqual([]);
  });
});
