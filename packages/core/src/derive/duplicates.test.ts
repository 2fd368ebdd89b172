import { describe, expect, it } from 'vitest';
import { createDuplicateIndex } from './duplicate-index.ts';
import { likenessOf, nearBirths, PROBABLE, sameChild } from './duplicates.ts';
import type { Likeness } from './duplicates.ts';

const LAN: Likeness = {
  name: 'Nguyễn Thị Lan',
  birth: '2015-06-05',
  sex: 'female',
  mother: 'Trần Thị Hòa',
  father: 'Nguyễn Văn Bình',
  place: 'id:v1',
  personalId: null,
};

const changed = (change: Partial<Likeness>): Likeness => ({ ...LAN, ...change });

describe('likeness', () => {
  it('[SRC-6] is 1 for the same number alone, and the same from either side', () => {
    const a = changed({ personalId: '001315000123' });
    const b = changed({ personalId: '001315000123', name: 'Lò Văn Inh', sex: 'male', birth: '2012', mother: null });
    expect(likenessOf(a, b)).toMatchObject({ score: 1 });
    expect(likenessOf(a, b).reasons).toEqual(expect.arrayContaining(['sameId', 'nameDiffers']));
    expect(likenessOf(LAN, LAN).score).toBeLessThan(1);
    for (const other of [b, changed({ birth: '2015-05-06' }), changed({ name: 'Nguyễn Thị Lam' })]) {
      expect(likenessOf(a, other)).toEqual(likenessOf(other, a));
    }
  });

  it.each([
    ['another given name, one day, one mother', { name: 'Nguyễn Thị Mai' }],
    ['a given name a letter off that is a name too', { name: 'Nguyễn Thị Loan' }],
    ['a boy with other marks', { sex: 'male', name: 'Nguyễn Thị Lân' }],
    ['another mother, another village, another day', { mother: 'Lê Thị Mơ', place: 'id:v2', birth: '2016-01-01' }],
    [
      'the same common name and nothing else',
      { mother: 'Lê Thị Mơ', father: 'Lê Văn Tám', place: 'id:v2', birth: '2011-01-30' },
    ],
    ['the same name and birth, another mother', { mother: 'Lê Thị Mơ', father: null, place: 'id:v2' }],
  ] as const)('[SRC-6] stays below the line: %s', (_, change) => {
    expect(likenessOf(LAN, changed(change)).score).toBeLessThan(PROBABLE);
  });

  it('[SRC-6] grows with what agrees', () => {
    const scores = [
      changed({ mother: null, father: null, place: '' }),
      changed({ mother: 'Trần Thị Hoa', birth: '2015-06-06' }),
      changed({ birth: '2015-05-06' }),
      LAN,
    ].map((other) => likenessOf(LAN, other).score);
    expect(scores.every((score) => score >= PROBABLE)).toBe(true);
    expect(scores.at(-1)).toBe(Math.max(...scores));
  });

  it('[SRC-6] looks at the days that a birth is easily mistaken for', () => {
    expect(nearBirths('2015-06-05').toSorted()).toEqual(['2015-05-06', '2015-06-04', '2015-06-05', '2015-06-06']);
    expect(nearBirths('2015-01-31').toSorted()).toEqual(['2015-01-30', '2015-01-31', '2015-02-01']);
    expect(nearBirths('2015')).toEqual(['2015']);
  });
});

describe('the same child', () => {
  it.each([
    ['everything', {}, true],
    ['without marks', { name: 'nguyen thi lan' }, true],
    ['the tone elsewhere', { mother: 'Trần Thị Hoà' }, true],
    ['a village not known', { place: '' }, true],
    ['a number on one side', { personalId: '001315000123' }, true],
    ['another village', { place: 'id:v2' }, false],
    ['another day', { birth: '2015-06-06' }, false],
    ['another mother', { mother: 'Trần Thị Hoa Mai' }, false],
    ['no mother', { mother: null }, false],
    ['other marks', { name: 'Nguyễn Thị Lân' }, false],
    ['the other sex', { sex: 'male' }, false],
  ] as const)('[IMP-10] %s: %s', (_, change, isSame) => {
    expect(sameChild(LAN, changed(change))).toBe(isSame);
    expect(sameChild(changed(change), LAN)).toBe(isSame);
  });

  it('[IMP-10] two numbers decide alone', () => {
    const one = changed({ personalId: '001315000123' });
    expect(sameChild(one, changed({ personalId: '001315000124' }))).toBe(false);
    expect(sameChild(one, changed({ personalId: '001315000123', name: 'Lò Văn Inh' }))).toBe(true);
  });

  it('[IMP-10] with neither mother nor village, nobody is the same without being asked', () => {
    const bare = changed({ mother: null, place: '' });
    expect(sameChild(bare, bare)).toBe(false);
    expect(likenessOf(bare, bare).score).toBeGreaterThanOrEqual(PROBABLE);
  });
});

describe('the index of children', () => {
  const index = createDuplicateIndex<string>();
  index.add('lan', LAN);
  index.add('mai', changed({ name: 'Nguyễn Thị Mai' }));
  index.add(
    'far',
    changed({ name: 'Nguyễn Thị Lan', birth: '2011-01-30', mother: 'Lê Thị Mơ', father: null, place: 'id:v9' }),
  );

  it.each([
    ['nobody by the family name', { name: 'Lan', birth: '2019' }, []],
    ['by name in another order', { name: 'Lan Nguyễn Thị', birth: '2015' }, ['lan']],
    ['by a slip and the day', { name: 'Nguyễn Thị Lna' }, ['lan']],
    ['by day and month swapped', { birth: '2015-05-06' }, ['lan']],
  ] as const)('[SRC-6] finds %s', (_, change, keys) => {
    expect(index.find(changed(change)).map(({ key }) => key)).toEqual(keys);
  });

  it('[SRC-6] puts the likeliest first, and knows the very same', () => {
    index.add('twice', changed({ birth: '2015-06-06' }));
    expect(index.find(LAN).map(({ key }) => key)).toEqual(['lan', 'twice']);
    expect(index.findSame(LAN)).toBe('lan');
    expect(index.findSame(changed({ name: 'Vì Thị Lả' }))).toBeNull();
  });

  it('[SRC-6] a bucket of ten thousand alike stays quick to ask', () => {
    const crowded = createDuplicateIndex<number>();
    for (let i = 0; i < 10_000; i += 1) crowded.add(i, LAN);
    expect(crowded.find(LAN)).toHaveLength(300);
  });
});
