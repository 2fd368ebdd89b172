import { describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import { editDocument } from './edit.ts';
import type { FieldSet } from './edit.ts';
import type { Entry } from './entry.ts';
import { conflictsOf, equalJson, logOf, readDocument, readField, strictestFirst, valueOf } from './read.ts';
import { applyUpdate, cloneState, emptyState, encodeState, parseState } from './state.ts';
import type { DocState } from './state.ts';

const NOBODY: ReadonlySet<string> = new Set();
const byRisk = strictestFirst(['high', 'medium', 'low']);

/** Returns the document after these people wrote at the same time, none seeing the others: [client, minutes, sets]. */
function written(...people: readonly [number, number, readonly FieldSet[]][]): DocState {
  const state = emptyState();
  for (const [client, minutes, sets] of people) {
    const edited = editDocument(state, { client, member: client + 100, minutes, sets, seen: NOBODY });
    if (!edited.ok) throw new Error(edited.error);
    applyUpdate(state, edited.value.parsed);
  }
  return state;
}

/** An entry of a snapshot reads its value when it is asked. */
function told({ op, client, clock, field, value, member, minutes, sizeBytes }: Entry): Entry {
  return { op, client, clock, field, value, member, minutes, sizeBytes };
}

describe('readDocument', () => {
  it('[DOC-20] keeps every value that two people wrote at once, and shows the later one', () => {
    const state = written(
      [1, 50, [{ name: 'phone', value: '0912 345 678' }]],
      [2, 40, [{ name: 'phone', value: '0987 654 321' }]],
    );
    const phone = readDocument(state).registers.get('phone');
    expect([phone?.value, phone?.at, phone?.member]).toEqual(['0912 345 678', 50, 101]);
    expect(phone?.conflict?.map(({ value, member }) => [value, member])).toEqual([
      ['0912 345 678', 101],
      ['0987 654 321', 102],
    ]);
    expect(conflictsOf(state).map(({ field, entries }) => [field.path, entries.length])).toEqual([['phone', 2]]);
  });

  it.each([
    ['later minutes', [1, 51], [2, 50], 1],
    ['then the greater client', [1, 50], [2, 50], 2],
    ['as numbers, not as text', [9, 50], [10, 50], 10],
  ] as const)('[DOC-20] shows the value of %s', (_, [one, oneAt], [two, twoAt], winner) => {
    const sets = (client: number): FieldSet[] => [{ name: 'village', value: client }];
    for (const people of [
      [one, oneAt, two, twoAt],
      [two, twoAt, one, oneAt],
    ] as const) {
      const state = written([people[0], people[1], sets(people[0])], [people[2], people[3], sets(people[2])]);
      expect(valueOf(state, 'village')).toBe(winner);
    }
  });

  it('[DOC-20] the greater clock of one client is the later one', () => {
    const state = written(
      [1, 50, [{ name: 'village', value: 'Buôn Ako Dhông' }]],
      [1, 50, [{ name: 'village', value: 'Buôn Đung' }]],
    );
    expect(valueOf(state, 'village')).toBe('Buôn Đung');
  });

  it('[DOC-21] shows the strictest value of a field that has an order, whoever was later', () => {
    const strictest = (name: string): typeof byRisk | null => (name === 'risk' ? byRisk : null);
    const state = written(
      [1, 10, [{ name: 'risk', value: 'high' }]],
      [2, 20, [{ name: 'risk', value: 'low' }]],
      [3, 30, [{ name: 'risk', value: 'unheard-of' }]],
    );
    expect(readField(state, 'risk', strictest)?.conflict?.map(({ value }) => value)).toEqual([
      'high',
      'low',
      'unheard-of',
    ]);
    expect(valueOf(state, 'risk', strictest)).toBe('high');
    expect(valueOf(state, 'risk')).toBe('unheard-of');
    expect(readDocument(state, strictest).registers.get('risk')?.value).toBe('high');
    expect(conflictsOf(state, strictest)[0]?.entries[0]?.value).toBe('high');
  });

  it('[DOC-20] two people who wrote the same leave nothing to choose, and an edit still supersedes both', () => {
    const same = (): Json => ({ commune: 'Ea Kao', since: [2024, 5] });
    const state = written([1, 10, [{ name: 'home', value: same() }]], [2, 20, [{ name: 'home', value: same() }]]);
    const home = readField(state, 'home');
    expect([home?.conflict, home?.live.length]).toEqual([null, 2]);
    expect(conflictsOf(state)).toEqual([]);
    const edited = editDocument(state, { client: 3, member: 1, minutes: 30, sets: [{ name: 'home', value: null }] });
    expect(edited.ok && readField(edited.value.state, 'home')).toMatchObject({ value: null, live: [{ client: 3 }] });
  });

  it('[DOC-20] each element of a map stands for itself; a removed one shows null', () => {
    const state = written(
      [
        1,
        10,
        [
          { name: 'team', code: '4', value: { role: 'lead' } },
          { name: 'team', code: '5', value: null },
        ],
      ],
      [2, 20, [{ name: 'team', code: '4', value: { role: 'health' } }]],
    );
    const team = readDocument(state).maps.get('team');
    expect([...(team ?? [])].map(([code, view]) => [code, view.value, view.conflict?.length ?? 0])).toEqual([
      ['4', { role: 'health' }, 2],
      ['5', null, 0],
    ]);
    expect(valueOf(state, 'team:4')).toEqual({ role: 'health' });
  });

  it('[DOC-22] a log keeps all entries by minutes, client, clock', () => {
    const state = emptyState();
    const rows: readonly [number, number, string][] = [
      [9, 30, 'closed'],
      [9, 20, 'open'],
      [10, 20, 'review'],
      [10, 5, 'intake'],
    ];
    for (const [client, minutes, to] of rows) {
      const edited = editDocument(state, { client, member: 1, minutes, appends: [{ name: 'stage', value: to }] });
      if (edited.ok) applyUpdate(state, edited.value.parsed);
    }
    expect(logOf(state, 'stage').map(({ value }) => value)).toEqual(['intake', 'open', 'review', 'closed']);
    expect(readDocument(state).logs.get('stage')).toEqual(logOf(state, 'stage'));
    expect(logOf(state, 'visits')).toEqual([]);
  });

  it('[DOC-20] reads the same from live state, clone and snapshot', () => {
    const state = written(
      [1, 10, [{ name: 'a', value: 1 }]],
      [
        2,
        10,
        [
          { name: 'a', value: 2 },
          { name: 'b', value: 3 },
        ],
      ],
    );
    const parsed = parseState(encodeState(state));
    const stable = ({ registers }: ReturnType<typeof readDocument>): unknown =>
      [...registers]
        .map(([name, { live, conflict, ...shown }]) => [name, shown, live.map(told), conflict?.map(told)] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1));
    expect(parsed.ok && stable(readDocument(parsed.value))).toEqual(stable(readDocument(state)));
    expect(stable(readDocument(cloneState(state)))).toEqual(stable(readDocument(state)));
  });

  it('a field that was never set shows null, even one called like an inherited member', () => {
    expect([valueOf(emptyState(), 'constructor'), readField(emptyState(), 'toString')]).toEqual([null, null]);
  });

  it.each<[Json, Json, boolean]>([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: null }, { b: null }, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [null, {}, false],
    [0, false, false],
    ['', null, false],
  ])('equalJson(%j, %j) is %s', (a, b, isEqual) => {
    expect([equalJson(a, b), equalJson(b, a)]).toEqual([isEqual, isEqual]);
  });
});
