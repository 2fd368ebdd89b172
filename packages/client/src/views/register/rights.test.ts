import { ROLES } from '@chungtay/core/model/role';
import { describe, expect, it } from 'vitest';
import { mayAddChild, mayFile, mayReadWhole } from './rights.ts';

describe('what a role is offered', () => {
  it('[POL-8] begins a child only where the matrix lets a whole file be written', () => {
    expect(ROLES.filter(mayAddChild)).toEqual(['collaborator', 'lead']);
  });

  it('[POL-6] reports abuse as whoever works with children', () => {
    expect(ROLES.filter(mayFile)).toEqual(['collaborator', 'teacher', 'nurse', 'police', 'lead']);
  });

  it('[POL-2] filters by what only a whole identity tells', () => {
    expect(ROLES.filter(mayReadWhole)).toEqual(['collaborator', 'nurse', 'police', 'lead', 'councilOffice', 'chair']);
  });

  it('offers nothing to nobody', () => expect([mayAddChild(undefined), mayFile(undefined)]).toEqual([false, false]));
});
