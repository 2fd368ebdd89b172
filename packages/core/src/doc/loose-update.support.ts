/** Updates of any form, honest or not, written by lib0's own encoder: independent of the one that is tested. */
import {
  createEncoder,
  toUint8Array,
  writeAny,
  writeUint8,
  writeUint8Array,
  writeVarString,
  writeVarUint,
} from 'lib0/encoding';
import type { Encoder } from 'lib0/encoding';
import { formatKey } from './field-key.ts';
import type { DocUpdate } from './update.ts';

/** One struct; what is left out is as an honest edit writes it. */
export interface LooseStruct {
  info: number;
  /** Written after the struct byte, before the parent: an origin, say. */
  before?: Uint8Array;
  parent?: number;
  root: string;
  key: string;
  count: number;
  /** The content's bytes, tags included. */
  content: Uint8Array;
  /** Replaces everything after the struct byte. */
  raw?: Uint8Array;
}

/** One section of structs. */
export interface LooseSection {
  count?: number;
  client: number;
  clock: number;
  structs: LooseStruct[];
}

/** The deletes of one client, as [clock, length]. */
export interface LooseDeletes {
  client: number;
  ranges: [number, number][];
}

/** An update whose every part may be wrong. */
export interface LooseUpdate {
  sections: LooseSection[];
  deletes: LooseDeletes[];
  tail: Uint8Array;
  /** Writes lengths, clients and clocks one byte longer than needed. */
  isOverlong: boolean;
}

/** Returns what `write` wrote. */
function bytesBy(write: (encoder: Encoder) => void): Uint8Array {
  const encoder = createEncoder();
  write(encoder);
  return toUint8Array(encoder);
}

/** Returns lib0's encoding of any value whatever. */
export function anyBytes(value: unknown): Uint8Array {
  return bytesBy((encoder) => writeAny(encoder, value as never));
}

/** Returns the loose form of an update. */
export function loosen(update: DocUpdate): LooseUpdate {
  const structs = update.items.map(({ field, op, value, member, minutes }) => ({
    info: 0x28,
    root: 'f',
    key: formatKey(field, op),
    count: 1,
    content: anyBytes([value, member, minutes]),
  }));
  const deletes: LooseDeletes[] = [];
  for (const { client, clock, length } of update.deletes) {
    if (deletes.at(-1)?.client !== client) deletes.push({ client, ranges: [] });
    deletes.at(-1)?.ranges.push([clock, length]);
  }
  const section = { client: update.client, clock: update.clock, structs };
  return { sections: [section], deletes, tail: new Uint8Array(), isOverlong: false };
}

/** Returns the bytes of a loose update. */
export function encodeLoose(update: LooseUpdate): Uint8Array {
  return bytesBy((encoder) => {
    const uint = (value: number): void => writeNumber(encoder, value, update.isOverlong);
    uint(update.sections.length);
    for (const section of update.sections) {
      uint(section.count ?? section.structs.length);
      uint(section.client);
      uint(section.clock);
      for (const struct of section.structs) writeStruct(encoder, struct);
    }
    uint(update.deletes.length);
    for (const { client, ranges } of update.deletes) {
      uint(client);
      uint(ranges.length);
      for (const [clock, length] of ranges) {
        uint(clock);
        uint(length);
      }
    }
    writeUint8Array(encoder, update.tail);
  });
}

function writeStruct(encoder: Encoder, struct: LooseStruct): void {
  writeUint8(encoder, struct.info);
  if (struct.raw !== undefined) {
    writeUint8Array(encoder, struct.raw);
    return;
  }
  if (struct.before !== undefined) writeUint8Array(encoder, struct.before);
  else {
    writeUint8(encoder, struct.parent ?? 1);
    writeVarString(encoder, struct.root);
    writeVarString(encoder, struct.key);
  }
  writeVarUint(encoder, struct.count);
  writeUint8Array(encoder, struct.content);
}

function writeNumber(encoder: Encoder, value: number, isOverlong: boolean): void {
  if (!isOverlong || value > 127) writeVarUint(encoder, value);
  else writeUint8Array(encoder, new Uint8Array([0x80 | value, 0]));
}
