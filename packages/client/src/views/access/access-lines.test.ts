import type { AccessRow, ConsentRow } from '@chungtay/core/derive/row-types';
import type { MemberNumber } from '@chungtay/core/model/ids';
import type { Agency } from '@chungtay/core/model/role';
import { SHIPPED_CALENDAR } from '@chungtay/core/policy/calendar';
import { describe, expect, it } from 'vitest';
import { LEAD, NOW_MS } from '../../composables/fake-engine.support.ts';
import type { Me } from '../../stores/engine.ts';
import { hasWords, lineOf, listsOf } from './access-lines.ts';
import { mayEnd, standingOf } from './access-standing.ts';

const HOUR = 3_600_000;
const POLICE: Me = { ...LEAD, member: 9 as MemberNumber, role: 'police' };
const NURSE: Me = { ...LEAD, member: 6 as MemberNumber, role: 'nurse' };
const NONE = { consents: new Map<string, ConsentRow>(), agencyOf: (): Agency => 'police' };
const now = { fromMs: NOW_MS - HOUR, untilMs: NOW_MS + HOUR };

function row(more: Partial<AccessRow> = {}): AccessRow {
  return {
    document: '01K9ZZZZZZZZZZZZZZZZZZZZZZ/access-health/01K9ZZZZZZZZZZZZZZZZZZZZZ1',
    compartment: 'health',
    kind: 'access-health',
    owner: 9,
    member: 9,
    basis: 'written-request',
    from: '2026-10-05',
    until: '2026-10-20',
    state: 'waiting',
    isEmergency: false,
    approvedBy: [],
    approvalsNeeded: 1,
    reviewedBy: [],
    consents: [],
    windows: [],
    answers: [],
    firstReceipt: { atMs: NOW_MS - HOUR, skewMs: 0 },
    atMs: NOW_MS,
    ...more,
  } as unknown as AccessRow;
}

function consent(more: Partial<ConsentRow> = {}): ConsentRow {
  const given = {
    document: 'c',
    by: 'representative',
    agreed: true,
    on: '2026-10-01',
    scope: ['health'],
    disclosedTo: ['police'],
    isWithdrawn: false,
  };
  return { ...given, ...more } as unknown as ConsentRow;
}

describe('[ACC-1] a request stands', () => {
  it.each<[string, Partial<AccessRow>, string]>([
    ['unsent', { firstReceipt: null }, 'unsent'],
    ['waiting', {}, 'waiting'],
    ['waiting on its last day', { until: '2026-10-05' }, 'waiting'],
    ['late, the day after', { until: '2026-10-04' }, 'late'],
    ['open', { state: 'approved', windows: [now] }, 'open'],
    ['open to its end and no longer', { state: 'approved', windows: [{ ...now, untilMs: NOW_MS }] }, 'over'],
    ['to come', { state: 'approved', windows: [{ fromMs: NOW_MS + 1, untilMs: NOW_MS + 2 }] }, 'toCome'],
    ['refused, whatever window there was', { state: 'refused', windows: [now] }, 'refused'],
    ['ended', { state: 'ended' }, 'ended'],
    ['as an emergency that the Hub has not heard of', { isEmergency: true, firstReceipt: null }, 'unsent'],
    ['open as an emergency', { isEmergency: true, windows: [now] }, 'open'],
  ])('%s', (_, more, standing) => expect(standingOf(row(more), NOW_MS, NONE)).toBe(standing));

  const byConsent = {
    state: 'approved',
    basis: 'consent',
    consents: ['c'],
    windows: [now],
  } as unknown as Partial<AccessRow>;
  it.each<[string, readonly ConsentRow[], string]>([
    ['open while its consent stands', [consent()], 'open'],
    ['over when it is withdrawn', [consent({ isWithdrawn: true })], 'noConsent'],
    ['over when it was a no', [consent({ agreed: false })], 'noConsent'],
    ['over when it speaks of another part', [consent({ scope: ['education'] })], 'noConsent'],
    ['over when it is for another agency', [consent({ disclosedTo: ['school'] })], 'noConsent'],
    ['open when the consent lies where this person does not look', [], 'open'],
  ])('%s', (_, known, standing) => {
    const consents = new Map(known.map((one) => [one.document as string, one]));
    expect(standingOf(row(byConsent), NOW_MS, { ...NONE, consents })).toBe(standing);
  });

  it('open when it is not known here whose work the person does', () => {
    const consents = new Map([['c', consent({ disclosedTo: ['school'] })]]);
    expect(standingOf(row(byConsent), NOW_MS, { consents, agencyOf: () => null })).toBe('open');
  });
});

describe('[ACC-2] the lists', () => {
  const from = (me: Me) => ({ me, nowMs: NOW_MS, calendar: SHIPPED_CALENDAR, ...NONE });
  const own = (n: number) =>
    `01K9ZZZZZZZZZZZZZZZZZZZZZZ/access-health/01K9ZZZZZZZZZZZZZZZZZZZZZ${n}` as AccessRow['document'];
  const rows = [
    row({ document: own(1) }),
    row({ document: own(2), state: 'approved', windows: [{ ...now, untilMs: NOW_MS + 9 * HOUR }] }),
    row({ document: own(3), isEmergency: true, windows: [now] }),
    row({ document: own(4), state: 'refused', atMs: NOW_MS - HOUR }),
    row({ document: own(5), state: 'ended' }),
  ];
  const told = (me: Me) => {
    const { forMe, waiting, open, over } = listsOf(rows.map((each) => lineOf(each, from(me))));
    return [forMe, waiting, open, over].map((list) => list.map(({ row: each }) => each.document.at(-1)).join(''));
  };

  it('give who answers what waits for him, and what is open ending soonest first', () => {
    expect(told(NURSE)).toEqual(['31', '', '32', '54']);
  });

  it('give who asked what waits for others', () => expect(told(POLICE)).toEqual(['', '1', '32', '54']));

  it('give who reviews the emergency alone', () => expect(told(LEAD)).toEqual(['3', '1', '32', '54']));

  it('are found by words without marks', () => {
    expect([hasWords(['Lò Thị Ún', null], 'lo thi'), hasWords(['Lò Thị Ún'], 'sung'), hasWords([], ' ')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('[ACC-3] an end', () => {
  it('belongs to who answers there and to who asked, and to nobody else', () => {
    expect([NURSE, POLICE, LEAD].map((me) => mayEnd(row(), me))).toEqual([true, true, false]);
    expect(mayEnd(row({ owner: 8 as MemberNumber, member: 8 as MemberNumber }), POLICE)).toBe(false);
  });
});
