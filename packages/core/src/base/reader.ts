import { decodeUtf8 } from './utf8.ts';

/** Why bytes could not be read: a closed list, safe to log. */
export type ReadError =
  /** the bytes end too early, or a length says more than there is */
  | 'truncated'
  /** bytes follow what should be the end */
  | 'trailing'
  /** a varint is longer than needed or beyond the safe integers */
  | 'varint'
  /** a string is not well-formed UTF-8 */
  | 'utf8'
  /** a value tag that is unknown or not allowed here (undefined, BigInt, bytes) */
  | 'tag'
  /** a number that is NaN, infinite, minus zero, an unsafe integer, or not in its one form */
  | 'number'
  /** an object key that is dangerous, repeated, or out of order */
  | 'key'
  /** nested too deep */
  | 'depth'
  /** too many values */
  | 'nodes'
  /** too many bytes */
  | 'size';

const VARINT_MAX_BYTES = 8;

/**
 * Reads bytes front to back and never past their end. The first failure sticks: `error` names it, and from then on every read
 * returns zero or the empty string, so a caller may check once per loop. Never throws, and never allocates by a length it read.
 * `E` are the codes that the caller adds to ReadError.
 */
export class ByteReader<E extends string = never> {
  /** The first failure, or null. */
  error: E | ReadError | null = null;
  /** Index of the next byte. */
  at = 0;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Returns how many bytes are left. */
  get leftBytes(): number {
    return this.bytes.length - this.at;
  }

  /** Remembers the first failure and gives up the rest of the bytes. */
  fail(error: E | ReadError): void {
    this.error ??= error;
    this.at = this.bytes.length;
  }

  /** Returns the next byte. */
  byte(): number {
    const next = this.bytes[this.at];
    if (next === undefined) {
      this.fail('truncated');
      return 0;
    }
    this.at += 1;
    return next;
  }

  /** Returns an unsigned varint of at most 53 bits, in its shortest form. */
  uint(): number {
    const first = this.byte();
    return first < 0x80 ? first : this.#tail(first & 0x7f, 128);
  }

  /** Returns a signed varint as lib0 writes it: bit 6 of the first byte is the sign. Minus zero is refused. */
  int(): number {
    const first = this.byte();
    const magnitude = first < 0x80 ? first & 0x3f : this.#tail(first & 0x3f, 64);
    if ((first & 0x40) === 0) return magnitude;
    if (magnitude === 0 && this.error === null) this.fail('number');
    return magnitude === 0 ? 0 : -magnitude;
  }

  /** Returns a length-prefixed UTF-8 string. */
  string(): string {
    const end = this.#lengthPrefixed();
    const text = decodeUtf8(this.bytes, this.at, end);
    if (text === null) {
      this.fail('utf8');
      return '';
    }
    this.at = end;
    return text;
  }

  /** Returns a copy of length-prefixed bytes: a view would keep the whole frame alive, and be stored with it. */
  byteArray(): Uint8Array<ArrayBuffer> {
    const end = this.#lengthPrefixed();
    const copy = this.bytes.slice(this.at, end);
    this.at = end;
    return copy;
  }

  /** Returns length-prefixed bytes where they are: keeps all that is read alive. */
  byteView(): Uint8Array {
    const end = this.#lengthPrefixed();
    const view = this.bytes.subarray(this.at, end);
    this.at = end;
    return view;
  }

  /** Returns a big-endian IEEE 754 number of `lengthBytes`. */
  float(lengthBytes: 4 | 8): number {
    if (this.leftBytes < lengthBytes) {
      this.fail('truncated');
      return 0;
    }
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at, lengthBytes);
    this.at += lengthBytes;
    return lengthBytes === 4 ? view.getFloat32(0) : view.getFloat64(0);
  }

  /** Fails unless every byte was read. */
  end(): void {
    if (this.error === null && this.leftBytes > 0) this.fail('trailing');
  }

  #lengthPrefixed(): number {
    const lengthBytes = this.uint();
    if (lengthBytes > this.leftBytes) this.fail('truncated');
    return this.error === null ? this.at + lengthBytes : this.at;
  }

  #tail(low: number, weight: number): number {
    let value = low;
    let scale = weight;
    for (let i = 1; i < VARINT_MAX_BYTES; i += 1) {
      const next = this.byte();
      value += (next & 0x7f) * scale;
      if (next < 0x80) {
        if (next === 0 && this.error === null) this.fail('varint');
        if (value > Number.MAX_SAFE_INTEGER) this.fail('varint');
        return this.error === null ? value : 0;
      }
      scale *= 128;
    }
    this.fail('varint');
    return 0;
  }
}
