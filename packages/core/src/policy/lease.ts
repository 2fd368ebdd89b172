/**
 * How long a tablet may show files without meeting its Hub, and what it goes by: the greatest time it ever knew, never a clock that was
 * put back. Pure. Rules LSE-1, LSE-2.
 */
import { documentLabelParts } from '../kinds/registry.ts';
import type { Compartment } from '../model/compartment.ts';
import type { DocumentId } from '../model/ids.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The times of the promise (P14); `warnMs` before an end it is said. */
export const LEASE = { highMs: 72 * HOUR_MS, allMs: 14 * DAY_MS, warnMs: DAY_MS } as const;

/**
 * The compartments of the short lease: those to which only two people together give a grant (P14). Not `protection`: it
 * is what the office works on every day, and a week without a line would take away the very list by which it reaches children.
 */
export const HIGH_COMPARTMENTS: readonly Compartment[] = ['sealed', 'hiv', 'legal'];

/** What a tablet keeps of its lease. Instants are the Hub's, in ms. */
export interface LeaseRecord {
  /** The greatest time that is known to have been. */
  readonly seenMs: number;
  /** What to add to the tablet's clock. */
  readonly offsetMs: number;
  readonly highUntilMs: number;
  readonly allUntilMs: number;
}

/** Two clocks of a tablet read at once: one that anybody may set, one that only runs while the program does. */
export interface ClockReading {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** What may be shown: everything, all but the high compartments, or nothing. */
export type Standing = 'whole' | 'open' | 'ended';

/** Says whether the document lies in a compartment of the short lease. Of a kind that this release does not know, yes. */
export function isHighDocument(document: DocumentId): boolean {
  const compartment = documentLabelParts(document)?.compartment;
  return compartment === undefined || HIGH_COMPARTMENTS.includes(compartment);
}

/** Returns the lease that the Hub's word gives at `hubMs`: its time counts from here on, also when it is earlier than what was believed. */
export function leaseGiven(hubMs: number, wallMs: number): LeaseRecord {
  return {
    seenMs: hubMs,
    offsetMs: hubMs - wallMs,
    highUntilMs: hubMs + LEASE.highMs,
    allUntilMs: hubMs + LEASE.allMs,
  };
}

/**
 * Returns the record with the time of now: the greatest of what was known, what the tablet's clock says, and what has run since `since`. A
 * clock that was put back counts on from where it was; no time is ever won back by it.
 */
export function leaseAt(record: LeaseRecord, since: ClockReading, now: ClockReading): LeaseRecord {
  const ranMs = Math.max(0, now.monotonicMs - since.monotonicMs);
  const seenMs = Math.max(record.seenMs + ranMs, now.wallMs + record.offsetMs);
  return { ...record, seenMs, offsetMs: seenMs - now.wallMs };
}

/** Returns what may be shown under this record as of its own time. */
export function standingOf({ seenMs, highUntilMs, allUntilMs }: LeaseRecord): Standing {
  if (seenMs >= allUntilMs) return 'ended';
  return seenMs >= highUntilMs ? 'open' : 'whole';
}
