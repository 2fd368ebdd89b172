import { describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import { documentOf } from '../kinds/document.support.ts';
import type { MemberNumber } from '../model/ids.ts';
import { ROLES, type Role } from '../model/role.ts';
import { SHIPPED_CALENDAR } from '../policy/calendar.ts';
import { childRow } from './child-row.ts';
import { knownMissing, missingPapers } from './papers.ts';
import type { Row } from './row-types.ts';
import { metaOf, rowFor } from './row.support.ts';
import { rowOfExtract } from './rows.ts';
import { tasksOf } from './tasks.ts';

const TODAY = '2026-11-23';
const NOW_MS = Date.parse('2026-11-23T05:00:00Z');

function child(set: Record<string, Json>, movements: readonly Json[] = []): Row {
  return rowFor(
    'identity',
    'identity',
    documentOf({ set: { name: 'Mùa A Chư', residence: 'permanent', ...set }, log: { movements } }),
  );
}

const support = (set: Record<string, Json>): Row => rowFor('support', 'support', documentOf({ set }));
const inShort = (rows: readonly Row[]): readonly string[] =>
  missingPapers(rows, TODAY).map(({ paper, why, by, dueOn }) => [paper, why, by, dueOn ?? '-'].join(' '));

describe('a birth that is not registered', () => {
  it.each([
    ['a newborn', { birth: '2026-11-01' }, [], ['birthRegistration newborn councilOffice 2026-12-31']],
    ['a day under one year', { birth: '2025-11-24' }, [], ['birthRegistration newborn councilOffice 2026-01-23']],
    [
      'one year today: who says nothing is asked for the number',
      { birth: '2025-11-23' },
      [],
      ['personalId unrecorded collaborator -'],
    ],
    [
      'the month alone: from its last day',
      { birth: '2026-09' },
      [],
      ['birthRegistration newborn councilOffice 2026-11-29'],
    ],
    [
      'older, and said not to be',
      { birth: '2020', personalIdMissing: 'notRegistered' },
      [],
      ['birthRegistration notRegistered councilOffice 2021-03-01'],
    ],
    [
      'no birthday known',
      { personalIdMissing: 'notRegistered' },
      [],
      ['birthRegistration notRegistered councilOffice -'],
    ],
    [
      'a foundling: from the day it was found',
      { birth: '2024' },
      [{ kind: 'abandonedFound', on: '2026-11-20' }],
      ['birthRegistration abandoned councilOffice 2027-01-19'],
    ],
    [
      'with a certificate',
      { birth: '2026-11-01', birthCertificate: '12/2026' },
      [],
      ['personalId unrecorded collaborator -'],
    ],
    ['with a number, which comes with the registration', { birth: '2026-11-01', personalId: '011326000001' }, [], []],
    ['moved away', { birth: '2026-11-01' }, [{ kind: 'movedOut' }], []],
    ['dead', { birth: '2026-11-01', vital: 'dead' }, [], []],
  ] as const)('[PAP-1] %s', (_what, set, movements, missing) =>
    expect(inShort([child(set, movements)])).toEqual(missing),
  );
});

describe('the other papers', () => {
  const whole = { birth: '2016-05-02', personalId: '011316000001' };

  it.each([
    [
      'not issued: the police',
      { ...whole, personalId: null, personalIdMissing: 'notIssued' },
      ['personalId notIssued police -'],
    ],
    [
      'not shown: who goes to the houses',
      { ...whole, personalId: null, personalIdMissing: 'notShown' },
      ['personalId notShown collaborator -'],
    ],
    ['staying', { ...whole, residence: 'staying' }, ['residence staying police -']],
    ['nothing said of the residence', { ...whole, residence: null }, ['residence unrecorded collaborator -']],
    ['all there', whole, []],
    ['sixteen today', { birth: '2010-11-23' }, []],
  ] as const)('[PAP-2] %s', (_what, set, missing) => expect(inShort([child(set)])).toEqual(missing));

  it.each([
    [{ healthCard: 'none' }, ['healthCard none lead -']],
    [{ healthCard: 'applied' }, ['healthCard applied lead -']],
    [{ healthCard: 'valid', healthCardUntil: '2026-11-22' }, ['healthCard expired lead -']],
    [{ healthCard: 'valid', healthCardUntil: TODAY }, []],
    [{ healthCard: 'valid' }, []],
  ] as const)('[PAP-3] a card: %j', (set, missing) => expect(inShort([child(whole), support(set)])).toEqual(missing));

  it('[PAP-3] a nurse knows of the card by what her extract tells, and it counts once', () => {
    const told = rowOfExtract('support-health', 'support', { healthCard: 'expired' }, metaOf('support'));
    const health = rowFor('health', 'health', documentOf({ set: { cardUntil: '2020-01-01' } }));
    expect(inShort([child(whole), ...(told ? [told] : []), health])).toEqual(['healthCard expired lead -']);
  });

  it('[PAP-4] a list counts what is known to be missing, not what nobody has written', () => {
    expect(knownMissing([child({ birth: '2016', residence: null })], TODAY)).toEqual([]);
    expect(childRow([child({ ...whole, residence: 'staying' })], [], TODAY)?.papers).toEqual(['residence']);
  });

  it('[PAP-4] an extract of an identity tells of no paper', () => {
    const told = rowOfExtract('identity-school', 'identity', { name: 'Mỷ', birth: '2026-11-01' }, metaOf('identity'));
    expect(missingPapers(told ? [told] : [], TODAY)).toEqual([]);
  });
});

describe('the list of the day', () => {
  const asked = (birth: string): readonly Role[] =>
    ROLES.filter((role) => {
      const principal = { member: 9 as MemberNumber, role, villages: ['*'], schools: [], namedFor: [], untilMs: null };
      const tasks = tasksOf([child({ birth })], { principal, calendar: SHIPPED_CALENDAR, nowMs: NOW_MS });
      return tasks.some(({ what }) => what === 'registerBirth');
    });

  it('[PAP-5] [DL-14] calls who keeps the civil status and who goes to the houses, and the lead on the 61st day', () => {
    expect(asked('2026-09-24')).toEqual(['collaborator', 'councilOffice']);
    expect(asked('2026-09-23')).toEqual(['collaborator', 'lead', 'councilOffice']);
    expect(asked('2016-09-23')).toEqual([]);
  });
});
