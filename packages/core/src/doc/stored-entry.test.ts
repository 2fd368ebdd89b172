import { describe, expect, it } from 'vitest';
import { equalBytes } from '../base/bytes.ts';
import { Dice, randomJson } from '../base/random.support.ts';
import { ByteReader } from '../base/reader.ts';
import { ByteWriter } from '../base/writer.ts';
import { editDocument } from './edit.ts';
import type { FieldSet } from './edit.ts';
import { STRUCT_ITEM, readEntry, writeEntry } from './entry.ts';
import type { Entry, GrammarError } from './entry.ts';
import { elementKey, logKey, opOf, opPrefixOf, registerKey } from './field-key.ts';
import { damage } from './hostile.support.ts';
import { applyUpdate, cloneState, emptyState, encodeState, parseState } from './state.ts';
import { StoredEntry, storedEntryAt } from './stored-entry.ts';

const CLIENT = 4_194_305;

function bytesOf(entry: Omit<Entry, 'sizeBytes'>): Uint8Array {
  const writer = new ByteWriter();
  writeEntry(writer, entry);
  return writer.finish();
}

function randomEntry(dice: Dice): Omit<Entry, 'sizeBytes'> {
  const clock = dice.below(2 ** dice.below(30));
  const code = dice.pick(['12', 'a_B-9', 'x'.repeat(40)]);
  const name = dice.pick(['name', 'carerPhone', 'z'.repeat(64), `made${dice.below(9_000)}`]);
  const field = dice.pick([registerKey(name), elementKey(name, code), logKey(name)]);
  const value = randomJson(dice);
  const stamps = { member: dice.below(2 ** dice.below(31)), minutes: dice.below(2 ** dice.below(31)) };
  return { op: opOf(CLIENT, clock), client: CLIENT, clock, field, value, ...stamps };
}

function readAt(bytes: Uint8Array, clock: number): Entry | null {
  const reader = new ByteReader<GrammarError>(bytes);
  if (reader.byte() !== STRUCT_ITEM) return null;
  const entry = readEntry(reader, CLIENT, clock, opOf(CLIENT, clock));
  return reader.error === null ? entry : null;
}

function told({ op, client, clock, field, value, member, minutes, sizeBytes }: Entry): Entry {
  return { op, client, clock, field, value, member, minutes, sizeBytes };
}

describe('an entry of a snapshot', () => {
  it('[DOC-12] is what reading it in full says, honest or damaged, 60,000 times', () => {
    const dice = new Dice(41);
    const wrong: unknown[] = [];
    let quick = 0;
    let damaged = 0;
    for (let i = 0; i < 60_000; i += 1) {
      const entry = randomEntry(dice);
      const honest = bytesOf(entry);
      const bytes = i % 2 === 0 ? honest : damage(honest, dice);
      // whoever reads a section has looked at the struct byte
      if (bytes[0] !== STRUCT_ITEM) continue;
      const stored = storedEntryAt(bytes, 0, CLIENT, entry.clock, opPrefixOf(CLIENT));
      const read = readAt(bytes, entry.clock);
      if (stored === null) continue;
      quick += 1;
      if (!equalBytes(bytes, honest)) damaged += 1;
      if (read === null || JSON.stringify(told(stored)) !== JSON.stringify(told(read))) wrong.push(entry);
    }
    expect(wrong).toEqual([]);
    expect(quick).toBeGreaterThan(25_000);
    expect(damaged).toBeGreaterThan(500);
  }, 60_000);

  it('[DOC-12] is written again as it came, and as Yjs would write what it says', () => {
    const dice = new Dice(43);
    for (let i = 0; i < 2_000; i += 1) {
      const entry = randomEntry(dice);
      const bytes = bytesOf(entry);
      const stored = storedEntryAt(bytes, 0, CLIENT, entry.clock, opPrefixOf(CLIENT));
      if (stored === null) continue;
      const writer = new ByteWriter();
      stored.writeTo(writer);
      expect([equalBytes(writer.finish(), bytes), equalBytes(bytesOf(told(stored)), bytes)]).toEqual([true, true]);
    }
  });

  it('[DOC-11] a snapshot is the same bytes from stored entries as from read ones', () => {
    const state = emptyState();
    const sets: FieldSet[] = [
      { name: 'name', value: 'Hồ Thị Ngọc Ánh' },
      { name: 'team', code: '12', value: { role: 'lead' } },
    ];
    const edited = editDocument(state, {
      client: 5,
      member: 1,
      minutes: 9,
      sets,
      appends: [{ name: 'notes', value: 0.25 }],
    });
    if (!edited.ok) throw new Error(edited.error);
    const snapshot = encodeState(edited.value.state);
    const parsed = parseState(snapshot);
    if (!parsed.ok) throw new Error(parsed.error);
    expect([...parsed.value.live.values()].every((entry) => entry instanceof StoredEntry)).toBe(true);
    const again = editDocument(parsed.value, {
      client: 6,
      member: 2,
      minutes: 10,
      sets: [{ name: 'name', value: 'Hồ Thị Ánh' }],
    });
    if (!again.ok) throw new Error(again.error);
    const fromRead = cloneState(edited.value.state);
    applyUpdate(fromRead, again.value.parsed);
    expect(equalBytes(encodeState(again.value.state), encodeState(fromRead))).toBe(true);
    expect([...again.value.state.live.keys()].toSorted()).toEqual([...fromRead.live.keys()].toSorted());
  });
});
