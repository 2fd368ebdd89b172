import { Outage } from '@chungtay/core/sync/ports';

/** A verb that needs an open vault was called while it is locked. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

/** Returns the word for what a verb threw: never its text. */
export function failureOf(cause: unknown): string {
  if (cause instanceof LockedError) return 'locked';
  if (cause instanceof Outage) return cause.kind;
  return 'fault';
}
