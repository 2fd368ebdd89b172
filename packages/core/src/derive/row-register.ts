/** Rows of the survey book: children, households, visits. */
import type { FolderId } from '../model/ids.ts';
import { type JsonRecord, type Reading, textOf } from './reading.ts';
import type { RowMaker } from './row-common.ts';
import type { HouseholdRow, IdentityRow, VisitRow } from './row-types.ts';

const LEAVING = ['movedOut', 'died', 'reached16', 'adopted', 'duplicate', 'error'];
const COMING = ['born', 'movedIn', 'identified', 'returned', 'abandonedFound'];
const DECIDING = new Set([...LEAVING, ...COMING]);
const AWAY = ['awayForWork', 'leftFamily', 'facility'];

/** Returns a child's row. */
export const identityRow: RowMaker<IdentityRow> = (reading, common) => ({
  ...common,
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
  groups: groupsOf(reading),
  vital: reading.text('vital'),
  left: leftOf(reading),
  bothAwaySince: bothAwaySince(reading),
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

/** Groups that still hold: without an end. */
function groupsOf(reading: Reading): readonly string[] {
  const rows = reading.rows('groups');
  if (rows.size === 0) return [];
  const standing = [...rows.values()].filter((row) => textOf(row['until']) === null);
  const groups = standing.map((row) => textOf(row['group'])).filter((group) => group !== null);
  return [...new Set(groups)].toSorted();
}

/** The last record that says whether the child belongs to the commune decides. */
function leftOf(reading: Reading): string | null {
  const kinds = reading
    .records('movements')
    .map(({ record }: { readonly record: JsonRecord }) => textOf(record['kind']));
  const last = kinds.findLast((kind) => kind !== null && DECIDING.has(kind)) ?? null;
  return last !== null && LEAVING.includes(last) ? last : null;
}

/** R5 counts from when the second of them left (domain § 1.3). */
function bothAwaySince(reading: Reading): string | null {
  const isAway = (parent: string): boolean => AWAY.includes(reading.text(`${parent}Whereabouts`) ?? '');
  const father = reading.text('fatherAwaySince');
  const mother = reading.text('motherAwaySince');
  if (!isAway('father') || !isAway('mother') || father === null || mother === null) return null;
  return father > mother ? father : mother;
}
