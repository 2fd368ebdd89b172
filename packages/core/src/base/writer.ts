import { utf8LengthBytes, writeUtf8 } from './utf8.ts';

const FIRST_BYTES = 2_048;
const SPARE_BYTES = 64 * 1024;
const MAX_BYTES_PER_UNIT = 3;
const SHORT_UNITS = Math.floor(127 / MAX_BYTES_PER_UNIT);

const NONE = new Uint8Array(0);
/** The memory of the last writer that finished: most write a few hundred bytes, and making room costs more than that. */
let spare = NONE;

/** Collects bytes in the forms that ByteReader reads. Grows by doubling. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor() {
    this.#bytes = spare.length > 0 ? spare : new Uint8Array(FIRST_BYTES);
    spare = NONE;
  }

  /** Returns how many bytes were written. */
  get lengthBytes(): number {
    return this.#length;
  }

  /** Writes one byte. */
  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** Writes a safe integer >= 0 as a varint. */
  uint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.byte(0x80 | (rest % 128));
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** Writes a safe integer as lib0's signed varint. */
  int(value: number): void {
    const magnitude = Math.abs(value);
    this.byte((magnitude > 0x3f ? 0x80 : 0) | (value < 0 ? 0x40 : 0) | (magnitude % 64));
    if (magnitude > 0x3f) this.uint(Math.floor(magnitude / 64));
  }

  /** Writes a length-prefixed UTF-8 string; a lone surrogate becomes U+FFFD. */
  string(text: string): void {
    if (text.length <= SHORT_UNITS) {
      this.#shortString(text);
      return;
    }
    const lengthBytes = utf8LengthBytes(text);
    this.uint(lengthBytes);
    this.#reserve(lengthBytes);
    this.#length = writeUtf8(this.#bytes, this.#length, text);
  }

  /** Writes length-prefixed bytes. */
  byteArray(bytes: Uint8Array): void {
    this.uint(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Writes `bytes[from, to)` as they are, without a length. */
  raw(bytes: Uint8Array, from: number, to: number): void {
    this.#reserve(to - from);
    this.#bytes.set(bytes.subarray(from, to), this.#length);
    this.#length += to - from;
  }

  /** Writes a big-endian IEEE 754 number of `lengthBytes`. */
  float(value: number, lengthBytes: 4 | 8): void {
    this.#reserve(lengthBytes);
    const view = new DataView(this.#bytes.buffer, this.#length, lengthBytes);
    if (lengthBytes === 4) view.setFloat32(0, value);
    else view.setFloat64(0, value);
    this.#length += lengthBytes;
  }

  /** Returns a copy of what was written, and forgets it. */
  finish(): Uint8Array<ArrayBuffer> {
    const written = this.#bytes.slice(0, this.#length);
    if (this.#bytes.length <= SPARE_BYTES) spare = this.#bytes;
    this.#bytes = NONE;
    this.#length = 0;
    return written;
  }

  /** Its length fits one byte, so it need not be known first. */
  #shortString(text: string): void {
    this.#reserve(1 + text.length * MAX_BYTES_PER_UNIT);
    const from = this.#length + 1;
    const end = writeUtf8(this.#bytes, from, text);
    this.#bytes[this.#length] = end - from;
    this.#length = end;
  }

  #reserve(moreBytes: number): void {
    const needed = this.#length + moreBytes;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2, FIRST_BYTES));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
