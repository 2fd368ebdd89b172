import { describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import { Dice, randomJson } from '../base/random.support.ts';
import type { DocState } from '../doc/state.ts';
import type { KindDefinition } from '../kinds/define.ts';
import { documentOf, written } from '../kinds/document.support.ts';
import { KINDS } from '../kinds/registry.ts';
import { minutesOf, msOfMinutes } from '../model/minutes.ts';
import { SHIPPED_CALENDAR } from '../policy/calendar.ts';
import type { ExtractId } from '../policy/extract-ids.ts';
import { personOf } from '../policy/label.support.ts';
import { childRow } from './child-row.ts';
import { EXTRACTS, extractOf } from './extract.ts';
import { folderAt, metaOf, rowFor } from './row.support.ts';
import { rowOf, rowOfExtract } from './rows.ts';
import { mergeScopes, scopePartOf } from './scope.ts';
import { tasksOf } from './tasks.ts';
import { vaccinesDue } from './vaccines.ts';

describe('rows', () => {
  it('[DRV-6] every kind has one but those that no list shows', () => {
    const without = KINDS.filter(
      (kind) => rowOf(kind.id, documentOf({ set: { note: 'x' } }), metaOf(kind.id)) === null,
    );
    expect(without.map((kind) => kind.id)).toEqual([
      'proposal',
      'informant',
      'gift',
      'adult',
      'reads-sealed',
      'reads-hiv',
      'reads-legal',
      'desk',
    ]);
  });

  it('[DRV-6] a child', () => {
    const state = documentOf({
      set: {
        name: 'Lò Thị Mai',
        birth: '2017',
        birthEstimated: true,
        sex: 'female',
        village: 'na-pan',
        household: folderAt(2),
        motherName: 'Lò Thị Sua',
        motherPhone: '0912345678',
        fatherWhereabouts: 'awayForWork',
        fatherAwaySince: '2026-01',
        motherWhereabouts: 'awayForWork',
        motherAwaySince: '2026-03-05',
      },
      rows: { groups: { R5: { group: 'R5' }, G01: { group: 'G01', until: '2025-01-01' } } },
      log: {
        movements: [
          { kind: 'movedOut', on: '2026-01-01' },
          { kind: 'returned', on: '2026-05-01' },
        ],
      },
    });
    expect(rowFor('identity', 'identity', state)).toMatchObject({
      access: 'whole',
      name: 'Lò Thị Mai',
      birth: '2017',
      isBirthEstimated: true,
      sex: 'female',
      village: 'na-pan',
      household: folderAt(2),
      phone: '0912345678',
      groups: [
        { code: 'G01', group: 'G01', until: '2025-01-01' },
        { code: 'R5', group: 'R5', until: null },
      ],
      left: null,
      family: {
        father: { away: 'awayForWork', awaySince: '2026-01' },
        mother: { away: 'awayForWork', awaySince: '2026-03-05' },
      },
      conflicts: [],
    });
    const left = written(state, { log: { movements: [{ kind: 'movedOut' }] } }, { minutes: 700_000 });
    expect(rowFor('identity', 'identity', left).left).toBe('movedOut');
  });

  it('[DRV-6] names the fields in conflict, decisions apart', () => {
    let state = documentOf({ set: { currentResidence: 'Nhà bà ngoại', carerRelation: 'bà' } });
    state = written(
      state,
      { set: { currentResidence: 'Trạm y tế', carerRelation: 'cô' } },
      { client: 12, isBlind: true },
    );
    const row = rowFor('case', 'case', state);
    expect([row.conflicts, row.decisionConflicts]).toEqual([
      ['carerRelation', 'currentResidence'],
      ['currentResidence'],
    ]);
  });

  it('[DRV-6] a weight counts by its day, not by when it was written', () => {
    const state = documentOf({
      log: {
        growth: [
          { on: '2026-09-01', weightKg: 11.2 },
          { on: '2026-03-01', weightKg: 9.8 },
          { on: '2026-10-01', heightCm: 90 },
        ],
      },
    });
    expect(rowFor('health', 'health', state)).toMatchObject({ lastWeightKg: 11.2, lastMeasuredOn: '2026-09-01' });
  });

  it('[DRV-6] a case knows its last step by number, whatever the clocks say', () => {
    let state = documentOf({ log: { stage: [{ n: 1, to: 'received' }] } }, { minutes: 500_000 });
    state = written(
      state,
      { log: { stage: [{ n: 2, from: 'received', to: 'assessingInitial' }] } },
      { minutes: 400_000 },
    );
    expect(rowFor('case', 'case', state)).toMatchObject({
      stage: 'assessingInitial',
      isOpen: true,
      openedAtMs: msOfMinutes(500_000),
      reopenedAtMs: null,
    });
  });

  it('[DRV-6] a report starts its clock at its receipt, or at the Hub’s when that is earlier', () => {
    const receivedAt = msOfMinutes(600_000);
    const state = documentOf({ set: { receivedAt } });
    expect(rowFor('intake', 'intake', state).receivedAtMs).toBe(receivedAt);
    const firstReceipt = { atMs: receivedAt - 60_000, skewMs: 0 };
    expect(rowFor('intake', 'intake', state, metaOf('intake', 1, { firstReceipt })).receivedAtMs).toBe(
      receivedAt - 60_000,
    );
    expect(
      minutesOf(rowFor('intake', 'intake', documentOf({ set: { summary: 'x' } }, { minutes: 9 })).receivedAtMs),
    ).toBe(9);
  });

  it('[DRV-7] a sealed twin has the row of its sister, and says that it is sealed', () => {
    const state = documentOf({ set: { childName: 'Mai' }, log: { stage: [{ n: 1, to: 'received' }] } });
    expect(rowFor('case', 'sealed-case', state)).toMatchObject({
      kind: 'sealed-case',
      isSealed: true,
      stage: 'received',
    });
    expect(rowFor('case', 'case', state).isSealed).toBe(false);
  });

  it('[DRV-6] the closed part of health: only since when somebody waits for a result', () => {
    const tests = { a: { resultAt: 5_000, toldAt: 6_000 }, b: { resultAt: 9_000 }, c: { resultAt: 7_000 }, d: {} };
    expect(rowFor('hiv', 'hiv', documentOf({ rows: { tests } })).untoldSinceMs).toBe(7_000);
    expect(rowFor('hiv', 'hiv', documentOf({ rows: { tests: { a: tests.a } } })).untoldSinceMs).toBeNull();
  });

  it('[DRV-6] a child in conflict with the law, and one who may care for another’s child', () => {
    const measures = { a: { measure: 'diversion', state: 'running' } };
    expect(rowFor('offence', 'offence', documentOf({ rows: { measures } })).hasMeasure).toBe(true);
    expect(rowFor('offence', 'offence', documentOf({ set: { contactPerson: 'Đức' } })).hasMeasure).toBe(false);
    const set = { name: 'Lò Thị Pản', village: 'na-pan', type: 'relative', state: 'eligible' };
    expect(rowFor('carer', 'carer', documentOf({ set }))).toMatchObject({
      name: 'Lò Thị Pản',
      careType: 'relative',
      state: 'eligible',
      healthCertificateUntil: null,
    });
  });

  it('[DRV-6] values of another type than the kind’s count as not said', () => {
    const odd: Record<string, Json> = {
      name: 7,
      birth: ['2017'],
      sex: 'unknown',
      household: { a: 1 },
      birthEstimated: 'yes',
    };
    expect(
      rowFor('identity', 'identity', documentOf({ set: odd, rows: { groups: { x: 'R1', y: { group: 4 } } } })),
    ).toMatchObject({ name: null, birth: null, sex: null, household: null, isBirthEstimated: false, groups: [] });
  });
});

describe('rows of extracts', () => {
  it.each(Object.keys(EXTRACTS) as ExtractId[])('[DRV-8] %s gives a row that knows nothing else', (id) => {
    for (const kind of EXTRACTS[id]?.kinds ?? []) {
      const values = extractOf(id, kind, documentOf({ set: { none: 'x' } })) ?? {};
      const row = rowOfExtract(id, kind, values, metaOf(kind));
      expect(row).toMatchObject({ access: 'extract', kind, conflicts: [] });
    }
  });

  it.each(['toString', 'constructor', '__proto__'])('[DRV-8] a view named %s is none', (name) => {
    expect(rowOfExtract(name as ExtractId, 'identity', { name: 'Mỷ' }, metaOf('identity'))).toBeNull();
  });

  it('[DRV-8] a teacher’s child has a name, a birth, a guardian and a phone; a village’s health row no weight', () => {
    const child = rowOfExtract(
      'identity-school',
      'identity',
      { name: 'Mỷ', birth: '2017', guardian: 'Dợ', phone: '0912345678' },
      metaOf('identity'),
    );
    expect(child).toMatchObject({
      name: 'Mỷ',
      birth: '2017',
      carerName: 'Dợ',
      phone: '0912345678',
      motherName: null,
      village: null,
    });
    const health = rowOfExtract('health-school', 'health', { schoolNeeds: ['glasses'] }, metaOf('health'));
    expect(health).toMatchObject({ hasDisabilityNeed: true, vaccinesMissing: null, lastWeightKg: null });
    expect(rowOfExtract('support-school', 'support', { feeSupport: true }, metaOf('support'))).toMatchObject({
      received: null,
    });
    expect(rowOfExtract('legal-status', 'offence', {}, metaOf('offence'))).toMatchObject({ hasMeasure: null });
  });
});

describe('doses', () => {
  const ALL = ['HepB-0', 'BCG', 'DPT-1', 'Measles-1', 'MR', 'JE-3'];
  it.each([
    ['2026-11-02', '2026-11-02', ['HepB-0', 'BCG']],
    ['2026-09-03', '2026-11-02', ['HepB-0', 'BCG']],
    ['2026-09-02', '2026-11-02', ['HepB-0', 'BCG', 'DPT-1']],
    ['2026-09', '2026-11-02', ['HepB-0', 'BCG']],
    ['2025-05-02', '2026-11-02', ['HepB-0', 'BCG', 'DPT-1', 'Measles-1', 'MR']],
    ['2021-11-03', '2026-11-02', ALL],
    ['2021-11-02', '2026-11-02', []],
    ['2026', '2026-11-02', []],
    [null, '2026-11-02', []],
  ] as const)('[DRV-9] born %s, on %s: due %j', (birth, today, due) => {
    expect(vaccinesDue(birth, ALL, today)).toEqual(due);
  });

  it('[DRV-9] what was given is never due', () => {
    expect(vaccinesDue('2025-01-01', ['MR'], '2026-11-02')).toEqual(['MR']);
  });
});

describe('documents of other times', () => {
  it('[DRV-6] whatever the fields hold, rows, extracts, scopes and tasks are made without a fault', () => {
    const dice = new Dice(20_261_122);
    let made = 0;
    for (let round = 0; round < 40; round += 1) {
      for (const kind of KINDS) {
        const state = randomDocument(kind, dice);
        const row = rowOf(kind.id, state, metaOf(kind.id));
        const scope = scopePartOf(kind.id, state, metaOf(kind.id).document);
        for (const id of Object.keys(EXTRACTS) as ExtractId[]) extractOf(id, kind.id, state);
        if (row) tasksOf([row], { principal: personOf('lead'), calendar: SHIPPED_CALENDAR, nowMs: 0 });
        if (row) childRow([row], [], '2026-11-02');
        expect(mergeScopes([scope])).toBeTypeOf('object');
        made += 1;
      }
    }
    expect(made).toBe(40 * KINDS.length);
  });
});

function randomDocument(kind: KindDefinition, dice: Dice): DocState {
  const set: Record<string, Json> = {};
  const rows: Record<string, Record<string, Json>> = {};
  const log: Record<string, Json[]> = {};
  for (const [name, field] of Object.entries(kind.fields).filter(() => dice.chance(60))) {
    if (field.type === 'register') set[name] = randomJson(dice);
    if (field.type === 'map') rows[name] = { a: randomJson(dice), b: randomJson(dice) };
    if (field.type === 'log') log[name] = [randomJson(dice), randomJson(dice)];
  }
  const [first] = Object.keys(kind.fields);
  return documentOf({ set: { [first ?? 'x']: 1, ...set }, rows, log });
}
