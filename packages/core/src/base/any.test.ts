import { readAny as readLib0, readUint8 } from 'lib0/decoding';
import { createDecoder, hasContent } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeAny as writeLib0 } from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { type Wire, WIRE_LIMITS, decodeAny, encodeAny, isWire } from './any.ts';
import { bytesOfHex, hexOf } from './bytes.ts';
import { Dice, flipBits, randomJson } from './random.support.ts';
import type { ReadError } from './reader.ts';

const DOCUMENT_LIMITS = { maxDepth: 3, maxNodes: 20, maxBytes: 400, bytes: false };

function lib0(value: unknown): Uint8Array {
  const encoder = createEncoder();
  writeLib0(encoder, value as never);
  return toUint8Array(encoder);
}

function fromLib0(bytes: Uint8Array): unknown {
  const decoder = createDecoder(bytes);
  const value: unknown = readLib0(decoder);
  if (hasContent(decoder)) readUint8(decoder);
  return value;
}

function nested(depth: number): Wire {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

const golden: readonly [Wire, string][] = [
  [null, '7e'],
  [true, '78'],
  [false, '79'],
  [0, '7d00'],
  [-1, '7d41'],
  [63, '7d3f'],
  [64, '7d8001'],
  [-64, '7dc001'],
  [2147483647, '7dbfffffff0f'],
  [-2147483647, '7dffffffff0f'],
  [2147483648, '7c4f000000'],
  [0.5, '7c3f000000'],
  [0.1, '7b3fb999999999999a'],
  [9007199254740991, '7b433fffffffffffff'],
  ['', '7700'],
  ['Ê Đê', '7707c38a20c490c3aa'],
  [[], '7500'],
  [[1, 'a'], '75027d01770161'],
  [{}, '7600'],
  [{ b: 1, a: null }, '760201627d0101617e'],
  [new Uint8Array([1, 2]), '74020102'],
];

const refused: readonly [string, string, ReadError][] = [
  ['nothing', '', 'truncated'],
  ['undefined', '7f', 'tag'],
  ['a BigInt', '7a0000000000000001', 'tag'],
  ['an unknown tag', '73', 'tag'],
  ['NaN', '7b7ff8000000000000', 'number'],
  ['infinity', '7c7f800000', 'number'],
  ['minus zero', '7d40', 'number'],
  ['minus zero as a float', '7c80000000', 'number'],
  ['an integer beyond 2^53', '7b4340000000000000', 'number'],
  ['an integer beyond 31 bits as a varint', '7d8080808040', 'number'],
  ['a small integer as a float', '7c3f800000', 'number'],
  ['a short float as a long one', '7b3fe0000000000000', 'number'],
  ['an overlong varint', '7d8000', 'varint'],
  ['an overlong length', '77810061', 'varint'],
  ['a varint of nine bytes', '77ffffffffffffffff7f', 'varint'],
  ['a varint beyond 53 bits', '77ffffffffffffff7f', 'varint'],
  ['a string longer than the bytes', '770561', 'truncated'],
  ['a huge string', '77ffffffffffff07', 'truncated'],
  ['a huge array', '75ffffffff0f', 'truncated'],
  ['a huge object', '76ffffffff0f', 'truncated'],
  ['a huge byte array', '74ffffffff0f', 'truncated'],
  ['a cut varint', '7d80', 'truncated'],
  ['a cut float', '7c3f', 'truncated'],
  ['overlong UTF-8', '7702c0af', 'utf8'],
  ['a lone surrogate', '7703eda080', 'utf8'],
  ['a point beyond Unicode', '7704f4908080', 'utf8'],
  ['a lone continuation byte', '770180', 'utf8'],
  ['a cut UTF-8 sequence', '7702e2827e', 'utf8'],
  ['__proto__', '7601095f5f70726f746f5f5f7e', 'key'],
  ['constructor', '76010b636f6e7374727563746f727e', 'key'],
  ['prototype', '76010970726f746f747970657e', 'key'],
  ['a repeated key', '760201617e01617e', 'key'],
  ['index keys out of order', '760201327e01317e', 'key'],
  ['an index key after a name', '760201617e01317e', 'key'],
  ['trailing bytes', '7e00', 'trailing'],
];

describe('encodeAny and decodeAny', () => {
  it.each(golden)('[DOC-1] writes %j as the same bytes for ever, as lib0 does, and reads it back', (value, hex) => {
    expect(hexOf(encodeAny(value))).toBe(hex);
    expect(hexOf(lib0(value))).toBe(hex);
    expect(decodeAny(bytesOfHex(hex) as Uint8Array)).toEqual({ ok: true, value });
  });

  it('[DOC-1] agrees with lib0 on 20,000 random values', () => {
    const dice = new Dice(1);
    const wrong: unknown[] = [];
    for (let i = 0; i < 20_000; i += 1) {
      const value = randomJson(dice, 5);
      const bytes = encodeAny(value);
      const decoded = decodeAny(bytes);
      const isSame = decoded.ok && hexOf(encodeAny(decoded.value)) === hexOf(bytes);
      if (!isSame || hexOf(bytes) !== hexOf(lib0(value))) wrong.push(value);
    }
    expect(wrong).toEqual([]);
  });

  it.each(refused)('[DOC-4] refuses %s', (_, hex, error) => {
    expect(decodeAny(bytesOfHex(hex) as Uint8Array)).toEqual({ ok: false, error });
  });

  it('[DOC-4] holds each limit, and takes what just fits it', () => {
    const errorOf = (value: Wire): unknown => {
      const decoded = decodeAny(lib0(value), DOCUMENT_LIMITS);
      return decoded.ok ? 'taken' : decoded.error;
    };
    expect([errorOf(nested(3)), errorOf(nested(4))]).toEqual(['taken', 'depth']);
    expect([errorOf(Array.from({ length: 19 }, () => 1)), errorOf(Array.from({ length: 20 }, () => 1))]).toEqual([
      'taken',
      'nodes',
    ]);
    expect([errorOf('x'.repeat(397)), errorOf('x'.repeat(398))]).toEqual(['taken', 'size']);
    expect(errorOf(new Uint8Array(1))).toBe('tag');
  });

  it('[DOC-7] stops at the depth limit, however deep the bytes go', () => {
    const bytes = new Uint8Array(200_000).fill(117);
    for (let i = 1; i < bytes.length; i += 2) bytes[i] = 1;
    expect(decodeAny(bytes)).toEqual({ ok: false, error: 'depth' });
  });

  it('[DOC-7] never throws on 100,000 damaged or random inputs, and what it takes lib0 reads the same', () => {
    const dice = new Dice(2);
    const wrong: string[] = [];
    let taken = 0;
    for (let i = 0; i < 100_000; i += 1) {
      const bytes =
        i % 2 === 0
          ? encodeAny(randomJson(dice, 3))
          : Uint8Array.from({ length: dice.below(12) }, () => dice.below(256));
      flipBits(bytes, 2, dice);
      const decoded = decodeAny(bytes);
      if (!decoded.ok) continue;
      taken += 1;
      const isSame = hexOf(encodeAny(decoded.value)) === hexOf(bytes) && hexOf(lib0(fromLib0(bytes))) === hexOf(bytes);
      if (!isSame) wrong.push(hexOf(bytes));
    }
    expect(wrong).toEqual([]);
    expect(taken).toBeGreaterThan(10_000);
  });

  it('keeps byte arrays apart from the frame they came in', () => {
    const frame = encodeAny([new Uint8Array([1, 2])]);
    const decoded = decodeAny(frame);
    frame.fill(0);
    expect(decoded).toEqual({ ok: true, value: [new Uint8Array([1, 2])] });
  });

  it('writes minus zero as 0 and a lone surrogate as U+FFFD, so that nothing a person types is lost on the way', () => {
    expect(decodeAny(encodeAny([-0, 'a\ud800']))).toEqual({ ok: true, value: [0, 'a\ufffd'] });
    expect(hexOf(encodeAny('\udc00 \ud83d'))).toBe(hexOf(lib0('\udc00 \ud83d')));
  });

  const impossible: readonly [string, unknown][] = [
    ['undefined', undefined],
    ['an undefined member', { a: undefined }],
    ['a hole', [, 1]], // oxlint-disable-line no-sparse-arrays -- the hole is the case
    ['NaN', Number.NaN],
    ['infinity', -Infinity],
    ['an unsafe integer', 2 ** 53],
    ['a BigInt', 1n],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a function', () => 1],
    ['constructor as a key', JSON.parse('{"constructor": 1}')],
    ['__proto__ as a key', JSON.parse('{"__proto__": 1}')],
    ['a key that is no text', { '\ud800': 1 }],
    ['nine levels', nested(9)],
  ];

  it.each(impossible)('isWire says no to %s', (_, value) => {
    expect(isWire(value, WIRE_LIMITS)).toBe(false);
  });

  it('isWire says yes to what encodeAny takes, within the limits', () => {
    const dice = new Dice(3);
    for (let i = 0; i < 1000; i += 1) expect(isWire(randomJson(dice, 5), WIRE_LIMITS)).toBe(true);
    expect(isWire(nested(8), WIRE_LIMITS)).toBe(true);
    expect(
      isWire(
        Array.from({ length: 20 }, () => 1),
        DOCUMENT_LIMITS,
      ),
    ).toBe(false);
    expect(isWire(new Uint8Array(1), DOCUMENT_LIMITS)).toBe(false);
    expect(() => encodeAny(undefined as never)).toThrow('no frame or document');
    expect(() => encodeAny(nested(9))).toThrow('too deep');
  });
});
