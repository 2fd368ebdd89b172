import { describe, expect, it } from 'vitest';
import { emptyState } from '../doc/state.ts';
import { documentOf, written } from '../kinds/document.support.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import { EMPTY_SCOPE } from '../model/principal.ts';
import { endOfDayMs } from '../policy/calendar.ts';
import { equalScopes, mergeScopes, scopePartOf } from './scope.ts';

const DOCUMENT = '01J9ZZZZZZZZZZZZZZZZZZZZZZ/task/01J9ZZZZZZZZZZZZZZZZZZZZZY' as DocumentId;

describe('what a document says of where its folder belongs', () => {
  it.each([
    ['identity', documentOf({ set: { village: 'na-pan' } }), { villages: ['na-pan'], births: [] }],
    ['household', documentOf({ set: { village: 'na-pan' } }), { villages: ['na-pan'] }],
    ['education', documentOf({ set: { school: 'th-na-pan' } }), { schools: ['th-na-pan'] }],
    ['identity', documentOf({ set: { village: null, birth: '2020' } }), { villages: [], births: ['2020'] }],
    ['intake', documentOf({ set: { village: 'na-pan' } }), {}],
    ['health', documentOf({ set: { cardNumber: 'TE1' } }), {}],
    ['no-kind', documentOf({ set: { village: 'na-pan' } }), {}],
    ['task', documentOf({ set: { assignee: 9 } }), { assignees: [{ task: DOCUMENT, member: 9 }] }],
  ])('[DRV-1] %s', (kind, state, part) => {
    expect(scopePartOf(kind, state, DOCUMENT)).toEqual(part);
  });

  it('[DRV-1] an open conflict means the union, until a person chooses', () => {
    let state = documentOf({ set: { village: 'ta-phin' } });
    state = written(state, { set: { village: 'na-pan' } }, { client: 12, isBlind: true });
    expect(scopePartOf('identity', state, DOCUMENT)).toMatchObject({ villages: ['na-pan', 'ta-phin'] });
    expect(scopePartOf('identity', written(state, { set: { village: 'na-pan' } }), DOCUMENT)).toMatchObject({
      villages: ['na-pan'],
    });
  });

  it('[DRV-1] a seat lasts to the end of its day; a removed row is no seat', () => {
    const state = documentOf({
      rows: {
        team: { police: { member: 9, until: '2026-12-31' }, nurse: { member: 10 }, gone: null, odd: { member: 'x' } },
      },
    });
    expect(scopePartOf('case', state, DOCUMENT)).toEqual({
      team: [
        { member: 9, untilMs: endOfDayMs('2026-12-31') },
        { member: 10, untilMs: null },
      ],
    });
  });
});

describe('the scope of a folder', () => {
  const seat = (member: number, untilMs: number | null) => ({ member: member as MemberNumber, untilMs });

  it('[DRV-2] is the union of its parts in one order, the longest seat of each person', () => {
    const scope = mergeScopes([
      { villages: ['ta-phin'], team: [seat(9, 100), seat(8, null)] },
      { villages: ['na-pan', 'ta-phin'], team: [seat(9, 200), seat(8, 50)], schools: ['b'] },
      {},
    ]);
    expect(scope).toEqual({
      villages: ['na-pan', 'ta-phin'],
      schools: ['b'],
      team: [seat(8, null), seat(9, 200)],
      assignees: [],
      grants: [],
    });
  });

  it('[DRV-2] of nothing is nowhere', () => {
    expect(mergeScopes([])).toEqual(EMPTY_SCOPE);
    expect(mergeScopes([scopePartOf('identity', emptyState(), DOCUMENT)])).toEqual(EMPTY_SCOPE);
  });

  it('[DRV-2] is the same whatever the order of its lists', () => {
    const a = { ...EMPTY_SCOPE, villages: ['a', 'b'], team: [seat(1, null), seat(2, 5)] };
    const b = { ...EMPTY_SCOPE, villages: ['b', 'a'], team: [seat(2, 5), seat(1, null)] };
    expect(equalScopes(a, b)).toBe(true);
    expect(equalScopes(a, { ...b, team: [seat(2, 6), seat(1, null)] })).toBe(false);
  });
});
