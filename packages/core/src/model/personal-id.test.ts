import { describe, expect, it } from 'vitest';
import { checkPersonalId, parsePersonalId, personalIdFacts } from './personal-id.ts';
import type { PersonalId } from './personal-id.ts';
import { PROVINCE_CODES } from './province-codes.ts';

describe('personal numbers', () => {
  it.each([
    ['001215000123', '001215000123'],
    [' 001 215.000-123 ', '001215000123'],
    ['００１２１５０００１２３', '001215000123'],
    ['', 'empty'],
    ['---', 'empty'],
    ['00121500012', 'short'],
    ['0012150001234', 'long'],
    ['00121500012O', 'badChars'],
  ])('[IMP-8] %j is %s', (text, expected) => {
    const parsed = parsePersonalId(text);
    expect(parsed.ok ? parsed.value : parsed.error).toBe(expected);
  });

  it.each([
    ['001099000123', 'male', 1999],
    ['001100000123', 'female', 1900],
    ['012215000123', 'male', 2015],
    ['012326000123', 'female', 2026],
    ['012401000123', 'male', 2101],
    ['012915000123', null, null],
  ])('[IMP-8] %s says %s, born %s', (id, sex, birthYear) => {
    expect(personalIdFacts(id as PersonalId)).toMatchObject({ sex, birthYear });
  });

  it('[IMP-8] says where it disagrees with the papers, and only there', () => {
    const id = '012215000123' as PersonalId;
    expect(checkPersonalId(id, { sex: 'male', birthYear: 2015 })).toEqual([]);
    expect(checkPersonalId(id, { sex: null, birthYear: null })).toEqual([]);
    expect(checkPersonalId(id, { sex: 'female', birthYear: 2016 })).toEqual(['wrongSex', 'yearMismatch']);
    expect(checkPersonalId('003215000123' as PersonalId, { sex: 'male', birthYear: 2015 })).toEqual([
      'unknownProvince',
    ]);
  });

  it('[IMP-8] the codes of all 63 provinces before the merger stay known', () => {
    expect(Object.keys(PROVINCE_CODES)).toHaveLength(63);
    expect(new Set(Object.values(PROVINCE_CODES)).size).toBe(63);
  });
});
