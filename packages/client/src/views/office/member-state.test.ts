import type { DeviceLine, MemberLine } from '@chungtay/core/wire/office';
import { describe, expect, it } from 'vitest';
import { filterMembers, memberState } from './member-state.ts';

const person = (part: Partial<MemberLine>): MemberLine => ({
  member: 1,
  name: 'Lò Thị Mai',
  title: '',
  role: 'collaborator',
  villages: ['v1'],
  schools: [],
  namedFor: [],
  proposed: [],
  until: null,
  isSuspended: false,
  hasEnded: false,
  invitation: null,
  ...part,
});
const device = (part: Partial<DeviceLine> = {}): DeviceLine => ({
  device: 'D',
  member: 1,
  label: '',
  protocol: 4,
  lastContactMs: 1,
  isRevoked: false,
  report: null,
  ...part,
});
const open = { expiresAtMs: 9, hasExpired: false };

describe('where somebody stands', () => {
  it.each<[string, Partial<MemberLine>, readonly DeviceLine[], string]>([
    ['on a tablet', {}, [device()], 'atWork'],
    ['invited', { invitation: open }, [], 'waiting'],
    ['invited too long ago', { invitation: { ...open, hasExpired: true } }, [], 'expired'],
    ['invited to a second tablet', { invitation: open }, [device()], 'atWork'],
    ['whose only tablet was ended', { invitation: open }, [device({ isRevoked: true })], 'waiting'],
    ['suspended', { isSuspended: true, invitation: open }, [], 'suspended'],
    ['whose work is over', { hasEnded: true }, [device()], 'ended'],
  ])('[OFF-1] %s', (_who, part, devices, state) => {
    expect(memberState(person(part), devices)).toBe(state);
  });

  it('[OFF-1] the list is found without marks, by title, village and role, and sorted by given name', () => {
    const people = [
      person({ member: 1, name: 'Vàng Thị Sua', villages: ['*'] }),
      person({ member: 2, name: 'Lò Văn Ơn', title: 'Trưởng bản', villages: ['v2'] }),
      person({ member: 3, name: 'Đàm Thị Hương', role: 'lead' }),
    ];
    const all = { words: '', state: null, role: null, village: null };
    const found = (part: object): readonly number[] =>
      filterMembers(people, [], { ...all, ...part }).map(({ member }) => member);
    expect(found({})).toEqual([3, 2, 1]);
    expect(found({ words: 'dam thi' })).toEqual([3]);
    expect(found({ words: 'truong' })).toEqual([2]);
    expect(found({ village: 'v2' })).toEqual([2, 1]);
    expect(found({ role: 'lead' })).toEqual([3]);
    expect(found({ state: 'suspended' })).toEqual([]);
  });
});
