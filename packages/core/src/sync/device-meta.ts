/** What the device knows of itself beside its documents: the records of `meta`. */
import * as z from 'zod/mini';
import { type Wire, decodeAny, encodeAny } from '../base/any.ts';
import type { MemberNumber } from '../model/ids.ts';
import type { Principal } from '../model/principal.ts';
import { principalShape } from '../wire/frames.ts';
import { NO_PREVIOUS } from './envelope.ts';

/** Where the device stands; written in the same commit as whatever moves it. */
export interface Position {
  /** Everything up to here is applied and durable; empty before the first feed. */
  readonly cursor: Uint8Array;
  /** The newest envelope made here, and its hash. */
  readonly lastN: number;
  readonly lastHash: Uint8Array;
  /** The greatest client id that was ever marked used; 0 before the first. Leases only grow, so a greater one is fresh. */
  readonly lastClient: number;
  /** Counts full downloads: raised when something confirmed was lost and all of it is fetched again. */
  readonly round: number;
  /** The download of this round is not complete yet. */
  readonly isFetching: boolean;
  /** The Hub's epoch at the last meeting; null before the first. */
  readonly epoch: number | null;
}

/** What the Hub last said about this person and device; for explaining and for work without a network. */
export interface Entitlement {
  readonly principal: Principal | null;
  /** Ranges [from, to) of client ids. */
  readonly leases: readonly (readonly [from: number, to: number])[];
}

/** The key of the Position in `meta`. */
export const POSITION_KEY = '1';
/** The key of the Entitlement in `meta`. */
export const ENTITLEMENT_KEY = '2';

/** A device that has just been enrolled. */
export const FIRST_POSITION: Position = {
  cursor: new Uint8Array(0),
  lastN: 0,
  lastHash: NO_PREVIOUS,
  lastClient: 0,
  round: 1,
  isFetching: true,
  epoch: null,
};

/** Returns the bytes of a Position. */
export function encodePosition(position: Position): Uint8Array {
  return encodeAny([VERSION, position as unknown as Wire]);
}

/** Returns the Position in `bytes`, or null when they hold none. */
export function decodePosition(bytes: Uint8Array): Position | null {
  const parsed = decodeWith(positionShape, bytes);
  return parsed && { ...parsed, epoch: parsed.epoch ?? null };
}

/** Returns the bytes of a Entitlement. */
export function encodeEntitlement(entitlement: Entitlement): Uint8Array {
  return encodeAny([VERSION, entitlement as unknown as Wire]);
}

/** Returns the Entitlement in `bytes`, or null when they hold none. */
export function decodeEntitlement(bytes: Uint8Array): Entitlement | null {
  const parsed = decodeWith(entitlementShape, bytes);
  return parsed && { leases: parsed.leases, principal: parsed.principal && principalOf(parsed.principal) };
}

/** Returns the Principal of a frame. */
export function principalOf(shape: z.infer<typeof principalShape>): Principal {
  const { member, namedFor, sinceMs, ...rest } = shape;
  const since = sinceMs === undefined ? {} : { sinceMs };
  return { ...rest, member: member as MemberNumber, namedFor: namedFor as Principal['namedFor'], ...since };
}

/** Returns the first leased client id greater than every used one, or null when the stock is empty: then nothing can be written before the Hub was met. */
export function freshClient(entitlement: Entitlement, lastClient: number): number | null {
  let fresh: number | null = null;
  for (const [from, to] of entitlement.leases) {
    const first = Math.max(from, lastClient + 1);
    if (first < to && (fresh === null || first < fresh)) fresh = first;
  }
  return fresh;
}

/** 1 — first. */
const VERSION = 1;
const count = z.int().check(z.nonnegative());
const bytesShape = z.instanceof(Uint8Array);
const positionShape = z.object({
  cursor: bytesShape,
  lastN: count,
  lastHash: bytesShape,
  lastClient: count,
  round: count,
  isFetching: z.boolean(),
  // not in the records of the first release
  epoch: z.optional(z.nullable(count)),
});
const entitlementShape = z.object({
  principal: z.nullable(principalShape),
  leases: z.array(z.tuple([count, count])),
});

function decodeWith<S extends z.ZodMiniType>(shape: S, bytes: Uint8Array): z.infer<S> | null {
  const decoded = decodeAny(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value[0] !== VERSION) return null;
  const parsed = z.safeParse(shape, decoded.value[1]);
  return parsed.success ? parsed.data : null;
}
