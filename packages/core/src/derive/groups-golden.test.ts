import { describe, expect, it } from 'vitest';
import { OPEN_GROUPS } from '../model/groups.ts';
import {
  DEAD,
  FACILITY,
  MISSING,
  TODAY,
  UNABLE,
  type Documents,
  asserted,
  household,
  identity,
  ill,
  inCase,
  injury,
  measure,
  measures,
  parents,
  rowsOf,
  schooling,
  standing,
} from './groups.support.ts';
import { groupsOf } from './groups.ts';
import { folderAt } from './row.support.ts';

describe('the twelve cases of G03', () => {
  it.each([
    ['1 dead, missing', parents(DEAD, MISSING), ['G03-1', 'R6']],
    ['2 dead, in a facility', parents(FACILITY, DEAD), ['G03-2', 'R6']],
    ['2 dead, unable', parents(DEAD, UNABLE), ['G03-2', 'R6']],
    ['3 dead, in prison', { ...parents(DEAD, {}), ...measures(measure('mother', 'prison')) }, ['G03-3', 'R6']],
    ['4 both missing', parents(MISSING, MISSING), ['G03-4']],
    ['5 missing, in a facility', parents(MISSING, FACILITY), ['G03-5']],
    ['5 missing, unable', parents(UNABLE, MISSING), ['G03-5']],
    ['6 missing, detox', { ...parents(MISSING, {}), ...measures(measure('mother', 'compulsoryDetox')) }, ['G03-6']],
    ['7 both in a facility', parents(FACILITY, FACILITY), ['G03-7']],
    ['8 both unable', parents(UNABLE, UNABLE), ['G03-8']],
    ['9 both confined', measures(measure('father', 'prison'), measure('mother', 'compulsoryEducation')), ['G03-9']],
    ['10 in a facility, confined', { ...parents(FACILITY, {}), ...measures(measure('mother', 'prison')) }, ['G03-10']],
    ['10 unable, confined', { ...parents({}, UNABLE), ...measures(measure('father', 'prison')) }, ['G03-10']],
    ['11 both sixteen at most', parents({ BirthYear: 2011 }, { BirthYear: 2010 }), ['G03-11']],
    ['11 not: one is grown', parents({ BirthYear: 2011 }, { BirthYear: 2009 }), []],
    [
      '12 rights restricted',
      measures(measure('father', 'rightsRestricted'), measure('mother', 'rightsRestricted')),
      ['G03-12'],
    ],
    ['12 not: one of them alone', measures(measure('father', 'rightsRestricted')), []],
    ['no case: a facility beside an inability', parents(FACILITY, UNABLE), []],
    ['no case: one missing, nothing of the other', parents(MISSING, {}), []],
    ['no case: both dead', parents(DEAD, DEAD), ['G01']],
    [
      'no case: a measure that ended today',
      { ...parents(MISSING, {}), ...measures(measure('mother', 'prison', { until: TODAY })) },
      [],
    ],
    [
      '6 until the day before',
      { ...parents(MISSING, {}), ...measures(measure('mother', 'prison', { until: '2026-11-24' })) },
      ['G03-6'],
    ],
    [
      'no case: a measure that begins tomorrow',
      { ...parents(MISSING, {}), ...measures(measure('mother', 'prison', { from: '2026-11-24' })) },
      [],
    ],
  ] as const)('[GRP-3] %s', (_what, documents, groups) => expect(standing(documents)).toEqual(groups));
});

