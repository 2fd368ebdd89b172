import { describe, expect, it } from 'vitest';
import type { FolderId } from '../model/ids.ts';
import type { RosterChild } from './row.ts';
import { editsOfChild, ethnicityCodeOf } from './to-edits.ts';

const FOLDER = '01K9ZZZZZZZZZZZZZZZZZZZZZZ' as FolderId;
const PLACE = { folder: FOLDER, village: 'v1', source: 'roster.xlsx, dòng 7' };
const CHILD: RosterChild = {
  name: 'Giàng A Páo',
  birth: { date: '2015', estimated: true },
  sex: 'male',
  ethnicity: 'Mông',
  fatherName: null,
  motherName: 'Sùng Thị Mỷ',
  guardianName: null,
  householdHead: 'Giàng A Tủa',
  villageId: 'v1',
  proposedVillage: null,
  address: null,
  personalId: null,
  schooling: 'Lớp 5A',
  circumstances: 'Hộ nghèo',
  phone: null,
  notes: null,
};

describe('editsOfChild', () => {
  it('[IMP-30] writes what the row says and nothing that it does not', () => {
    const [identity, education] = editsOfChild(CHILD, PLACE);
    const sets = Object.fromEntries((identity?.sets ?? []).map(({ name, value }) => [name, value]));
    expect(sets).toEqual({
      village: 'v1',
      name: 'Giàng A Páo',
      birth: '2015',
      birthEstimated: true,
      sex: 'male',
      ethnicity: '08',
      motherName: 'Sùng Thị Mỷ',
    });
    expect(education).toMatchObject({ document: `${FOLDER}/education`, sets: [{ name: 'class', value: 'Lớp 5A' }] });
  });

  it('[IMP-30] loses nothing that fits no field', () => {
    const notes = 'dài '.repeat(1_500);
    const [identity] = editsOfChild({ ...CHILD, ethnicity: 'Chưa rõ', address: 'x'.repeat(450), notes }, PLACE);
    const kept = (identity?.appends ?? []).map(({ value }) => (value as { text: string }).text);
    expect(kept.join('')).toContain(notes);
    expect(kept).toContain('Hộ nghèo');
    expect(kept).toContain('Chủ hộ: Giàng A Tủa');
    expect(kept).toContain('Dân tộc: Chưa rõ');
    expect(kept).toContain('x'.repeat(450));
    expect(kept.every((text) => text.length <= 2_000)).toBe(true);
  });

  it.each([
    ["H'Mông", '08'],
    ['MÔNG', '08'],
    ['Ê Đê', '12'],
    ['dân tộc Thái', '03'],
    ['Khmer', '05'],
    ['Người lạ', null],
    [null, null],
  ])('[IMP-30] reads the people %s as %s', (text, code) => {
    expect(ethnicityCodeOf(text)).toBe(code);
  });
});
