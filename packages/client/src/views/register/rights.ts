import type { Role } from '@chungtay/core/model/role';

/** Who may begin a child's file: the matrix gives both `write` on identities. */
const ADDERS: readonly Role[] = ['collaborator', 'lead'];

/** Says whether the role may begin a child's file; what the Hub would admit is decided by the same table. */
export function mayAddChild(role: Role | undefined): boolean {
  return role !== undefined && ADDERS.includes(role);
}

/** Says whether the role may import rosters: the lead alone writes for the whole commune. */
export function mayImport(role: Role | undefined): boolean {
  return role === 'lead';
}
