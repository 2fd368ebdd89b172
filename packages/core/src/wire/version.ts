import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';

/**
 * The wire version, its history, and the oldest that the Hub still speaks.
 * 1 — first: challenge, hello, welcome, push, verdicts, feed, ack, receipts.
 * 2 — a device may send one push right behind its hello, instead of waiting for the welcome; it may ask for the past of a document.
 * 3 — a device may hand in again, sealed to the Hub, what its writer may not read back; it may ask what became of its held envelopes.
 * 4 — a device says how it is (app, what waits, storage); the office's people may be asked for and changed over a session.
 */
export const PROTOCOL = 4;

/** From this version on a push may follow the hello at once. */
export const PROTOCOL_EARLY_PUSH = 2;

/** From this version on a device may ask for the past of a document. */
export const PROTOCOL_HISTORY = 2;

/** From this version on a push may hold sealed envelopes. */
export const PROTOCOL_SEALED = 3;

/** From this version on a device may ask what became of its held envelopes. */
export const PROTOCOL_HELD = 3;

/** From this version on a device may say how it is, and ask for the office's verbs. */
export const PROTOCOL_OFFICE = 4;

/** Devices below this are told `client-too-old`, with their outbox kept. */
export const PROTOCOL_FLOOR = 1;

/** Returns the version that a device speaks with a Hub of this `range`, or which of the two has to be brought up to date. */
export function protocolWith([floor, newest]: readonly [number, number]): Result<
  number,
  'client-too-old' | 'hub-too-old'
> {
  if (floor > PROTOCOL) return err('client-too-old');
  return newest < PROTOCOL_FLOOR ? err('hub-too-old') : ok(Math.min(PROTOCOL, newest));
}
