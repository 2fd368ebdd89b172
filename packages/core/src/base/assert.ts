/** We are wrong: thrown where the impossible happened, caught only at the two roots (per session on the Hub, the error boundary on the client). Carries no case content. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Returns when `claim` holds; throws a Fault saying `message` otherwise. */
export function assert(claim: unknown, message: string): asserts claim {
  if (!claim) throw new Fault(message);
}

/** Returns `value` unless it is null or undefined; throws a Fault naming `what` then. */
export function must<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `missing ${what}`);
  return value;
}

/** Marks an arm that the types say cannot be reached; throws a Fault when it is. */
export function unreachable(value: never): never {
  throw new Fault(`unreachable: ${typeof value}`);
}
