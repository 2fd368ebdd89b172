import type { MemberNumber } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import { cellFor } from '@chungtay/core/policy/access';
import type { Cell } from '@chungtay/core/policy/cells';

/** Says whether the role may begin a child's file; what the Hub would admit is decided by the same table. */
export function mayAddChild(role: Role | undefined): boolean {
  const { right, fields } = cellOf(role, 'identity', 'identity');
  return (right === 'write' || right === 'decide') && fields !== 'named';
}

/** Says whether the role may hand in a report. */
export function mayFile(role: Role | undefined): boolean {
  const { right, fields } = cellOf(role, 'intake', 'protection');
  return (right === 'file' || right === 'write' || right === 'decide') && fields !== 'named';
}

/** Says whether the role reads whole identities, and so knows of groups and villages; others have an extract. */
export function mayReadWhole(role: Role | undefined): boolean {
  return ['read', 'write', 'decide'].includes(cellOf(role, 'identity', 'identity').right);
}

/** Says whether the role may import rosters: the lead alone writes for the whole commune. */
export function mayImport(role: Role | undefined): boolean {
  return role === 'lead';
}

function cellOf(
  role: Role | undefined,
  kind: string,
  compartment: 'identity' | 'protection',
): Pick<Cell, 'right' | 'fields'> {
  if (role === undefined) return { right: 'none' };
  const nobody = { member: 0 as MemberNumber, villages: [], schools: [], namedFor: [], untilMs: null };
  return cellFor({ ...nobody, role }, { kind, compartment });
}