describe('the groups, each inside, outside and at its edge', () => {
  it.each([
    [
      'G01 with relatives',
      identity({ fatherVital: 'dead', motherVital: 'dead', carerRelation: 'grandparent' }),
      ['G01-3'],
    ],
    ['G01 in a facility', identity({ fatherVital: 'dead', motherVital: 'dead', carerRelation: 'facility' }), ['G01-2']],
    ['G01 alone', identity({ fatherVital: 'dead', motherVital: 'dead', carerRelation: 'self' }), ['G01-1']],
    [
      'G01 in alternative care',
      identity({ fatherVital: 'dead', motherVital: 'dead', carerRelation: 'fosterCarer' }),
      ['G01-4'],
    ],
    ['G01 not, R6: one alone', parents({ Vital: 'alive' }, DEAD), ['R6']],
    ['G01 not: unknown is not dead', parents({ Vital: 'unknown' }, { Vital: 'unknown' }), []],
    ['G02', identity({}, { movements: [{ kind: 'abandonedFound', on: '2026-10-01' }] }), ['G02']],
    [
      'G02 with a carer',
      identity({ carerRelation: 'fosterCarer' }, { movements: [{ kind: 'abandonedFound' }] }),
      ['G02-2'],
    ],
    ['G02 not: adopted since', identity({}, { movements: [{ kind: 'abandonedFound' }, { kind: 'returned' }] }), []],
    ['G04 severe', { health: { set: { disabilityDegree: 'severe' } } }, ['G04-2']],
    ['G04 not: a kind, no degree', { health: { set: { disabilityTypes: ['vision'] } } }, []],
    [
      'G06 a measure runs',
      { offence: { rows: { measures: { a: { measure: 'substitute', state: 'running' } } } } },
      ['G06-2'],
    ],
    [
      'G06 not: it has ended',
      { offence: { rows: { measures: { a: { measure: 'substitute', state: 'completed' } } } } },
      [],
    ],
    ['G06 written down', { offence: { rows: { membership: { a: { clause: 'measureCompleted' } } } } }, ['G06-3!']],
    ['G07', inCase('case', 'G07'), ['G07!']],
    ['G08', schooling({ status: 'droppedOut', level: 'primary', dropOutReason: 'earning' }), ['G08', 'R2']],
    [
      'G08 not: another reason',
      schooling({ status: 'droppedOut', level: 'primary', dropOutReason: 'distance' }),
      ['R2'],
    ],
    ['G09', inCase('case', 'G09'), ['G09!']],
    ['G10', inCase('case', 'G10'), ['G10!']],
    ['G11', inCase('sealed-case', 'G11'), ['G11!']],
    ['G12', inCase('sealed-case', 'G12'), ['G12!']],
    ['O1', inCase('sealed-case', 'O1'), ['O1!']],
    [
      'G07 to G12, O1 not: a case alone',
      { case: { set: { child: folderAt(1), abuseTypes: ['physical', 'labour'] } } },
      [],
    ],
    ['G13', { ...ill, ...household({ economicStatus: 'nearPoor' }) }, ['G13', 'R1']],
    ['G13 not: ill, not poor', { ...ill, ...household({ economicStatus: 'average' }) }, []],
    [
      'G13 not: poor, not ill',
      { ...household({ economicStatus: 'poor' }), health: { set: { cardNumber: 'TE1' } } },
      ['R1'],
    ],
    ['G14', asserted('G14'), ['G14!']],
    ['R1', household({ economicStatus: 'poor', economicYear: 2026 }), ['R1']],
    ['R1 not', household({ economicStatus: 'other' }), []],
    ['R2 of an unknown level', schooling({ status: 'droppedOut' }), ['R2']],
    ['R2 not: lower secondary completed', schooling({ status: 'droppedOut', level: 'upperSecondary' }), []],
    ['R2 not: at school', schooling({ status: 'attending', level: 'lowerSecondary' }), []],
    ['R3, R4 of the household', household({ riskGroups: ['R3', 'R4'] }), ['R3!', 'R4!']],
    ['R3 not', household({ riskGroups: [] }), []],
    ['O2 a year ago tomorrow', injury('2025-11-24'), ['O2']],
    ['O2 not: a year ago today', injury('2025-11-23'), []],
    ['O2 not: no day', { health: { log: { injuries: [{ on: '2027' }] } } }, []],
  ] as const)('[GRP-2] %s', (_what, documents, groups) => expect(standing(documents as Documents)).toEqual(groups));

  const away = (father: string, mother: string) =>
    parents({ Whereabouts: 'awayForWork', AwaySince: father }, { Whereabouts: 'leftFamily', AwaySince: mother });
  it.each([
    ['six months today', away('2024', '2026-05-23'), TODAY, ['R5']],
    ['six months tomorrow', away('2024', '2026-05-24'), TODAY, []],
    ['from the last of August to the last of February', away('2026-01-01', '2026-08-31'), '2027-02-28', ['R5']],
    ['the day before that', away('2026-01-01', '2026-08-31'), '2027-02-27', []],
    ['in a leap year its 29th', away('2027-01-01', '2027-08-31'), '2028-02-28', []],
    ['on that 29th', away('2027-01-01', '2027-08-31'), '2028-02-29', ['R5']],
    ['of a month, its first day', away('2026-05', '2026-05'), '2026-11-01', ['R5']],
    [
      'one of them at home',
      parents({ Whereabouts: 'awayForWork', AwaySince: '2024' }, { Whereabouts: 'home' }),
      TODAY,
      [],
    ],
    [
      'one of them dead',
      parents(
        { ...DEAD, Whereabouts: 'awayForWork', AwaySince: '2024' },
        { Whereabouts: 'awayForWork', AwaySince: '2024' },
      ),
      TODAY,
      ['R6'],
    ],
  ] as const)('[GRP-4] both away: %s', (_what, documents, today, groups) =>
    expect(standing(documents, today)).toEqual(groups),
  );

  it.each([
    ['the day before', '2010-11-24', TODAY, ['R6']],
    ['the birthday', '2010-11-23', TODAY, []],
    ['the year alone: perhaps not yet', '2010', '2026-12-30', ['R6']],
    ['the year alone: for sure', '2010', '2026-12-31', []],
    ['the month alone', '2010-11', '2026-11-30', ['R6']],
    ['the month alone: for sure', '2010-11', '2026-12-01', []],
    ['29 February, the day before', '2012-02-29', '2028-02-28', ['R6']],
    ['29 February', '2012-02-29', '2028-02-29', []],
    ['29 February where there is none', '2084-02-29', '2100-03-01', []],
    ['nothing known', null, '2099-01-01', ['R6']],
  ] as const)('[GRP-5] sixteen: %s', (_what, birth, today, groups) =>
    expect(standing(identity({ birth, motherVital: 'dead' }), today)).toEqual(groups),
  );

  it.each([
    [
      'moved away',
      identity({ motherVital: 'dead' }, { movements: [{ kind: 'movedOut', on: '2026-03-01' }] }),
      '2026-03-01',
    ],
    ['dead', identity({ motherVital: 'dead', vital: 'dead' }), null],
    ['grown', identity({ motherVital: 'dead', birth: '2000-02-29' }), '2016-02-29'],
  ] as const)('[GRP-5] ended with a day: %s', (_what, documents, until) => {
    expect(groupsOf(rowsOf(documents), TODAY)).toMatchObject([{ group: 'R6', stands: 'ended', until }]);
  });

  it('[GRP-2] every open group can be entered', () => {
    const seen = [
      ...standing({
        ...parents(DEAD, DEAD),
        ...household({ economicStatus: 'poor', riskGroups: ['R3', 'R4'] }),
        health: { set: { chronicDisease: 'x', disabilityDegree: 'mild' }, log: { injuries: [{ on: '2026-11-01' }] } },
        ...schooling({ status: 'droppedOut', dropOutReason: 'earning' }),
        'sealed-case': {
          rows: {
            groups: Object.fromEntries(['G07', 'G09', 'G10', 'G11', 'G12', 'O1'].map((group) => [group, { group }])),
          },
        },
        offence: { rows: { membership: { a: { clause: 'communeEducation' } } } },
      }),
      ...standing(asserted('G14')),
      ...standing(
        identity({ motherVital: 'dead', fatherVital: 'missing' }, { movements: [{ kind: 'abandonedFound' }] }),
      ),
      ...standing(away('2024', '2024')),
    ];
    expect(new Set(seen.map((each) => each.replace(/[-!].*/u, '')))).toEqual(new Set(OPEN_GROUPS));
  });
});
