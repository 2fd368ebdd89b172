/** Rows of the survey book: children, households, visits. */
import type { FolderId } from '../model/ids.ts';
import { assertedIn, familyIn } from './group-facts.ts';
import { papersIn } from './papers.ts';
import { type Reading, textOf } from './reading.ts';
import type { RowMaker } from './row-common.ts';
import type { HouseholdRow, IdentityRow, VisitRow } from './row-types.ts';

const LEAVING = ['movedOut', 'died', 'reached16', 'adopted', 'duplicate', 'error'];
const COMING = ['born', 'movedIn', 'identified', 'returned', 'abandonedFound'];
const DECIDING = new Set([...LEAVING, ...COMING]);
/** What ends that a child counts as abandoned. */
const FOUND_A_FAMILY = ['returned', 'adopted', 'error'];

/** Returns a child's row. */
export const identityRow: RowMaker<IdentityRow> = (reading, common) => ({
  ...common,
  ...movementsIn(reading),
  ...papersIn(reading),
  type: 'identity',
  name: reading.text('name'),
  nicknames: reading.text('nicknames'),
  birth: reading.text('birth'),
  isBirthEstimated: reading.flag('birthEstimated') ?? false,
  sex: sexOf(reading.text('sex')),
  ethnicity: reading.text('ethnicity'),
  village: reading.text('village'),
  household: reading.text('household') as FolderId | null,
  personalId: reading.text('personalId'),
  motherName: reading.text('motherName'),
  fatherName: reading.text('fatherName'),
  carerName: reading.text('carerName'),
  phone: reading.text('carerPhone') ?? reading.text('motherPhone') ?? reading.text('fatherPhone'),
  carerRelation: reading.text('carerRelation'),
  groups: assertedIn(reading, 'groups'),
  family: familyIn(reading),
  vital: reading.text('vital'),
});

/** Returns a household's row. */
export const householdRow: RowMaker<HouseholdRow> = (reading, common) => {
  const members = reading.column('members', 'child');
  return {
    ...common,
    type: 'household',
    village: reading.text('village'),
    code: reading.text('code'),
    head: reading.text('head'),
    phone: reading.text('phone'),
    address: reading.text('address'),
    locationNote: reading.text('locationNote'),
    economicStatus: reading.text('economicStatus'),
    economicYear: reading.count('economicYear'),
    riskGroups: reading.texts('riskGroups'),
    members: members.length,
    children: members.map((child) => textOf(child)).filter((child) => child !== null) as FolderId[],
  };
};

/** Returns a visit's row. */
export const visitRow: RowMaker<VisitRow> = (reading, common) => ({
  ...common,
  type: 'visit',
  on: reading.text('on'),
  outcome: reading.text('outcome'),
  nextOn: reading.text('nextOn'),
});

function sexOf(text: string | null): 'male' | 'female' | null {
  return text === 'male' || text === 'female' ? text : null;
}

/** The last record that says whether the child belongs to the commune decides. */
function movementsIn(reading: Reading): Pick<IdentityRow, 'abandoned' | 'left' | 'leftOn'> {
  const movements = reading
    .records('movements')
    .map(({ record }) => ({ kind: textOf(record['kind']) ?? '', on: textOf(record['on']) }));
  const last = movements.findLast(({ kind }) => DECIDING.has(kind));
  const leaving = last && LEAVING.includes(last.kind) ? last : null;
  const found = movements.findLast(({ kind }) => kind === 'abandonedFound' || FOUND_A_FAMILY.includes(kind));
  return {
    abandoned: found?.kind === 'abandonedFound' ? { on: found.on } : null,
    left: leaving?.kind ?? null,
    leftOn: leaving?.on ?? null,
  };
}
