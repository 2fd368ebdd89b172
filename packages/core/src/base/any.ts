import { assert } from './assert.ts';
import { ByteReader } from './reader.ts';
import type { ReadError } from './reader.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';
import { ByteWriter } from './writer.ts';

/** A value of a document. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value of a frame or envelope: Json, with bytes. */
export type Wire = null | boolean | number | string | Uint8Array | readonly Wire[] | { readonly [key: string]: Wire };

/** Why bytes are not one value. */
export type AnyError = ReadError;

/** How much one value may hold. */
export interface AnyLimits {
  /** Containers inside one another; a bare number has depth 0. */
  readonly maxDepth: number;
  /** Values, containers included. */
  readonly maxNodes: number;
  readonly maxBytes: number;
  /** Whether byte arrays are allowed. */
  readonly bytes: boolean;
  /** Byte arrays are views of what is read, not copies: for blocks that are kept, or thrown away, as a whole. */
  readonly areViews?: boolean;
}

/** Bounds of a frame: depth 8, as for documents; size of an inflated frame. */
export const WIRE_LIMITS: AnyLimits = { maxDepth: 8, maxNodes: 100_000, maxBytes: 1_048_576, bytes: true };

/** The first byte of a value says what it is. */
export const TAG = {
  bytes: 116,
  array: 117,
  object: 118,
  string: 119,
  true: 120,
  false: 121,
  float64: 123,
  float32: 124,
  integer: 125,
  null: 126,
} as const;

const BITS31 = 0x7fffffff;
const ARRAY_INDEX_END = 0xffffffff;

/**
 * Returns `value` in lib0's "any" encoding, byte for byte what `writeAny` makes, so that Yjs agrees. Minus zero is written as 0 and a
 * lone surrogate as U+FFFD; a value outside Wire (undefined, NaN, BigInt, deeper than 8 …) is a Fault.
 */
export function encodeAny(value: Wire): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writeAny(writer, value);
  return writer.finish();
}

/**
 * Returns the one value that `bytes` hold. Never throws; every accepted value has exactly one accepted form, so encoding it again gives
 * the same bytes. Objects are plain and hold no `__proto__`, `constructor` or `prototype`. Rule DOC-1.
 */
export function decodeAny(bytes: Uint8Array, limits: AnyLimits = WIRE_LIMITS): Result<Wire, AnyError> {
  if (bytes.length > limits.maxBytes) return err('size');
  const reader = new ByteReader(bytes);
  const value = readAny(reader, limits);
  reader.end();
  return reader.error === null ? ok(value) : err(reader.error);
}

/** Says whether `encodeAny` takes `value` and it stays within `limits` (their size left aside). */
export function isWire(value: unknown, limits: AnyLimits): value is Wire {
  return countNodes(value, limits, limits.maxDepth) <= limits.maxNodes;
}

/** Writes one value at the writer's end; see `encodeAny`. */
export function writeAny(writer: ByteWriter, value: Wire, depthLeft: number = WIRE_LIMITS.maxDepth): void {
  if (typeof value === 'string') {
    writer.byte(TAG.string);
    writer.string(value);
  } else if (typeof value === 'number') writeNumber(writer, value);
  else if (typeof value === 'boolean') writer.byte(value ? TAG.true : TAG.false);
  else if (value === null) writer.byte(TAG.null);
  else {
    assert(typeof value === 'object', 'a value that no frame or document may hold');
    if (value instanceof Uint8Array) {
      writer.byte(TAG.bytes);
      writer.byteArray(value);
    } else writeContainer(writer, value, depthLeft);
  }
}

/** Reads one value at the reader's place; on failure the reader's `error` is set and the result means nothing. Ignores `maxBytes`. */
export function readAny(reader: ByteReader<string>, limits: AnyLimits): Wire {
  return new ValueReader(reader, limits).value(limits.maxDepth);
}

function writeNumber(writer: ByteWriter, value: number): void {
  if (Number.isInteger(value) && Math.abs(value) <= BITS31) {
    writer.byte(TAG.integer);
    writer.int(value);
    return;
  }
  assert(isFiniteAndSafe(value), 'a number that no frame or document may hold');
  const isFloat32 = Math.fround(value) === value;
  writer.byte(isFloat32 ? TAG.float32 : TAG.float64);
  writer.float(value, isFloat32 ? 4 : 8);
}

function writeContainer(
  writer: ByteWriter,
  value: readonly Wire[] | { readonly [key: string]: Wire },
  depthLeft: number,
): void {
  assert(depthLeft > 0, 'a value nested too deep');
  if (Array.isArray(value)) {
    writer.byte(TAG.array);
    writer.uint(value.length);
    for (const element of value as readonly Wire[]) writeAny(writer, element, depthLeft - 1);
    return;
  }
  const entries = Object.entries(value as { readonly [key: string]: Wire });
  writer.byte(TAG.object);
  writer.uint(entries.length);
  for (const [key, element] of entries) {
    assert(!isDangerousKey(key), 'an object key that no frame or document may hold');
    writer.string(key);
    writeAny(writer, element, depthLeft - 1);
  }
}

