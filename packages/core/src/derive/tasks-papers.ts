import type { Principal } from '../model/principal.ts';
import { dayOf } from '../policy/calendar.ts';
/** What a missing paper calls for on the list of the day: a birth that is not registered. The other papers wait in the register. Rule PAP-5. */
import { type Deadline, birthDeadline, lightOf } from '../policy/deadlines.ts';
import { registrationOf } from './papers.ts';
import type { IdentityRow } from './row-types.ts';

/**
 * Returns the clock of a birth that this person is to see registered; null where there is none, and `deadline` null where no birthday is known.
 * Who keeps the civil status and who goes to the houses have it from the first day on, the lead once it is late.
 */
export function birthTaskOf(
  row: IdentityRow,
  { principal, nowMs }: { readonly principal: Principal; readonly nowMs: number },
): { readonly deadline: Deadline | null } | null {
  const { role } = principal;
  if (role !== 'councilOffice' && role !== 'collaborator' && role !== 'lead') return null;
  const registration = registrationOf(row, dayOf(nowMs));
  if (!registration) return null;
  const deadline = registration.dueOn === null ? null : birthDeadline(registration.dueOn);
  const isLate = deadline !== null && lightOf(deadline, nowMs) === 'red';
  return role !== 'lead' || isLate ? { deadline } : null;
}
