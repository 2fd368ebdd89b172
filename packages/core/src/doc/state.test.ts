import { describe, expect, it } from 'vitest';
import { hexOf } from '../base/bytes.ts';
import type { GrammarError } from './entry.ts';
import { FIRST_UPDATE, SECOND_UPDATE, SNAPSHOT, bytesOf } from './golden.support.ts';
import { applyUpdate, cloneState, emptyState, encodeState, liveOf, nextClock, parseState } from './state.ts';
import type { DocState } from './state.ts';
import { parseUpdate } from './update.ts';
import type { DocUpdate } from './update.ts';
import { openYjs, viewState, viewYjs } from './yjs.support.ts';

function updateOf(bytes: Uint8Array): DocUpdate {
  const parsed = parseUpdate(bytes);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

function stateOf(...updates: readonly Uint8Array[]): DocState {
  const state = emptyState();
  for (const bytes of updates) expect(applyUpdate(state, updateOf(bytes))).toEqual({ ok: true, value: 'applied' });
  return state;
}

const ITEM = '28010166 05 6e40372e30 01 75037e 7d03 7d01';
const refused: readonly [string, string, GrammarError][] = [
  ['nothing', '', 'truncated'],
  ['a missing delete set', '00', 'truncated'],
  ['a delete set', '00 0107010001', 'deletes'],
  ['trailing bytes', '000000', 'trailing'],
  ['a section without structs', '01000700 00', 'sections'],
  ['a section that does not begin at clock 0', '01010701 0001 00', 'sections'],
  ['a client twice', '02010700 0001 010700 0001 00', 'sections'],
  ['clients ascending', '02010700 0001 010900 0001 00', 'sections'],
  ['a client of 33 bits', '0101 8080808010 00 0001 00', 'sections'],
  ['an empty GC run', '01010700 0000 00', 'struct'],
  ['GC runs not joined', '01020700 00010001 00', 'struct'],
  ['a Skip', '01010700 0a01 00', 'struct'],
  ['a clock beyond all', '01010700 00 8080808004 00', 'id'],
  ['an item under the op of another', `01020700 0001 ${ITEM} 00`, 'field-key'],
  ['fewer structs than said', `01020700 ${ITEM} 00`, 'truncated'],
];

describe('applyUpdate', () => {
  it('[DOC-9] adds what is new and takes away what is superseded', () => {
    const state = stateOf(FIRST_UPDATE, SECOND_UPDATE);
    expect([...state.fields.keys()]).toEqual(['team:12', 'fullName', 'birthOn', 'stage#']);
    expect(liveOf(state, 'fullName').map(({ op, value }) => [op, value])).toEqual([['2hwch.0', 'H’Mai Niê']]);
    expect([nextClock(state, 7), nextClock(state, 4_194_305), nextClock(state, 8)]).toEqual([2, 3, 0]);
  });

  it('[DOC-9] changes nothing for an update that is here already', () => {
    const state = stateOf(FIRST_UPDATE, SECOND_UPDATE);
    for (const bytes of [FIRST_UPDATE, SECOND_UPDATE]) {
      expect(applyUpdate(state, updateOf(bytes))).toEqual({ ok: true, value: 'known' });
    }
    expect(hexOf(encodeState(state))).toBe(hexOf(SNAPSHOT));
  });

  it('[DOC-9] refuses, changing nothing, what comes before its time', () => {
    const first = updateOf(FIRST_UPDATE);
    const later = { ...first, clock: 1 };
    const straddling = { ...first, items: [...first.items, ...first.items] };
    const state = emptyState();
    expect(applyUpdate(state, later)).toEqual({ ok: false, error: 'clock-gap' });
    expect(applyUpdate(state, updateOf(SECOND_UPDATE))).toEqual({ ok: false, error: 'clock-gap' });
    expect(hexOf(encodeState(state))).toBe('0000');
    applyUpdate(state, first);
    expect(applyUpdate(state, straddling)).toEqual({ ok: false, error: 'clock-gap' });
    expect(hexOf(encodeState(state))).toBe(hexOf(encodeState(stateOf(FIRST_UPDATE))));
  });

  it('[DOC-9] deleting what is no longer live is no error', () => {
    const state = stateOf(FIRST_UPDATE, SECOND_UPDATE);
    const { deletes } = updateOf(SECOND_UPDATE);
    const items = updateOf(FIRST_UPDATE).items.map((item) => ({ ...item, client: 5, op: `5.${item.clock}` }));
    expect(applyUpdate(state, { client: 5, clock: 0, items, deletes })).toEqual({ ok: true, value: 'applied' });
    expect(liveOf(state, 'fullName')).toHaveLength(2);
  });

  it('[DOC-9] leaves the document alone of which it changes a clone', () => {
    const state = stateOf(FIRST_UPDATE);
    const before = hexOf(encodeState(state));
    const overlay = cloneState(state);
    applyUpdate(overlay, updateOf(SECOND_UPDATE));
    expect(hexOf(encodeState(state))).toBe(before);
    expect(hexOf(encodeState(overlay))).toBe(hexOf(SNAPSHOT));
  });
});

describe('parseState and encodeState', () => {
  it('[DOC-11] the snapshot keeps its bytes for ever and loads in Yjs to the same', () => {
    const state = stateOf(FIRST_UPDATE, SECOND_UPDATE);
    expect(hexOf(encodeState(state))).toBe(hexOf(SNAPSHOT));
    expect(viewYjs(openYjs(encodeState(state)))).toEqual(viewState(state));
    expect(viewState(state).clocks).toEqual({ 7: 2, 4194305: 3 });
  });

  it('[DOC-12] a snapshot parses to the state it was made of, unknown fields included', () => {
    const state = stateOf(FIRST_UPDATE, SECOND_UPDATE);
    const parsed = parseState(encodeState(state));
    if (!parsed.ok) throw new Error(parsed.error);
    expect(viewState(parsed.value)).toEqual(viewState(state));
    expect(parsed.value.liveBytes).toBe(state.liveBytes);
    expect(new Set(parsed.value.fields.keys())).toEqual(new Set(state.fields.keys()));
    expect(hexOf(encodeState(parsed.value))).toBe(hexOf(SNAPSHOT));
  });

  it('[DOC-11] a client of whom nothing stands keeps its clock', () => {
    const parsed = parseState(bytesOf('01010700 0005 00'));
    if (!parsed.ok) throw new Error(parsed.error);
    expect(nextClock(parsed.value, 7)).toBe(5);
    expect(viewYjs(openYjs(encodeState(parsed.value))).clocks).toEqual({ 7: 5 });
  });

  it('[DOC-12] an empty document is two bytes', () => {
    expect(hexOf(encodeState(emptyState()))).toBe('0000');
    expect(parseState(new Uint8Array(2))).toEqual({ ok: true, value: emptyState() });
  });

  it.each(refused)('[DOC-12] refuses %s', (_, hex, error) => {
    expect(parseState(bytesOf(hex))).toEqual({ ok: false, error });
  });
});