function readInteger(reader: ByteReader<string>): number {
  const value = reader.int();
  if (Math.abs(value) > BITS31) reader.fail('number');
  return value;
}

/** Counts the values of one tree while it is read. */
class ValueReader {
  #nodesLeft: number;
  readonly #reader: ByteReader<string>;
  readonly #isBytesAllowed: boolean;
  readonly #areViews: boolean;

  constructor(reader: ByteReader<string>, limits: AnyLimits) {
    this.#reader = reader;
    this.#nodesLeft = limits.maxNodes;
    this.#isBytesAllowed = limits.bytes;
    this.#areViews = limits.areViews === true;
  }

  value(depthLeft: number): Wire {
    const reader = this.#reader;
    this.#nodesLeft -= 1;
    if (this.#nodesLeft < 0) reader.fail('nodes');
    const tag = reader.byte();
    if (reader.error !== null) return null;
    switch (tag) {
      case TAG.string:
        return reader.string();
      case TAG.integer:
        return readInteger(reader);
      case TAG.true:
        return true;
      case TAG.false:
        return false;
      case TAG.null:
        return null;
      case TAG.float32:
        return this.#float(4);
      case TAG.float64:
        return this.#float(8);
      case TAG.array:
        return this.#array(depthLeft);
      case TAG.object:
        return this.#object(depthLeft);
      case TAG.bytes:
        if (this.#isBytesAllowed) return this.#areViews ? reader.byteView() : reader.byteArray();
        break;
    }
    reader.fail('tag');
    return null;
  }

  #float(lengthBytes: 4 | 8): number {
    const value = this.#reader.float(lengthBytes);
    if (!isFloatForm(value, lengthBytes)) this.#reader.fail('number');
    return value;
  }

  #array(depthLeft: number): Wire {
    const reader = this.#reader;
    const count = this.#count(depthLeft, 1);
    const elements: Wire[] = [];
    for (let i = 0; i < count && reader.error === null; i += 1) elements.push(this.value(depthLeft - 1));
    return elements;
  }

  #object(depthLeft: number): Wire {
    const reader = this.#reader;
    const count = this.#count(depthLeft, 2);
    const object: { [key: string]: Wire } = {};
    // JavaScript puts index keys first, ascending: any other order would not survive being encoded again.
    let lastIndex = -1;
    for (let i = 0; i < count && reader.error === null; i += 1) {
      const key = reader.string();
      const index = arrayIndexOf(key);
      if (isDangerousKey(key) || Object.hasOwn(object, key) || (index >= 0 && index < lastIndex)) reader.fail('key');
      if (reader.error !== null) break;
      lastIndex = index >= 0 ? index : ARRAY_INDEX_END;
      object[key] = this.value(depthLeft - 1);
    }
    return object;
  }

  #count(depthLeft: number, leastBytesEach: number): number {
    const count = this.#reader.uint();
    if (depthLeft === 0) this.#reader.fail('depth');
    if (count * leastBytesEach > this.#reader.leftBytes) this.#reader.fail('truncated');
    return count;
  }
}

/** Says whether `value` is written as a float of this length: it is no short integer, and no shorter float holds it. */
export function isFloatForm(value: number, lengthBytes: 4 | 8): boolean {
  const isInteger = Number.isInteger(value) && Math.abs(value) <= BITS31;
  return isFiniteAndSafe(value) && !isInteger && (Math.fround(value) === value) === (lengthBytes === 4);
}

function isFiniteAndSafe(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function isDangerousKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype';
}

/** Returns the array index that `key` spells, or -1. */
function arrayIndexOf(key: string): number {
  const first = key.charCodeAt(0);
  if (!(first >= 48 && first <= 57) || key.length > 10) return -1;
  const index = Number(key);
  return String(index) === key && index < ARRAY_INDEX_END ? index : -1;
}

/** Returns the number of values in the tree, or Infinity when it holds one that may not be there. */
function countNodes(value: unknown, limits: AnyLimits, depthLeft: number): number {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return 1;
  if (typeof value === 'number') return isFiniteAndSafe(value) ? 1 : Infinity;
  if (typeof value !== 'object') return Infinity;
  if (value instanceof Uint8Array) return limits.bytes ? 1 : Infinity;
  if (depthLeft === 0 || !(Array.isArray(value) || isPlainObject(value))) return Infinity;
  let nodes = 1;
  for (const element of (Array.isArray(value) ? value : Object.values(value)) as unknown[]) {
    nodes += countNodes(element, limits, depthLeft - 1);
    if (nodes > limits.maxNodes) return Infinity;
  }
  return nodes;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.keys(value).every((key) => !isDangerousKey(key) && key.isWellFormed());
}
