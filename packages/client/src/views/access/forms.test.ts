import { termsIn } from '@chungtay/core/derive/grants';
import type { AccessRow, ConsentRow } from '@chungtay/core/derive/row-types';
import { editDocument } from '@chungtay/core/doc/edit';
import { emptyState } from '@chungtay/core/doc/state';
import { fieldTableOf } from '@chungtay/core/kinds/registry';
import { accessKindOf } from '@chungtay/core/model/grant';
import type { FolderId } from '@chungtay/core/model/ids';
import { ROLES } from '@chungtay/core/model/role';
import { describe, expect, it } from 'vitest';
import {
  approvalOf,
  askGaps,
  askSets,
  blankAsk,
  emergencyPlaces,
  emergencySets,
  lastDayOf,
  placesFor,
} from './ask-form.ts';
import { consentGaps, consentSets, isChildAsked, lacksChild } from './consent-form.ts';

const child = '01K9ZZZZZZZZZZZZZZZZZZZZZZ' as FolderId;
const file = '01K9ZZZZZZZZZZZZZZZZZZZZZ1' as FolderId;
const TODAY = '2026-10-05';
const places = placesFor('police', { child, case: file }, false);
const named = (found: typeof places) => found.map(({ rule }) => rule.compartment).join(' ');

describe('[ACC-4] what may be asked for', () => {
  it.each([
    ['police', 'education health', 'education health', 'sealed'],
    ['lead', 'hiv', '', 'identity education protection sealed support'],
    ['nurse', '', '', 'health hiv'],
    ['province', 'identity protection sealed support', 'identity protection', ''],
    ['union', 'identity', 'identity', ''],
    ['collaborator', '', '', ''],
  ] as const)('by %s: %s; at once in an emergency: %s; for others: %s', (role, asked, urgent, given) => {
    const mine = placesFor(role, { child, case: file }, false);
    expect([named(mine), named(emergencyPlaces(mine)), named(placesFor(role, { child, case: file }, true))]).toEqual([
      asked,
      urgent,
      given,
    ]);
  });

  it('lies in the folder of its compartment, and nowhere where there is none', () => {
    const found = placesFor('province', { child, case: file }, false);
    expect(found.map(({ folder }) => folder)).toEqual([child, file, file, child]);
    expect(ROLES.flatMap((role) => placesFor(role, {}, true))).toEqual([]);
  });
});

describe('[ACC-4] a request', () => {
  const [place = null] = places;
  const whole = { ...blankAsk(places, 9, TODAY), place, basis: 'life-or-health', reason: ' Xác minh ' };

  it('says what is missing, in the order of its fields', () => {
    expect(askGaps(blankAsk(places, null, TODAY), TODAY)).toEqual(['place', 'member', 'basis', 'reason']);
    expect(askGaps({ ...whole, reason: '  ' }, TODAY)).toEqual(['reason']);
    expect(askGaps({ ...whole, basis: 'written-request' }, TODAY)).toEqual(['paperNumber']);
    expect(askGaps(whole, TODAY)).toEqual([]);
  });

  it.each([
    ['2026-10-04', ['untilPast']],
    [TODAY, []],
    [lastDayOf(TODAY), []],
    ['2027-01-03', ['untilFar']],
    [null, ['until']],
  ])('until %s: %o', (until, gaps) => expect(askGaps({ ...whole, until }, TODAY)).toEqual(gaps));

  it('is written in words that the Hub takes and approves', () => {
    const table = fieldTableOf(accessKindOf('education'));
    const sets = askSets(whole, TODAY);
    expect(sets.every(({ name, value }) => table?.check(name, value))).toBe(true);
    const written = editDocument(emptyState(), { sets, client: 9, member: 9, minutes: 1 });
    const terms = written.ok ? termsIn(written.value.state) : null;
    const days = { from: TODAY, until: '2026-10-19' };
    const paper = { reason: whole.reason.trim(), paperNumber: null, paperOn: null };
    expect(terms).toEqual({ member: 9, basis: 'life-or-health', ...paper, ...days, consents: [] });
    const asked = { ...terms, compartment: 'education' } as unknown as AccessRow;
    const approval = approvalOf(asked, ' Được ');
    expect(approval).toMatchObject({
      member: 9,
      basis: 'life-or-health',
      from: TODAY,
      until: '2026-10-19',
      reason: whole.reason.trim(),
      note: 'Được',
    });
    expect(table?.check('approvals', approval)).toBe(true);
  });

  it('keeps paper and consents only where it leans on them', () => {
    const more = { paperNumber: '12/CAX', paperOn: TODAY, consents: ['x'] };
    const names = (basis: string) =>
      askSets({ ...whole, ...more, basis }, TODAY)
        .map(({ name }) => name)
        .slice(5)
        .join(' ');
    expect([names('life-or-health'), names('written-request'), names('consent')]).toEqual([
      '',
      'paperNumber paperOn',
      'consents',
    ]);
  });

  it('in an emergency names who, why, and that it is one', () => {
    expect(emergencySets(9, ' Cháu ngất ')).toEqual([
      { name: 'member', value: 9 },
      { name: 'basis', value: 'life-or-health' },
      { name: 'reason', value: 'Cháu ngất' },
      { name: 'isEmergency', value: true },
    ]);
  });
});

describe('[ACC-5] a consent', () => {
  it('lacks what anything could lean on, and is written without what says nothing', () => {
    expect(consentGaps({ on: TODAY, agreed: false }, 'hiv-consent')).toEqual([
      'by',
      'giverName',
      'disclosedTo',
      'purpose',
      'method',
    ]);
    expect(consentGaps({}, 'consent')).toContain('scope');
    expect(consentSets({ on: TODAY, witness: ' ', scope: ['health'], agreed: false }, 'consent')).toEqual([
      { name: 'agreed', value: false },
      { name: 'scope', value: ['health'] },
      { name: 'on', value: TODAY },
    ]);
  });

  it.each([
    ['2019-10-05', true],
    ['2019-10-06', false],
    ['2019', true],
    ['2020', false],
    [null, true],
  ])('of a child born %s is the child’s own too: %s', (birth, asked) => expect(isChildAsked(birth, TODAY)).toBe(asked));

  it('of the representative alone lacks the child’s', () => {
    const by = (giver: string, isWithdrawn = false) =>
      ({ by: giver, agreed: true, on: TODAY, isWithdrawn }) as unknown as ConsentRow;
    expect(lacksChild([by('representative')], '2015', TODAY)).toBe(true);
    expect(lacksChild([by('representative'), by('child')], '2015', TODAY)).toBe(false);
    expect(lacksChild([by('representative'), by('child', true)], '2015', TODAY)).toBe(true);
    expect(lacksChild([by('representative')], '2021', TODAY)).toBe(false);
    expect(lacksChild([], '2015', TODAY)).toBe(false);
  });
});
