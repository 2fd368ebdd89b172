import { describe, expect, it } from 'vitest';
import { Dice } from '../base/random.support.ts';
import { OPEN_GROUPS } from '../model/groups.ts';
import {
  DEAD,
  FACILITY,
  MISSING,
  TODAY,
  UNABLE,
  asserted,
  household,
  ill,
  inCase,
  measure,
  measures,
  parents,
  rowsOf,
  schooling,
  standing,
} from './groups.support.ts';
import { groupsOf, listedGroups } from './groups.ts';
import { metaOf } from './row.support.ts';
import { rowOfExtract } from './rows.ts';

describe('what people write down', () => {
  it.each([
    ['holds from its first day', { since: TODAY }, 'now'],
    ['not before', { since: '2026-11-24' }, 'later'],
    ['of a month, from its first day', { since: '2026-11' }, 'now'],
    ['ends on its last day', { until: TODAY }, 'ended'],
    ['holds the day before', { until: '2026-11-24' }, 'now'],
    ['of a year, until its end', { until: '2026' }, 'now'],
  ] as const)('[GRP-8] %s', (_what, more, stands) => {
    expect(groupsOf(rowsOf(asserted('G14', more)), TODAY)).toMatchObject([{ by: 'asserted', stands }]);
  });

  it('[GRP-6] stands beside what follows from the facts, whether they agree or not', () => {
    const facts = { set: { fatherVital: 'dead', motherVital: 'alive' } };
    const written = { rows: { groups: { a: { group: 'G01', clause: 'G01-3', evidence: 'Giấy chứng tử 12' } } } };
    const found = groupsOf(rowsOf({ identity: { ...facts, ...written } }), TODAY);
    expect(found).toMatchObject([
      { group: 'G01', by: 'asserted', reasons: [{ value: 'Giấy chứng tử 12' }], line: { field: 'groups', code: 'a' } },
      { group: 'R6', by: 'derived', reasons: [{ kind: 'identity', name: 'fatherVital', value: 'dead' }], line: null },
    ]);
  });

  it('[GRP-9] keeps the version of the law it began under', () => {
    const lawOf = (group: string, since?: string) =>
      groupsOf(rowsOf(asserted(group, since ? { since } : {})), TODAY)[0]?.law;
    expect([lawOf('G14'), lawOf('G14', '2018'), lawOf('G14', '2009'), lawOf('R2')]).toEqual([
      'children-2016',
      'children-2016',
      'children-2016',
      'survey-2023',
    ]);
  });
});

describe('who is told what', () => {
  const closed = { set: { treatmentPlace: 'Bệnh viện tỉnh' }, rows: { membership: { a: { since: '2024' } } } };

  it('[GRP-10] of group 5 there is nothing, in no list, reason or count', () => {
    const open = { ...household({ economicStatus: 'poor', riskGroups: ['R3'] }), ...ill };
    const withIt = groupsOf(rowsOf({ ...open, hiv: closed }), TODAY);
    expect(withIt).toEqual(groupsOf(rowsOf(open), TODAY));
    expect(JSON.stringify(withIt)).not.toMatch(/G05|hiv/u);
    expect(OPEN_GROUPS).not.toContain('G05');
  });

  it('[GRP-7] a list names no group that rests on a compartment whose reading is recorded', () => {
    const documents = {
      ...parents(MISSING, {}),
      offence: {
        rows: {
          membership: { a: { clause: 'communeEducation' } },
          ...measures(measure('mother', 'prison'))['offence']?.rows,
        },
      },
      ...inCase('sealed-case', 'G11'),
      case: { rows: { groups: { a: { group: 'G09' } } } },
      hiv: closed,
    };
    expect(standing(documents)).toEqual(['G03-6', 'G06-2!', 'G09!', 'G11!']);
    expect(listedGroups(rowsOf(documents), TODAY)).toEqual(['G09']);
  });

  it.each([
    [parents(DEAD, {}), 'R6'],
    [asserted('G14'), 'G14'],
    [schooling({ status: 'droppedOut' }), 'R2'],
    [{ health: { set: { disabilityDegree: 'mild' } } }, 'G04'],
    [household({ economicStatus: 'poor' }), 'R1'],
    [household({ riskGroups: ['R4'] }), 'R4'],
    [inCase('case', 'G09'), 'G09'],
  ] as const)('[GRP-7] a list names what one document alone gives: %j', (documents, group) => {
    expect(listedGroups(rowsOf(documents), TODAY)).toEqual([group]);
  });

  it('[GRP-1] an extract gives the groups that follow from what it tells', () => {
    const told = [
      rowOfExtract('health-lead', 'health', { disabilityDegree: 'mild' }, metaOf('health')),
      rowOfExtract(
        'legal-status',
        'offence',
        {
          hasMeasure: true,
          measures: [{ measure: 'sentence', state: 'running' }],
          parentMeasures: [measure('mother', 'prison')],
        },
        metaOf('offence'),
      ),
    ].filter((row) => row !== null);
    const found = groupsOf([...rowsOf(parents(DEAD, {})), ...told], TODAY);
    expect(found.map(({ group, clause }) => clause ?? group)).toEqual(['G03-3', 'G04-3', 'G06-1', 'R6']);
  });

  it('[GRP-1] does not depend on the order of the documents', () => {
    const documents = {
      ...parents(FACILITY, UNABLE),
      ...household({ economicStatus: 'poor', riskGroups: ['R4', 'R3'] }),
      ...ill,
      ...schooling({ status: 'droppedOut', dropOutReason: 'earning' }),
      ...measures(measure('mother', 'prison'), measure('father', 'prison')),
      ...inCase('case', 'G09'),
      ...inCase('sealed-case', 'G11'),
    };
    const rows = [...rowsOf(documents), ...rowsOf(asserted('G14')).filter(({ type }) => type !== 'identity')];
    const expected = groupsOf(rows, TODAY);
    expect(expected.length).toBeGreaterThan(8);
    const dice = new Dice(7);
    for (let n = 0; n < 200; n += 1) {
      const shuffled = rows.map((row) => [dice.below(1e9), row] as const).toSorted(([a], [b]) => a - b);
      expect(
        groupsOf(
          shuffled.map(([, row]) => row),
          TODAY,
        ),
      ).toEqual(expected);
    }
  });
});
