/**
 * By what a Hub knows a device again, should it be put back to a time before the device came: sealed by the Hub at enrolment, kept by the
 * device, shown only when the Hub says that it does not know it. Holds RES-7.
 */
import * as z from 'zod/mini';
import { decodeAny, encodeAny } from '../base/any.ts';
import type { PublicKey } from '../base/world.ts';
import type { DeviceId, MemberNumber } from '../model/ids.ts';
import { ROLES } from '../model/role.ts';
import type { Lease } from './leases.ts';
import type { Sealer } from './ports.ts';

/** What a passport says. */
export interface Passport {
  readonly device: DeviceId;
  readonly signKey: PublicKey;
  readonly sealKey: PublicKey;
  /** The Hub's epoch at the enrolment: one that has forgotten the device works in a later one. */
  readonly epoch: number;
  /** The client ids it began with. */
  readonly lease: Lease;
  readonly person: Bearer;
}

/** Whose device it is: his number alone may be somebody else's after a restore. */
export interface Bearer {
  readonly member: MemberNumber;
  readonly name: string;
  readonly role: (typeof ROLES)[number];
  /** Hash of the entry by which he was first appointed: no other Feed has it. */
  readonly appointed: Uint8Array;
}

const VERSION = 1;
const hash = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 32);
const passportShape = z.tuple([
  z.literal(VERSION),
  z.string(),
  hash,
  hash,
  z.int(),
  z.tuple([z.int(), z.int()]),
  z.tuple([z.int(), z.string(), z.enum(ROLES), hash]),
]);

/** Returns the passport as the device keeps it: a few hundred bytes that only this Hub can read. */
export function sealPassport({ device, signKey, sealKey, epoch, lease, person }: Passport, sealer: Sealer): Uint8Array {
  const { member, name, role, appointed } = person;
  return sealer.seal(
    encodeAny([VERSION, device, signKey, sealKey, epoch, [...lease], [member, name, role, appointed]]),
  );
}

/** Returns the passport that this Hub sealed for this very device, or null. */
export function openPassport(bytes: Uint8Array, device: DeviceId, sealer: Sealer): Passport | null {
  const plain = sealer.open(bytes);
  const decoded = plain && decodeAny(plain);
  const parsed = decoded?.ok ? passportShape.safeParse(decoded.value) : null;
  if (!parsed?.success || parsed.data[1] !== device) return null;
  const [, , signKey, sealKey, epoch, lease, [member, name, role, appointed]] = parsed.data;
  return { device, signKey, sealKey, epoch, lease, person: { member: member as MemberNumber, name, role, appointed } };
}
