import { COMPARTMENTS } from '@chungtay/core/model/compartment';
import type { DeviceId, MemberNumber } from '@chungtay/core/model/ids';
import { parseDeviceId } from '@chungtay/core/model/ids';
import type { Principal } from '@chungtay/core/model/principal';
import { ROLES } from '@chungtay/core/model/role';
import * as z from 'zod/mini';
import type { DeviceKeys } from '../platform/device-keys.ts';

/** Who this vault belongs to, as the Hub answered at enrolment. */
export interface Identity {
  readonly member: MemberNumber;
  readonly device: DeviceId;
  readonly name: string;
  readonly commune: string;
  readonly isDemo: boolean;
  readonly epoch: number;
  readonly leases: readonly (readonly [number, number])[];
  readonly hubSignKey: Uint8Array;
  readonly hubSealKey: Uint8Array;
  readonly principal: Principal;
  /** What the Hub knows this tablet again by, should it be put back to a time before the enrolment. */
  readonly passport: Uint8Array;
}

const count = z.int().check(z.nonnegative());

/** The Hub's answer to POST /enrol; keys are base64url. */
const enrolAnswer = z.object({
  member: count,
  device: z.string(),
  name: z.string(),
  commune: z.string(),
  isDemo: z.optional(z.boolean()),
  epoch: count,
  leases: z.array(z.tuple([count, count])),
  hub: z.object({ signKey: z.string(), sealKey: z.string() }),
  passport: z.string(),
  principal: z.object({
    member: count,
    role: z.enum(ROLES),
    villages: z.array(z.string()),
    schools: z.array(z.string()),
    namedFor: z.array(z.enum(COMPARTMENTS)),
    untilMs: z.nullable(count),
  }),
});

/** Returns the identity in the Hub's answer, or null when it is not one. */
export function identityOf(answer: unknown): Identity | null {
  const parsed = enrolAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { hub, principal, ...rest } = parsed.data;
  const device = parseDeviceId(rest.device);
  const hubSignKey = bytesOfBase64Url(hub.signKey);
  const hubSealKey = bytesOfBase64Url(hub.sealKey);
  const passport = bytesOfBase64Url(rest.passport);
  if (!device || !passport || hubSignKey?.length !== 32 || hubSealKey?.length !== 32) return null;
  return {
    ...rest,
    device,
    member: rest.member as MemberNumber,
    isDemo: rest.isDemo ?? false,
    hubSignKey,
    hubSealKey,
    passport,
    principal: { ...principal, member: principal.member as MemberNumber },
  };
}

/** Returns `{identity, keys}` as bytes for the vault's `meta` area. */
export function encodeIdentity(identity: Identity, keys: DeviceKeys): Uint8Array {
  const text = JSON.stringify({ identity, keys }, (_key, value: unknown) =>
    value instanceof Uint8Array ? { b64: base64UrlOf(value) } : value,
  );
  return new TextEncoder().encode(text);
}

/** Returns what `encodeIdentity` wrote. The bytes were authenticated by the vault, so they are ours. */
export function decodeIdentity(bytes: Uint8Array): { readonly identity: Identity; readonly keys: DeviceKeys } {
  const { identity, keys } = JSON.parse(new TextDecoder().decode(bytes), (_key, value: unknown) =>
    isBase64Holder(value) ? bytesOfBase64Url(value.b64) : value,
  ) as { identity: Identity; keys: DeviceKeys };
  // enrolled by a release that gave none
  return { identity: { ...identity, passport: identity.passport ?? new Uint8Array(0) }, keys };
}

/** Returns base64url without padding. */
export function base64UrlOf(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');
}

/** Returns the bytes of base64url, or null when it is not that. */
export function bytesOfBase64Url(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

function isBase64Holder(value: unknown): value is { readonly b64: string } {
  return typeof value === 'object' && value !== null && 'b64' in value && typeof value.b64 === 'string';
}
