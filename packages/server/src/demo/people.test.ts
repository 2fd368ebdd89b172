import { fewestYearsOn } from '@chungtay/core/model/dates';
import { checkPersonalId, parsePersonalId } from '@chungtay/core/model/personal-id';
import { describe, expect, it } from 'vitest';
import { NAMING_CUSTOMS } from './people-names.ts';
import { inventChildren, seeded } from './people.ts';

const request = { count: 6000, villages: ['Thôn 1', 'Bản Nà Pàn'], onDate: '2026-11-22' };

describe('invented people', () => {
  const children = inventChildren(seeded(7), request);

  it('[DEM-1] are the same for the same seed, and others for another', () => {
    expect(inventChildren(seeded(7), request)).toEqual(children);
    expect(inventChildren(seeded(8), request)).not.toEqual(children);
  });

  it('[DEM-1] are born, below 16, and numbered once each as their papers say', () => {
    const ids = children.flatMap(({ personalId }) => personalId ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { birth, sex, personalId } of children) {
      expect(birth <= request.onDate && fewestYearsOn(birth, request.onDate) < 16).toBe(true);
      if (personalId === null) continue;
      const parsed = parsePersonalId(personalId);
      expect(parsed.ok && checkPersonalId(parsed.value, { sex, birthYear: Number(birth.slice(0, 4)) })).toEqual([]);
    }
  });

  it('[DEM-1] come from every people, some with one name, some without number, some twins, siblings never of one name', () => {
    expect(new Set(children.map(({ ethnicity }) => ethnicity)).size).toBe(NAMING_CUSTOMS.length);
    expect(children.some(({ name }) => !name.includes(' '))).toBe(true);
    expect(children.some(({ name }) => name.includes('H’'))).toBe(true);
    expect(children.filter(({ personalId }) => personalId === null).length).toBeGreaterThan(60);
    const keys = children.map(({ household, name }) => `${household} ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
    const twins = children.filter(
      (a, at) => children[at + 1]?.household === a.household && children[at + 1]?.birth === a.birth,
    );
    expect(twins.length).toBeGreaterThan(10);
  });
});
