import { describe, expect, it } from 'vitest';
import { Dice } from './random.support.ts';
import { joinShares, MAX_SHARES, splitSecret } from './shares.ts';
import type { Random } from './world.ts';

function drawn(dice: Dice): Random {
  return { randomBytes: (lengthBytes) => Uint8Array.from({ length: lengthBytes }, () => dice.below(256)) };
}

describe('shares of a secret', () => {
  it('[VLT-12] any two of up to 255 give it back, in either order', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const dice = new Dice(seed);
      const secret = drawn(dice).randomBytes(1 + dice.below(48));
      const shares = splitSecret(secret, seed === 60 ? MAX_SHARES : 2 + dice.below(20), drawn(dice));
      for (const one of shares)
        for (const other of shares) expect(joinShares(one, other)).toEqual(one === other ? null : secret);
    }
  });

  // for each secret and each place of a share, the 256 slopes that may have been drawn give every share once: it says nothing
  it('[VLT-12] one share alone is as likely for every secret, whoever holds it', () => {
    const slope = { now: 0 };
    const random: Random = { randomBytes: () => Uint8Array.of(slope.now) };
    for (const secret of [0, 1, 2, 127, 128, 200, 255]) {
      const seen = Array.from({ length: 5 }, () => new Set<number>());
      for (slope.now = 0; slope.now < 256; slope.now += 1) {
        for (const [at, share] of splitSecret(Uint8Array.of(secret), 5, random).entries())
          seen[at]?.add(share[1] ?? -1);
      }
      expect(seen.map(({ size }) => size)).toEqual([256, 256, 256, 256, 256]);
    }
  });

  it('[VLT-12] shares of two secrets, one bent, and what is none give the secret of neither', () => {
    const random = drawn(new Dice(7));
    const [secret, foreign] = [random.randomBytes(32), random.randomBytes(32)];
    const [one, other] = splitSecret(secret, 3, random) as [Uint8Array, Uint8Array];
    const [, strange] = splitSecret(foreign, 3, random) as [Uint8Array, Uint8Array];
    expect(joinShares(one, strange)).not.toEqual(secret);
    expect(joinShares(one, strange)).not.toEqual(foreign);
    expect(
      joinShares(
        one,
        other.map((byte, at) => (at === 9 ? byte ^ 1 : byte)),
      ),
    ).not.toEqual(secret);
    for (const bad of [new Uint8Array(0), Uint8Array.of(1), new Uint8Array(33), other.subarray(0, 32)])
      expect(joinShares(one, bad)).toBeNull();
  });
});
