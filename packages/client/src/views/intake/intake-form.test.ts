import { fieldTableOf } from '@chungtay/core/kinds/registry';
import type { FolderId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import { LEAD, NOW_MS } from '../../composables/fake-engine.support.ts';
import { emptyForm, type FormFields, handInEdits, isEmptyForm, isReady, isSealed, isUrgent } from './intake-form.ts';

const FOLDER = '01K00000000000000000000001' as FolderId;
const form = (intake: FormFields, informant: FormFields = {}) => ({ ...emptyForm(NOW_MS, intake), informant });

describe('what a report needs', () => {
  it.each([
    ['nothing', {}, false],
    ['only a name', { childName: 'Minh' }, false],
    ['blank words', { summary: '  ' }, false],
    ['what was seen', { summary: 'Nghe tiếng khóc' }, true],
    ['one danger sign', { dangerSigns: ['injury'] }, true],
    ['no danger sign any more', { dangerSigns: null }, false],
  ])('%s', (_, intake, ready) => {
    expect(isReady(form(intake))).toBe(ready);
  });

  it.each([
    ['a danger sign', { dangerSigns: ['injury'] }, true],
    ['a child that is not safe', { isChildSafeNow: false }, true],
    ['a child whose safety nobody knows', { isChildSafeNow: null }, false],
    ['a safe child', { isChildSafeNow: true }, false],
  ])('[UX-20] %s calls for the emergency numbers: %#', (_, intake, urgent) => {
    expect(isUrgent(form(intake))).toBe(urgent);
  });

  it('is empty until something is said', () => {
    expect([
      isEmptyForm(form({})),
      isEmptyForm(form({ isChildSafeNow: null })),
      isEmptyForm(form({ sex: 'male' })),
    ]).toEqual([true, true, false]);
  });
});

describe('handing in', () => {
  const kindsOf = (intake: FormFields, informant: FormFields = {}): string[] =>
    handInEdits(FOLDER, form(intake, informant), LEAD, NOW_MS).map(({ document }) => document.split('/')[1] ?? '');

  it.each([
    ['physical', 'intake'],
    ['sexual', 'sealed-intake'],
    ['exploitation', 'sealed-intake'],
    ['trafficking', 'sealed-intake'],
  ])('%s goes to %s', (type, kind) => {
    expect(kindsOf({ summary: 'x', abuseTypes: ['neglect', type] })).toEqual([kind]);
    expect(isSealed(form({ abuseTypes: [type] }))).toBe(kind === 'sealed-intake');
  });

  it('keeps the informant apart, and only with consent', () => {
    const informant = { name: 'Vàng A Páo', phone: '0912345678' };
    expect(kindsOf({ summary: 'x' }, informant)).toEqual(['intake']);
    expect(kindsOf({ summary: 'x' }, { ...informant, agreed: false })).toEqual(['intake']);
    const edits = handInEdits(FOLDER, form({ summary: 'x' }, { ...informant, agreed: true }), LEAD, NOW_MS);
    expect(edits.map(({ document }) => document.split('/')[1])).toEqual(['intake', 'informant']);
    expect(JSON.stringify(edits[0])).not.toContain('Páo');
    expect(edits[1]?.sets).toContainEqual({ name: 'intake', value: edits[0]?.document });
  });

  it('starts the clock, says who received it, and writes nothing that was not said', () => {
    const [edit] = handInEdits(FOLDER, form({ summary: 'x', sex: null, childName: '' }), LEAD, NOW_MS);
    expect(Object.fromEntries(edit?.sets?.map(({ name, value }) => [name, value]) ?? [])).toEqual({
      summary: 'x',
      receivedAt: NOW_MS,
      on: '2026-10-05',
      officer: 5,
      receivingAgency: 'cultureSociety',
      filerAgency: 'cultureSociety',
      hasInformant: false,
    });
  });

  it('is the same report when it is handed in again after a kill', () => {
    const once = handInEdits(FOLDER, form({ summary: 'x' }), LEAD, NOW_MS);
    const again = handInEdits(FOLDER, form({ summary: 'x' }), LEAD, NOW_MS + 60_000);
    expect(again.map(({ document }) => document)).toEqual(once.map(({ document }) => document));
  });

  it('writes only what the kind takes', () => {
    const edits = handInEdits(
      FOLDER,
      form(
        {
          summary: 'Nghe tiếng khóc',
          dangerSigns: ['injury'],
          isChildSafeNow: false,
          estimatedAge: 9,
          abuseTypes: ['sexual'],
        },
        { agreed: true, name: 'Y Thiên', wish: 'keepSecret' },
      ),
      LEAD,
      NOW_MS,
    );
    for (const { document, sets = [] } of edits) {
      const table = fieldTableOf(document.split('/')[1] ?? '');
      expect(sets.filter(({ name, value }) => !table?.check(name, value))).toEqual([]);
    }
  });
});
