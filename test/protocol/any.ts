/** Values in the one byte form of docs/protocol.md § 1, written from that page alone. */

/** What a frame or a document may carry. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Value[]
  | { readonly [name: string]: Value };

const BIGGEST_INTEGER = 0x7f_ff_ff_ff;

/** Returns the bytes of an unsigned number: 7 bits a byte, low first. */
export function varUint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push(0x80 | (rest % 0x80));
  return Buffer.from([...bytes, rest]);
}

/** Returns the bytes of a text: its length in bytes, then UTF-8. */
export function varText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([varUint(bytes.length), bytes]);
}

/** Returns the bytes of a value. */
export function encode(value: Value): Buffer {
  if (value === null) return Buffer.from([126]);
  if (typeof value === 'boolean') return Buffer.from([value ? 120 : 121]);
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string') return Buffer.concat([Buffer.from([119]), varText(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([Buffer.from([116]), varUint(value.length), value]);
  if (isList(value)) return Buffer.concat([Buffer.from([117]), varUint(value.length), ...value.map(encode)]);
  const pairs = Object.entries(value).map(([name, held]) => Buffer.concat([varText(name), encode(held)]));
  return Buffer.concat([Buffer.from([118]), varUint(pairs.length), ...pairs]);
}

function encodeNumber(value: number): Buffer {
  if (Number.isInteger(value) && Math.abs(value) <= BIGGEST_INTEGER) {
    const size = Math.abs(value);
    const rest = Math.floor(size / 0x40);
    const first = (rest > 0 ? 0x80 : 0) | (value < 0 ? 0x40 : 0) | (size % 0x40);
    return Buffer.concat([Buffer.from([125, first]), rest > 0 ? varUint(rest) : Buffer.of()]);
  }
  const isSingle = Math.fround(value) === value;
  const bytes = Buffer.alloc(isSingle ? 5 : 9);
  bytes[0] = isSingle ? 124 : 123;
  if (isSingle) bytes.writeFloatBE(value, 1);
  else bytes.writeDoubleBE(value, 1);
  return bytes;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Reads bytes from the front; throws where they are not what the page says. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes);
  }

  /** Whether everything was read. */
  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new Error('the bytes end too early');
    this.#at += 1;
    return value;
  }

  bytes(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new Error('the bytes end too early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  varUint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  text(): string {
    return this.bytes(this.varUint()).toString('utf8');
  }

  value(): Value {
    const tag = this.byte();
    if (tag === 126) return null;
    if (tag === 125) return this.#integer();
    if (tag === 124) return this.bytes(4).readFloatBE();
    if (tag === 123) return this.bytes(8).readDoubleBE();
    if (tag === 121 || tag === 120) return tag === 120;
    if (tag === 119) return this.text();
    if (tag === 118) return Object.fromEntries(this.#times(() => [this.text(), this.value()] as const));
    if (tag === 117) return this.#times(() => this.value());
    if (tag === 116) return this.bytes(this.varUint());
    throw new Error(`no value begins with ${tag}`);
  }

  #integer(): number {
    const first = this.byte();
    const rest = first >= 0x80 ? this.varUint() : 0;
    const size = rest * 0x40 + (first & 0x3f);
    return (first & 0x40) === 0 ? size : -size;
  }

  #times<T>(read: () => T): T[] {
    return Array.from({ length: this.varUint() }, read);
  }
}

/** Returns the one value that the bytes hold; throws when something follows it. */
export function decode(bytes: Uint8Array): Value {
  const reader = new Reader(bytes);
  const value = reader.value();
  if (!reader.isAtEnd) throw new Error('something follows the value');
  return value;
}
