import { describe, expect, it } from 'vitest';
import { type AnyLimits, type Wire, encodeAny, readAny } from './any.ts';
import { hexOf } from './bytes.ts';
import { Dice, flipBits, randomJson } from './random.support.ts';
import { ByteReader } from './reader.ts';
import { UNSURE, skipAny } from './skip-any.ts';

const LIMITS: AnyLimits = { maxDepth: 4, maxNodes: 200, maxBytes: 65_536, bytes: false };

/** Where `readAny` ends, or null when it refuses. */
function readEnd(bytes: Uint8Array, at: number): number | null {
  const reader = new ByteReader(bytes);
  reader.at = at;
  readAny(reader, LIMITS);
  return reader.error === null ? reader.at : null;
}

describe('skipAny', () => {
  it('[DOC-7] vouches for nothing that reading refuses, on 200,000 damaged or random values, and ends where it ends', () => {
    const dice = new Dice(31);
    const wrong: string[] = [];
    let vouched = 0;
    for (let i = 0; i < 200_000; i += 1) {
      const isRandom = i % 4 === 0;
      const bytes = isRandom
        ? Uint8Array.from({ length: dice.below(14) }, () =>
            dice.pick([116, 117, 118, 119, 125, 123, 0, 1, 2, 3, 64, 97, 128]),
          )
        : encodeAny(randomJson(dice, 5));
      if (i % 2 === 0) flipBits(bytes, 2, dice);
      const end = skipAny(bytes, 0, bytes.length, LIMITS);
      if (end === UNSURE) continue;
      vouched += 1;
      if (readEnd(bytes, 0) !== end) wrong.push(hexOf(bytes));
    }
    expect(wrong).toEqual([]);
    expect(vouched).toBeGreaterThan(50_000);
  }, 60_000);

  it('vouches for what people write: nearly every honest value', () => {
    const dice = new Dice(32);
    const unsure = Array.from({ length: 5_000 }, () => encodeAny([randomJson(dice, 2)])).filter(
      (bytes) => skipAny(bytes, 0, bytes.length, LIMITS) === UNSURE,
    );
    // objects with an array index for a key, which the dice like
    expect(unsure.length).toBeLessThan(500);
  });

  it.each<[string, Wire]>([
    ['an array index as a key', { 7: 1 }],
    ['more keys than are compared', Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`k${i}`, i]))],
    ['bytes', new Uint8Array(2)],
    ['five levels', [[[[[1]]]]]],
    ['more values than may be', Array.from({ length: 201 }, () => null)],
  ])('[DOC-4] leaves %s to reading', (_, value) => {
    const bytes = encodeAny(value);
    expect(skipAny(bytes, 0, bytes.length, LIMITS)).toBe(UNSURE);
  });

  it.each(['constructor', 'prototype', '__proto__'])('[DOC-4] leaves the key %s to reading', (key) => {
    const bytes = encodeAny({ ['x'.repeat(key.length)]: 1 });
    bytes.set(new TextEncoder().encode(key), 3);
    expect(skipAny(bytes, 0, bytes.length, LIMITS)).toBe(UNSURE);
  });

  it('[DOC-4] leaves a key that comes twice to reading', () => {
    const bytes = encodeAny({ ab: 1, ac: 2 });
    bytes[bytes.lastIndexOf(0x63)] = 0x62;
    expect(skipAny(bytes, 0, bytes.length, LIMITS)).toBe(UNSURE);
  });
});
