import type { DeviceId, MemberNumber } from '@chungtay/core/model/ids';
import { EVERYWHERE, type Principal } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';
import type { Identity } from './identity.ts';

/** Returns who a tablet belongs to, as a Hub would have said. */
export function identityFor(role: Role, name = 'Bùi Thị Xuân', namedFor: Principal['namedFor'] = []): Identity {
  const principal: Principal = {
    member: 7 as MemberNumber,
    role,
    villages: [EVERYWHERE],
    schools: [EVERYWHERE],
    namedFor,
    untilMs: null,
  };
  return {
    member: principal.member,
    device: '01J9ZZZZZZZZZZZZZZZZZZZZZD' as DeviceId,
    name,
    commune: 'Xã Tân Thành',
    isDemo: false,
    epoch: 1,
    leases: [[0x0100_0000, 0x0100_0400]],
    hubSignKey: new Uint8Array(32).fill(1),
    hubSealKey: new Uint8Array(32).fill(2),
    principal,
    passport: new Uint8Array(300).fill(3),
  };
}
