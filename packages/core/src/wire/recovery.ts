/**
 * What a locked tablet, its Hub and the two officers say to each other so that a vault whose passphrase is forgotten opens again. Everything
 * secret in it is sealed for a device of an officer, or for the tablet. Bytes are in hexadecimal. Rules VLT-12 … VLT-15.
 */
import * as z from 'zod/mini';
import { encodeAny } from '../base/any.ts';
import { ROLES } from '../model/role.ts';

/** Bounds: boxes of one tablet; how long a request waits; the largest body at the door. */
export const RECOVERY_LIMITS = { maxShares: 48, waitsMs: 24 * 3_600_000, maxBodyBytes: 16 * 1024 } as const;

/** Bytes of the secret that opens the slot; of a share of it; of a share in its box. */
export const RECOVERY_BYTES = { secret: 32, share: 33, box: 32 + 33 + 16, key: 32 } as const;

const instant = z.int();
const key = z.string().check(z.regex(/^[0-9a-f]{64}$/u));
const box = z.string().check(z.regex(/^[0-9a-f]{162}$/u));
const pass = z.string().check(z.maxLength(400));
const request = z.string().check(z.length(26));
const device = z.string().check(z.length(26));

/** Whose shares a tablet makes, asked in an open session: each officer's devices and their keys, and what the locked door knows it by. */
export const keepersAnswer = z.object({
  keepers: z.array(z.object({ member: z.int(), device, sealKey: key })),
  pass,
});
/** See `keepersAnswer`. */
export type KeepersAnswer = z.infer<typeof keepersAnswer>;

/** A locked tablet at the door: asks for help, looks what came of it, or takes it back. */
export const recoverAsk = z.discriminatedUnion('verb', [
  z.object({
    verb: z.literal('ask'),
    pass,
    /** Made for this asking alone: the answers are sealed for it. */
    key,
    shares: z.array(z.object({ device, box })).check(z.maxLength(RECOVERY_LIMITS.maxShares)),
  }),
  z.object({ verb: z.literal('look'), pass, request }),
  z.object({ verb: z.literal('withdraw'), pass, request }),
]);
/** See `recoverAsk`. */
export type RecoverAsk = z.infer<typeof recoverAsk>;

/** Why the door does not help. `bad-pass`: whatever it was, it is nobody's. */
export const RECOVER_REFUSALS = ['bad-pass', 'too-few', 'too-many', 'malformed', 'too-large', 'not-here'] as const;

/** One of RECOVER_REFUSALS. */
export type RecoverRefusal = (typeof RECOVER_REFUSALS)[number];

const officer = z.object({ name: z.string(), role: z.enum(ROLES), hasApproved: z.boolean() });

/** How a request stands. `by` = who refused it. */
export const recoverAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('open'), request, untilMs: instant, officers: z.array(officer), boxes: z.array(box) }),
  z.object({ is: z.literal('refused'), by: z.string() }),
  z.object({ is: z.literal('gone') }),
]);
/** See `recoverAnswer`. */
export type RecoverAnswer = z.infer<typeof recoverAnswer>;

/** How a request ended, or that it has not. */
const RECOVERY_STATES = ['open', 'refused', 'withdrawn', 'recovered'] as const;

/** A request as an officer sees it; his share is there while he may still open it. */
export const recoveryLine = z.object({
  request,
  device,
  label: z.string(),
  member: z.int(),
  name: z.string(),
  role: z.enum(ROLES),
  key,
  share: z.nullable(box),
  askedAtMs: instant,
  untilMs: instant,
  state: z.enum(RECOVERY_STATES),
  approvedBy: z.array(z.string()),
  hasApproved: z.boolean(),
});
/** See `recoveryLine`. */
export type RecoveryLine = z.infer<typeof recoveryLine>;

/** Requests of the last day that are an officer's to see. */
export const recoveriesAnswer = z.object({ recoveries: z.array(recoveryLine) });
/** See `recoveriesAnswer`. */
export type RecoveriesAnswer = z.infer<typeof recoveriesAnswer>;

/** Hands over a share, sealed for the tablet. */
export const approveRecoveryAsk = z.object({ request, box });
/** Says no for everybody. */
export const refuseRecoveryAsk = z.object({ request });

/** Whose vault it is, on which tablet. */
export interface RecoveryOf {
  readonly member: number;
  readonly device: string;
}

/**
 * Returns what the number to compare is made of: who asks, on which tablet, and the key that the answers are sealed for. A Hub that puts a
 * key of its own in its place shows the officer another number.
 */
export function numberSource({ member, device: tablet }: RecoveryOf, publicKey: Uint8Array): Uint8Array {
  return encodeAny(['chungtay/recovery/number/1', member, tablet, publicKey]);
}

/** Returns the purpose of the box that holds an officer's share: it opens for this officer and this tablet alone. */
export function shareLabel({ member, device: tablet }: RecoveryOf, keeper: number): string {
  return `chungtay/recovery/share/1|${member}|${tablet}|${keeper}`;
}

/** Returns the purpose of the box in which a share goes to the tablet. */
export function answerLabel({ member, device: tablet }: RecoveryOf): string {
  return `chungtay/recovery/answer/1|${member}|${tablet}`;
}
