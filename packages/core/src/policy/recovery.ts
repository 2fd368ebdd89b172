/** Who keeps the shares that open a vault whose passphrase is forgotten. Rules VLT-12, VLT-13. */
import type { MemberNumber } from '../model/ids.ts';
import type { Principal } from '../model/principal.ts';
import type { Role } from '../model/role.ts';
import { hasEnded } from './access.ts';

/**
 * Who may keep a share. The chair too: a commune with one lead and one administrator could otherwise help neither of them, and it is he who
 * reads all of the log.
 */
export const KEEPER_ROLES: readonly Role[] = ['lead', 'chair', 'administrator'];

/** How many different people it takes. */
export const KEEPERS_NEEDED = 2;

/** Somebody's appointment, as far as it matters here. */
interface Appointed {
  readonly principal: Pick<Principal, 'member' | 'role' | 'untilMs'>;
  readonly suspended: boolean;
}

/** Says whether somebody keeps a share of the vaults of `about` now: by his role, at work, and never of his own. */
export function keepsShareOf(about: MemberNumber, { principal, suspended }: Appointed, nowMs: number): boolean {
  const isOther = principal.member !== about;
  return isOther && !suspended && !hasEnded(principal, nowMs) && KEEPER_ROLES.includes(principal.role);
}
