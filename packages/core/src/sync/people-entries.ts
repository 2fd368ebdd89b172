/** What the log says of people and devices, in the words in which it says it: written by enrolment, compared by verification. Holds AUD-5. */
import * as z from 'zod/mini';
import type { Json } from '../base/any.ts';
import { hexOf } from '../base/bytes.ts';
import { decodeUtf8 } from '../base/utf8.ts';
import { HUB_MEMBER } from '../model/ids.ts';
import type { DeviceId, MemberNumber } from '../model/ids.ts';
import { ROLES } from '../model/role.ts';
import type { Role } from '../model/role.ts';
import { entryBody } from './hub-record.ts';
import type { DeviceRow, MemberRow, Orderer } from './ports.ts';

/** The steps towards a vault that two officers open. */
export const RECOVERY_STEPS = ['asked', 'approved', 'refused', 'withdrawn', 'recovered'] as const;

/** One of RECOVERY_STEPS. */
export type RecoveryStep = (typeof RECOVERY_STEPS)[number];

/** A step, on whose tablet, and who took it: whoever is before a locked tablet has proved nothing. */
export interface RecoveryDeed {
  readonly device: DeviceId;
  readonly member: MemberNumber;
  readonly step: RecoveryStep;
  readonly by?: Orderer;
}

const ordererShape = z.strictObject({ member: z.int(), device: z.string() });
const roleShape = z.object({ role: z.enum(ROLES), suspended: z.boolean() });

/** Returns who an entry says ordered it: undefined when it says nothing, null when that is none. Never throws. */
export function ordererIn(body: Uint8Array): Orderer | undefined | null {
  const by = (parsed(body) as { by?: unknown } | null)?.by;
  if (by === undefined || by === 'command-line') return by;
  const read = ordererShape.safeParse(by);
  return read.success ? { member: read.data.member as MemberNumber, device: read.data.device as DeviceId } : null;
}

/** Returns the role that the entry of an appointment gives from now on; null for one that gives none any more. Never throws. */
export function roleIn(body: Uint8Array): Role | null {
  const read = roleShape.safeParse(parsed(body));
  return read.success && !read.data.suspended ? read.data.role : null;
}

/** Returns the body of the entry that appoints somebody, or ends or gives back his rights. */
export function appointmentBody(
  { name, principal, suspended, title, proposed }: Omit<MemberRow, 'seq'>,
  by?: Orderer,
): Uint8Array {
  const { member, role, villages, schools, namedFor, untilMs, sinceMs } = principal;
  const places = { villages: [...villages], schools: [...schools], namedFor: [...namedFor] };
  const waiting = (proposed ?? []).map((one) => ({ compartment: one.compartment, ...ordered(one.by), atMs: one.atMs }));
  return entryBody({
    member,
    role,
    ...places,
    untilMs,
    ...(sinceMs === undefined ? {} : { sinceMs }),
    name,
    suspended,
    ...(title === undefined ? {} : { title }),
    ...(waiting.length === 0 ? {} : { proposed: waiting }),
    ...ordered(by),
  });
}

/** Returns the body of the entry that makes a device somebody's. The Hub's own signs with the key that everybody pinned. */
export function enrolmentBody(
  { device, member, signKey, sealKey }: Pick<DeviceRow, 'device' | 'member' | 'signKey' | 'sealKey'>,
  by?: Orderer,
): Uint8Array {
  if (member === HUB_MEMBER) return entryBody({ device, member });
  return entryBody({ device, member, signKey: hexOf(signKey), sealKey: hexOf(sealKey), ...ordered(by) });
}

/** Returns the body of the entry after which a device is not believed any more. */
export function revocationBody({ device, member }: Pick<DeviceRow, 'device' | 'member'>, by?: Orderer): Uint8Array {
  return entryBody({ device, member, revoked: true, ...ordered(by) });
}

/** Returns the body of the entry of a step towards opening a vault anew; `by` is left out where nobody had proved who he is. */
export function recoveryBody({ device, member, step, by }: RecoveryDeed): Uint8Array {
  return entryBody({ device, member, step, ...ordered(by) });
}

/** Returns the step that an entry tells of, or null. Never throws. */
export function stepIn(body: Uint8Array): RecoveryStep | null {
  const step = (parsed(body) as { step?: unknown } | null)?.step;
  return RECOVERY_STEPS.find((one) => one === step) ?? null;
}

/** As the log says who ordered it; nothing in entries made before that was said. */
function ordered(by: Orderer | undefined): { by?: Json } {
  if (by === undefined) return {};
  return { by: by === 'command-line' ? by : { member: by.member, device: by.device } };
}

function parsed(body: Uint8Array): unknown {
  const text = decodeUtf8(body, 0, body.length);
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
