import { describe, expect, it } from 'vitest';
import { Dice } from './random.support.ts';
import { decodeUtf8, isUtf8, utf8LengthBytes, writeUtf8 } from './utf8.ts';

function encoded(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8LengthBytes(text));
  expect(writeUtf8(bytes, 0, text)).toBe(bytes.length);
  return bytes;
}

describe('UTF-8', () => {
  it('[DOC-1] agrees with the platform on every code point and on lone surrogates', () => {
    const platform = new TextEncoder();
    for (let from = 0; from < 0x110000; from += 0x1000) {
      const text = Array.from({ length: 0x1000 }, (_, i) => String.fromCodePoint(from + i)).join('');
      const bytes = encoded(text);
      expect(Buffer.compare(bytes, platform.encode(text))).toBe(0);
      expect(decodeUtf8(bytes, 0, bytes.length) === text.toWellFormed()).toBe(true);
    }
  });

  it('[DOC-7] agrees with the strict platform decoder on 200,000 random and damaged byte strings', () => {
    const dice = new Dice(4);
    const platform = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const hot = [
      0x41, 0x7f, 0x80, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xa0, 0xed, 0x9f, 0xef, 0xf0, 0x90, 0xf4, 0x8f, 0xf5, 0xff,
    ];
    const wrong: number[][] = [];
    let wellFormed = 0;
    for (let i = 0; i < 200_000; i += 1) {
      const bytes = Uint8Array.from({ length: 1 + dice.below(5) }, () => dice.pick(hot));
      let expected: string | null = null;
      try {
        expected = platform.decode(bytes);
        wellFormed += 1;
      } catch {
        expected = null;
      }
      const isSame = decodeUtf8(bytes, 0, bytes.length) === expected;
      if (!isSame || isUtf8(bytes, 0, bytes.length) !== (expected !== null)) wrong.push([...bytes]);
    }
    expect(wrong).toEqual([]);
    expect(wellFormed).toBeGreaterThan(1000);
  }, 60_000);
});
