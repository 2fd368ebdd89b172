import { fold } from '@chungtay/core/model/names';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';
import type { DeviceLine, MemberLine } from '@chungtay/core/wire/office';

/** Where somebody stands; the first that holds. `waiting`, `expired`: invited, and on no tablet yet. */
export const MEMBER_STATES = ['suspended', 'ended', 'waiting', 'expired', 'atWork'] as const;

/** One of MEMBER_STATES. */
export type MemberState = (typeof MEMBER_STATES)[number];

/** What the list is narrowed to. */
export interface MemberFilter {
  readonly words: string;
  readonly state: MemberState | null;
  readonly role: Role | null;
  readonly village: string | null;
}

/** Returns where somebody stands. */
export function memberState(person: MemberLine, devices: readonly DeviceLine[]): MemberState {
  if (person.isSuspended) return 'suspended';
  if (person.hasEnded) return 'ended';
  const isOnTablet = devices.some(({ member, isRevoked }) => member === person.member && !isRevoked);
  if (isOnTablet || person.invitation === null) return 'atWork';
  return person.invitation.hasExpired ? 'expired' : 'waiting';
}

/** Returns those whom a filter leaves, by name as Vietnamese lists have it: the given name first. */
export function filterMembers(
  people: readonly MemberLine[],
  devices: readonly DeviceLine[],
  { words, state, role, village }: MemberFilter,
): readonly MemberLine[] {
  const wanted = fold(words).trim();
  const given = ({ name }: MemberLine): string => `${name.split(' ').at(-1) ?? ''} ${name}`;
  return people
    .filter((person) => fold(`${person.name} ${person.title}`).includes(wanted))
    .filter((person) => state === null || memberState(person, devices) === state)
    .filter((person) => role === null || person.role === role)
    .filter(({ villages }) => village === null || villages.includes(village) || villages.includes(EVERYWHERE))
    .toSorted((a, b) => given(a).localeCompare(given(b), 'vi'));
}
