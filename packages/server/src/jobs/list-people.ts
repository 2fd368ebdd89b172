/** Everybody who was ever appointed and every device, as the office's lists show them. */
import { HUB_MEMBER } from '@chungtay/core/model/ids';
import { hasEnded } from '@chungtay/core/policy/access';
import { dayOf } from '@chungtay/core/policy/calendar';
import type { DeviceLine as HubDevice } from '@chungtay/core/sync/hub';
import type { MemberRow, Naming } from '@chungtay/core/sync/ports';
import type { DeviceLine, MemberLine, NamingsAnswer, PeopleAnswer } from '@chungtay/core/wire/office';
import type { OfficeHub } from './people.ts';

/** Returns the lists, as of now. */
export function listPeople({ hub, world }: Pick<OfficeHub, 'hub' | 'world'>): PeopleAnswer {
  const nowMs = world.nowMs();
  const rows = hub.members().filter(({ member }) => member !== HUB_MEMBER);
  const invitations = hub.invitations();
  const names = new Map<number, string>(rows.map(({ member, name }) => [member, name]));
  const members = rows.map((row): MemberLine => {
    const { role, villages, schools, namedFor, untilMs } = row.principal;
    const invitation = invitations.get(row.member);
    const isOpen = invitation && invitation.usedAtMs === null;
    return {
      member: row.member,
      name: row.name,
      title: row.title ?? '',
      role,
      villages: [...villages],
      schools: [...schools],
      namedFor: [...namedFor],
      proposed: (row.proposed ?? []).map((naming) => namingLineOf(naming, names)),
      until: untilMs === null ? null : dayOf(untilMs - 1),
      isSuspended: row.suspended,
      hasEnded: hasEnded(row.principal, nowMs),
      invitation: isOpen ? { expiresAtMs: invitation.expiresAtMs, hasExpired: nowMs >= invitation.expiresAtMs } : null,
    };
  });
  const devices = hub.devices().filter(({ member }) => member !== HUB_MEMBER);
  return { members, devices: devices.map(deviceLineOf), nowMs };
}

/** Returns the namings that wait for a second person, as `asker` sees them. */
export function listNamings({ hub }: Pick<OfficeHub, 'hub'>, asker: number | null): NamingsAnswer {
  const rows: readonly MemberRow[] = hub.members();
  const names = new Map<number, string>(rows.map(({ member, name }) => [member, name]));
  return {
    namings: rows.flatMap(({ member, name, principal, proposed = [] }) =>
      proposed.map((naming) => ({
        member,
        name,
        role: principal.role,
        isMine: member === asker,
        ...namingLineOf(naming, names),
      })),
    ),
  };
}

function namingLineOf(
  { compartment, by, atMs }: Naming,
  names: ReadonlyMap<number, string>,
): MemberLine['proposed'][number] {
  const who = by === 'command-line' ? null : { member: by.member, name: names.get(by.member) ?? null };
  return { compartment, by: who, atMs };
}

function deviceLineOf(row: HubDevice): DeviceLine {
  const { device, member, label, protocol, lastContactMs, revoked, report, erasure } = row;
  return {
    device,
    member,
    label: label ?? '',
    protocol: protocol ?? null,
    lastContactMs,
    isRevoked: revoked,
    report: report ?? null,
    ...(erasure ? { erasure } : {}),
  };
}
