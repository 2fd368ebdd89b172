import { describe, expect, it } from 'vitest';
import type { DocState } from '../doc/state.ts';
import { type Writes, documentOf, written } from '../kinds/document.support.ts';
import type { MemberNumber } from '../model/ids.ts';
import { ROLES, type Role } from '../model/role.ts';
import { SHIPPED_CALENDAR, endOfDayMs } from '../policy/calendar.ts';
import { ME, personOf } from '../policy/label.support.ts';
import { metaOf, rowFor } from './row.support.ts';
import { tasksOf } from './tasks.ts';

/** Friday 06/11/2026 09:00 in Việt Nam. */
const NOW_MS = Date.parse('2026-11-06T02:00:00Z');
const ASKER = 21 as MemberNumber;
const TERMS = { member: ASKER, basis: 'written-request', from: '2026-11-02', until: '2026-11-30' };

function rowIn(kind: string, state: DocState) {
  const firstReceipt = { atMs: NOW_MS, skewMs: 0 };
  return rowFor('access', kind, state, metaOf(kind, 1, { owner: ASKER, firstReceipt }));
}

function called(kind: string, state: DocState, more: Parameters<typeof personOf>[1] = {}): readonly Role[] {
  const row = rowIn(kind, state);
  return ROLES.filter((role) => tasksFor(role, row, more).length > 0);
}

function tasksFor(role: Role, row: ReturnType<typeof rowIn>, more: Parameters<typeof personOf>[1] = {}) {
  return tasksOf([row], { principal: personOf(role, more), calendar: SHIPPED_CALENDAR, nowMs: NOW_MS });
}

describe('a request that waits', () => {
  const asked = documentOf({ set: TERMS }, { member: ASKER });

  it.each([
    ['access-identity', ['lead']],
    ['access-education', ['teacher', 'lead']],
    ['access-health', ['nurse']],
    ['access-support', ['lead', 'chair']],
  ] as const)('[DRV-24] %s calls %j', (kind, roles) => {
    expect(called(kind, asked)).toEqual(roles);
    expect(tasksFor(roles[0], rowIn(kind, asked)).map(({ what }) => what)).toEqual(['answerRequest']);
  });

  it.each<[string, Writes]>([
    ['approved', { log: { approvals: [TERMS] } }],
    ['refused', { log: { refusals: [{ reason: 'Chưa có văn bản' }] } }],
    ['ended', { log: { ended: [{ reason: 'Thôi không cần nữa' }] } }],
    ['out of date', { set: { until: '2026-11-05' } }],
    ['of the reader himself', { set: { member: ME } }],
  ])('[DRV-24] calls nobody once it is %s', (_what, writes) => {
    expect(called('access-education', written(asked, writes, { member: 31, client: 12 }))).toEqual([]);
  });

  it('[DRV-24] of two who must approve, the one who has is not called again', () => {
    const once = written(asked, { log: { approvals: [TERMS] } }, { member: ME, client: 12 });
    expect(rowIn('access-sealed', once)).toMatchObject({ state: 'waiting', approvedBy: [ME], approvalsNeeded: 2 });
    expect(called('access-sealed', once)).toEqual([]);
    const other = { member: 99 as MemberNumber, namedFor: ['sealed'] as const };
    expect(called('access-sealed', once, other)).toEqual(['police', 'lead', 'chair']);
  });
});

describe('an emergency', () => {
  const opened = documentOf({ set: { isEmergency: true, reason: 'Cháu bị bỏng nặng' } }, { member: ASKER });
  const review = { log: { reviews: [{ isJustified: true, text: 'Đúng là khẩn cấp' }] } };

  it('[DRV-25] [DL-13] calls the lead at once, and whoever answers there, for three working days from the Hub’s first receipt', () => {
    for (const kind of ['access-identity', 'access-education', 'access-health', 'access-protection'])
      expect(called(kind, opened)).toContain('lead');
    expect(called('access-health', opened)).toEqual(['nurse', 'lead']);
    const [task] = tasksFor('lead', rowIn('access-health', opened));
    expect(task).toMatchObject({ what: 'reviewEmergency', light: 'amber' });
    // Friday + Monday, Tuesday, Wednesday
    expect(task?.deadline?.dueAtMs).toBe((endOfDayMs('2026-11-11') ?? 0) - 1);
  });

  it('[DRV-25] until somebody else has looked at it, whatever ended it', () => {
    const ended = written(opened, { log: { ended: [{ reason: 'Đã xem xong' }] } }, { member: ASKER, client: 12 });
    expect(called('access-health', ended)).toContain('lead');
    expect(called('access-health', written(opened, review, { member: ASKER, client: 12 }))).toContain('lead');
    expect(called('access-health', written(ended, review, { member: 31, client: 13 }))).toEqual([]);
    expect(called('access-health', opened, { member: ASKER })).toEqual([]);
  });

  it('[DRV-25] also when the one who opened it says on another tablet that it was none', () => {
    const calm = { set: { isEmergency: false } };
    const denied = written(opened, calm, { member: ASKER, client: 12, minutes: 999_999_999, isBlind: true });
    expect(called('access-health', denied)).toContain('lead');
  });

  it('[DRV-25] its row says from when to when it is open', () => {
    expect(rowIn('access-health', opened).windows).toEqual([{ fromMs: NOW_MS, untilMs: NOW_MS + 24 * 3_600_000 }]);
  });
});

describe('a consent', () => {
  it('[DRV-6] has a row that says what it opens, and whether it still does', () => {
    const state = documentOf({ set: { by: 'child', agreed: true, scope: ['health'], on: '2026-11-01' } });
    expect(rowFor('consent', 'consent', state)).toMatchObject({ by: 'child', scope: ['health'], isWithdrawn: false });
    expect(rowFor('consent', 'hiv-consent', state)).toMatchObject({ scope: ['hiv'] });
    const withdrawn = written(state, { log: { withdrawals: [{ reason: 'Cháu không muốn nữa' }] } });
    expect(rowFor('consent', 'consent', withdrawn)).toMatchObject({ isWithdrawn: true });
  });
});
