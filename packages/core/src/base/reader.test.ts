import { describe, expect, it } from 'vitest';
import { hexOf } from './bytes.ts';
import { ByteReader } from './reader.ts';
import { ByteWriter } from './writer.ts';

const uints = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1];

describe('ByteReader', () => {
  it.each(uints)('reads back %d as ByteWriter wrote it, in either sign', (value) => {
    const writer = new ByteWriter();
    writer.uint(value);
    writer.int(value);
    if (value > 0) writer.int(-value);
    const reader = new ByteReader(writer.finish());
    expect([reader.uint(), reader.int(), value > 0 ? reader.int() : -0]).toEqual([value, value, -value]);
    reader.end();
    expect(reader.error).toBeNull();
  });

  it('reads back floats, strings and byte arrays longer than the first buffer', () => {
    const writer = new ByteWriter();
    const text = 'Đắk Lắk 👧 '.repeat(400);
    writer.float(0.1, 8);
    writer.float(0.5, 4);
    writer.string(text);
    writer.byteArray(new Uint8Array(5000).fill(7));
    const reader = new ByteReader(writer.finish());
    expect([reader.float(8), reader.float(4), reader.string()]).toEqual([0.1, 0.5, text]);
    expect(hexOf(reader.byteArray())).toBe('07'.repeat(5000));
    expect([reader.leftBytes, reader.error]).toEqual([0, null]);
  });

  it('[DOC-7] keeps the first failure and answers nothing after it', () => {
    const reader = new ByteReader(new Uint8Array([0x80, 0x00, 1, 2, 3]));
    expect([reader.uint(), reader.error]).toEqual([0, 'varint']);
    expect([reader.byte(), reader.uint(), reader.int(), reader.string(), reader.float(8)]).toEqual([0, 0, 0, '', 0]);
    expect([reader.byteArray().length, reader.error]).toEqual([0, 'varint']);
  });

  it('reads within its view, not from the start of the buffer', () => {
    const whole = new Uint8Array([9, 9, 0x3f, 0, 0, 0, 9]);
    const reader = new ByteReader(whole.subarray(2, 6));
    expect([reader.float(4), reader.byte(), reader.error]).toEqual([0.5, 0, 'truncated']);
  });
});
