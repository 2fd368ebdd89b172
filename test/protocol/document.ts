/** Documents as docs/protocol.md § 4 has them: read from states and updates, written as one transaction of one client. */
import { Reader, type Value, encode, varText, varUint } from './any.ts';

/** One value of a field: who said it, when, and the id of its item. */
export interface Held {
  readonly key: string;
  readonly client: number;
  readonly clock: number;
  readonly value: Value;
  readonly member: number;
  readonly minutes: number;
}

/** The live values of a document, and the next clock of each client that wrote in it. */
export interface Document {
  readonly held: ReadonlyMap<string, Held>;
  readonly clocks: ReadonlyMap<number, number>;
}

const ITEM = 0x28;
const GONE = 0x00;
const MINUTES_FROM_MS = Date.UTC(2025, 0, 1);

/** A document nobody has written in. */
export const EMPTY: Document = { held: new Map(), clocks: new Map() };

/** Returns the minutes that an envelope of this time carries in its values. */
function minutesOf(atMs: number): number {
  return Math.floor((atMs - MINUTES_FROM_MS) / 60_000);
}

/** Returns the document after a state (on EMPTY) or one more update. */
export function apply({ held, clocks }: Document, bytes: Uint8Array): Document {
  const [live, next] = [new Map(held), new Map(clocks)];
  const reader = new Reader(bytes);
  for (let sections = reader.varUint(); sections > 0; sections -= 1) {
    const structs = reader.varUint();
    const client = reader.varUint();
    let clock = reader.varUint();
    for (let at = 0; at < structs; at += 1) {
      const item = readStruct(reader, client, clock);
      const isHere = clock < (clocks.get(client) ?? 0);
      if (typeof item !== 'number' && !isHere) live.set(`${client}.${clock}`, item);
      clock += typeof item === 'number' ? item : 1;
    }
    next.set(client, Math.max(clock, clocks.get(client) ?? 0));
  }
  for (const id of readDeletes(reader)) live.delete(id);
  if (!reader.isAtEnd) throw new Error('something follows the update');
  return { held: live, clocks: next };
}

function readStruct(reader: Reader, client: number, clock: number): Held | number {
  const head = reader.byte();
  if (head === GONE) return reader.varUint();
  if (head !== ITEM || reader.byte() !== 1 || reader.text() !== 'f') throw new Error('no item of the root');
  const key = reader.text();
  if (reader.byte() !== 1) throw new Error('an item holds one value');
  const [value, member, minutes] = reader.value() as [Value, number, number];
  return { key, client, clock, value, member, minutes };
}

function readDeletes(reader: Reader): readonly string[] {
  const ids: string[] = [];
  for (let clients = reader.varUint(); clients > 0; clients -= 1) {
    const client = reader.varUint();
    for (let ranges = reader.varUint(); ranges > 0; ranges -= 1) {
      const clock = reader.varUint();
      for (let length = reader.varUint(); length > 0; length -= 1) ids.push(`${client}.${clock + length - 1}`);
    }
  }
  return ids;
}

/** Returns the values that stand for a register: more than one is a conflict that nobody has settled. */
export function valuesOf({ held }: Document, name: string): readonly Value[] {
  return liveOf(held, name).map(({ value }) => value);
}

function liveOf(held: Document['held'], name: string): readonly Held[] {
  return [...held.values()].filter(({ key }) => key.startsWith(`${name}@`));
}

/** Who writes, with which leased client id, and at which time of the device. */
export interface Pen {
  readonly client: number;
  readonly member: number;
  readonly atMs: number;
}

/** Returns the update that sets registers, superseding every value of them that the document holds. */
export function setFields(document: Document, pen: Pen, fields: Readonly<Record<string, Value>>): Buffer {
  const from = document.clocks.get(pen.client) ?? 0;
  const items = Object.entries(fields).map(([name, value], at) => {
    const op = `${pen.client.toString(36)}.${(from + at).toString(36)}`;
    const held = encode([value, pen.member, minutesOf(pen.atMs)]);
    return Buffer.concat([Buffer.from([ITEM, 1]), varText('f'), varText(`${name}@${op}`), varUint(1), held]);
  });
  const superseded = Object.keys(fields).flatMap((name) => liveOf(document.held, name));
  return Buffer.concat([...[1, items.length, pen.client, from].map(varUint), ...items, writeDeletes(superseded)]);
}

function writeDeletes(superseded: readonly Held[]): Buffer {
  const clients = [...new Set(superseded.map(({ client }) => client))].toSorted((a, b) => b - a);
  const parts = clients.map((client) => {
    const clocks = superseded.filter((held) => held.client === client).map(({ clock }) => clock);
    const ranges = rangesOf(clocks.toSorted((a, b) => a - b));
    return Buffer.concat([client, ranges.length, ...ranges.flat()].map(varUint));
  });
  return Buffer.concat([varUint(parts.length), ...parts]);
}

function rangesOf(clocks: readonly number[]): readonly (readonly [clock: number, length: number])[] {
  const ranges: [number, number][] = [];
  for (const clock of clocks) {
    const last = ranges.at(-1);
    if (last && last[0] + last[1] === clock) last[1] += 1;
    else ranges.push([clock, 1]);
  }
  return ranges;
}
