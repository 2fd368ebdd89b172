import { describe, expect, it } from 'vitest';
import { newPlace, placeGap, renamed } from './place-edits.ts';

const PLACES = {
  villages: { 'ban-pa-u': { name: 'Bản Pa Ủ', kind: 'ban', oldNames: ['Bản Pa'], order: 0 } },
  schools: { th: { name: 'Trường Tiểu học Nà Pàn', level: 'primary' } },
} as const;

describe('places in the directory', () => {
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['x'.repeat(121), 'long'],
    ['bản pa  ủ', 'taken'],
    ['Bản Pa', 'taken'],
    ['Trường Tiểu học Nà Pàn', 'taken'],
    ['Bản Pa Ú', null],
  ] as const)('[OFF-3] a new place called “%s”: %s', (typed, gap) => {
    expect(placeGap(PLACES, typed)).toBe(gap);
  });

  it('[OFF-3] a place may keep its own name, and a new one gets an id that nobody has', () => {
    expect(placeGap(PLACES, 'Bản Pa Ủ', 'ban-pa-u')).toBeNull();
    expect(newPlace(PLACES, 'villages', ' Bản  Pa Ú ')).toEqual({
      root: 'villages',
      key: 'ban-pa-u-2',
      value: { name: 'Bản Pa Ú', kind: 'ban', oldNames: [], order: 1 },
    });
    expect(newPlace(PLACES, 'schools', 'THCS Nà Pàn').value).toEqual({ name: 'THCS Nà Pàn', level: 'lowerSecondary' });
  });

  it('[OFF-3] a village that is renamed remembers its former names, and forgets the one it takes up again', () => {
    const village = PLACES.villages['ban-pa-u'];
    expect(renamed(village, 'Bản Mới')).toMatchObject({ name: 'Bản Mới', oldNames: ['Bản Pa', 'Bản Pa Ủ'] });
    expect(renamed(village, 'Bản Pa')).toMatchObject({ name: 'Bản Pa', oldNames: ['Bản Pa Ủ'] });
  });
});
