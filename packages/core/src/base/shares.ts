/**
 * A secret in shares of which any two give it back and one alone says nothing: Shamir's scheme over GF(2^8), a line for each byte. Without
 * tables or branches on what is secret, so that time and caches tell nothing either. Rule VLT-12.
 */
import { assert } from './assert.ts';
import type { Random } from './world.ts';

/** Most shares of one secret: as many as there are points besides 0. */
export const MAX_SHARES = 255;

/**
 * Returns `count` shares of `secret`, 2 to MAX_SHARES: one byte that says which, then a byte for each of the secret's. Whoever holds one
 * holds a point of a random line for each byte: every secret is as likely as every other.
 */
export function splitSecret(secret: Uint8Array, count: number, random: Random): readonly Uint8Array<ArrayBuffer>[] {
  assert(count >= 2 && count <= MAX_SHARES, 'two shares or more');
  const slopes = random.randomBytes(secret.length);
  const shares = Array.from({ length: count }, (_, at) => {
    const share = new Uint8Array(secret.length + 1);
    const x = at + 1;
    share[0] = x;
    for (let i = 0; i < secret.length; i += 1) share[i + 1] = byteAt(secret, i) ^ times(byteAt(slopes, i), x);
    return share;
  });
  slopes.fill(0);
  return shares;
}

/** Returns what two shares of one secret give; of shares that do not belong together, some other bytes. Null: one share twice, or none. */
export function joinShares(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const [x, otherX] = [one[0] ?? 0, other[0] ?? 0];
  if (one.length !== other.length || one.length < 2 || x === 0 || otherX === 0 || x === otherX) return null;
  // the line at 0, by Lagrange
  const over = inverse(x ^ otherX);
  const [weight, otherWeight] = [times(otherX, over), times(x, over)];
  const secret = new Uint8Array(one.length - 1);
  for (let i = 0; i < secret.length; i += 1)
    secret[i] = times(byteAt(one, i + 1), weight) ^ times(byteAt(other, i + 1), otherWeight);
  return secret;
}

/** The product in GF(2^8) with the polynomial of AES. */
function times(a: number, b: number): number {
  let [left, right, product] = [a, b, 0];
  for (let bit = 0; bit < 8; bit += 1) {
    product ^= left & -(right & 1);
    left = (left << 1) ^ (0x11b & -(left >> 7));
    right >>= 1;
  }
  return product;
}

/** a^254: the inverse of all but 0. */
function inverse(a: number): number {
  let power = a;
  for (let step = 0; step < 6; step += 1) power = times(times(power, power), a);
  return times(power, power);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
