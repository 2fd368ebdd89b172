import { argon2id } from 'hash-wasm';

/** The same on every machine, or the numbers would differ. Dear on purpose: see `recoveryNumber`. */
const COST = { memorySize: 47_104, iterations: 3, parallelism: 1 } as const;
const SALT = new TextEncoder().encode('chungtay/recover');
const DIGITS = 12;
const READ_BYTES = 6;

/**
 * Returns the 12 digits that the person at the locked tablet reads to an officer: Argon2id of `numberSource`. Whoever wants to put a key of
 * his own in the tablet's place has to find one with the same number: 10^12 tries, each as dear as a guess at a passphrase.
 */
export async function recoveryNumber(source: Uint8Array): Promise<string> {
  const hash = await argon2id({ password: source, salt: SALT, ...COST, hashLength: 32, outputType: 'binary' });
  let value = 0;
  for (const byte of hash.subarray(0, READ_BYTES)) value = value * 256 + byte;
  return String(value % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** Returns the digits of what somebody typed, however he grouped them. */
export function digitsIn(typed: string): string {
  return typed.replaceAll(/\D/gu, '');
}
