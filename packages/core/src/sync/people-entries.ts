/** What the log says of people and devices, in the words in which it says it: written by enrolment, compared by verification. Holds AUD-5. */
import { hexOf } from '../base/bytes.ts';
import { HUB_MEMBER } from '../model/ids.ts';
import { entryBody } from './hub-record.ts';
import type { DeviceRow, MemberRow } from './ports.ts';

/** Returns the body of the entry that appoints somebody, or ends or gives back his rights. */
export function appointmentBody({ name, principal, suspended }: Omit<MemberRow, 'seq'>): Uint8Array {
  const { member, role, villages, schools, namedFor, untilMs } = principal;
  const places = { villages: [...villages], schools: [...schools], namedFor: [...namedFor] };
  return entryBody({ member, role, ...places, untilMs, name, suspended });
}

/** Returns the body of the entry that makes a device somebody's. The Hub's own signs with the key that everybody pinned. */
export function enrolmentBody({
  device,
  member,
  signKey,
  sealKey,
}: Pick<DeviceRow, 'device' | 'member' | 'signKey' | 'sealKey'>): Uint8Array {
  if (member === HUB_MEMBER) return entryBody({ device, member });
  return entryBody({ device, member, signKey: hexOf(signKey), sealKey: hexOf(sealKey) });
}

/** Returns the body of the entry after which a device is not believed any more. */
export function revocationBody({ device, member }: Pick<DeviceRow, 'device' | 'member'>): Uint8Array {
  return entryBody({ device, member, revoked: true });
}
