/**
 * The wire version, its history, and the oldest that the Hub still speaks.
 * 1 — first: challenge, hello, welcome, push, verdicts, feed, ack, receipts.
 */
export const PROTOCOL = 1;

/** Devices below this are told `client-too-old`, with their outbox kept. */
export const PROTOCOL_FLOOR = 1;
