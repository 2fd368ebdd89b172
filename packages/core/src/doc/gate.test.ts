import { describe, expect, it } from 'vitest';
import { editDocument } from './edit.ts';
import type { Edit } from './edit.ts';
import { MAX_LIVE_BYTES, checkUpdate } from './gate.ts';
import type { FieldTable, GateError } from './gate.ts';
import { applyUpdate, emptyState, nextClock } from './state.ts';
import type { DocState } from './state.ts';
import { MAX_LIVE_PER_FIELD } from './update.ts';
import type { DeleteRange, DocUpdate } from './update.ts';

const types = new Map<string, 'register' | 'map' | 'log'>([
  ['fullName', 'register'],
  ['phone', 'register'],
  ['note', 'register'],
  ['team', 'map'],
  ['stage', 'log'],
]);
const fields: FieldTable = {
  typeOf: (name) => types.get(name) ?? null,
  check: (_, value) => value !== null && value !== 'no such value',
};

const SEEN_NOTHING: ReadonlySet<string> = new Set();
const AUTHOR = { client: 20, member: 5, minutes: 1000 };

/** Returns the document of two earlier writers: client 7 wrote name, phone, an element and a log entry; client 9 a phone, unseen. */
function lived(): DocState {
  const state = emptyState();
  const first: Edit = {
    client: 7,
    member: 1,
    minutes: 10,
    sets: [
      { name: 'fullName', value: 'Y Blăm Niê' },
      { name: 'phone', value: '0912 000 111' },
      { name: 'team', code: '1', value: { role: 'lead' } },
    ],
    appends: [{ name: 'stage', value: { to: 'open' } }],
  };
  write(state, first);
  write(state, {
    client: 9,
    member: 2,
    minutes: 20,
    sets: [{ name: 'phone', value: '0912 000 222' }],
    seen: SEEN_NOTHING,
  });
  return state;
}

function draft(state: DocState, edit: Partial<Edit>): DocUpdate {
  const edited = editDocument(state, { ...AUTHOR, ...edit });
  if (!edited.ok) throw new Error(edited.error);
  return edited.value.parsed;
}

function write(state: DocState, edit: Edit): void {
  applyUpdate(state, draft(state, edit));
}

function verdict(state: DocState, update: DocUpdate): GateError | 'admitted' {
  const checked = checkUpdate(update, state, AUTHOR, fields);
  return checked.ok ? 'admitted' : checked.error;
}

/** Returns the author's honest correction of both phones, with other deletes instead of its own when given. */
function phone(deletes?: readonly DeleteRange[]): DocUpdate {
  const update = draft(lived(), { sets: [{ name: 'phone', value: '0912 000 333' }] });
  return deletes === undefined ? update : { ...update, deletes };
}

const rows: readonly [string, GateError | 'admitted', DocUpdate][] = [
  ['[DOC-17] a set that supersedes what it saw', 'admitted', phone()],
  ['[DOC-17] a set that saw nothing', 'admitted', phone([])],
  [
    '[DOC-13] an update under the client id of another',
    'foreign-client',
    draft(lived(), { client: 7, sets: [{ name: 'phone', value: 1 }] }),
  ],
  ['[DOC-13] a clock before the next', 'clock', { ...phone(), clock: -1 }],
  ['[DOC-13] a clock after the next', 'clock', { ...phone(), clock: 1 }],
  ['[DOC-14] the stamp of another member', 'stamp', draft(lived(), { member: 6, sets: [{ name: 'phone', value: 1 }] })],
  [
    '[DOC-14] another time than the envelope says',
    'stamp',
    draft(lived(), { minutes: 1001, sets: [{ name: 'phone', value: 1 }] }),
  ],
  [
    '[DOC-15] a field the kind does not have',
    'unknown-field',
    draft(lived(), { sets: [{ name: 'nickname', value: 1 }] }),
  ],
  [
    '[DOC-15] a field named like an inherited member',
    'unknown-field',
    draft(lived(), { sets: [{ name: 'constructor', value: 1 }] }),
  ],
  [
    '[DOC-15] a register written as a map',
    'field-type',
    draft(lived(), { sets: [{ name: 'phone', code: '1', value: 1 }] }),
  ],
  ['[DOC-15] a map written as a register', 'field-type', draft(lived(), { sets: [{ name: 'team', value: 1 }] })],
  ['[DOC-15] a log written as a register', 'field-type', draft(lived(), { sets: [{ name: 'stage', value: 1 }] })],
  ['[DOC-15] a register written as a log', 'field-type', draft(lived(), { appends: [{ name: 'phone', value: 1 }] })],
  [
    '[DOC-15] a value against the schema',
    'value',
    draft(lived(), { sets: [{ name: 'phone', value: 'no such value' }] }),
  ],
  ['[DOC-15] clearing a register', 'admitted', draft(lived(), { sets: [{ name: 'phone', value: null }] })],
  ['[DOC-15] removing an element', 'admitted', draft(lived(), { sets: [{ name: 'team', code: '1', value: null }] })],
  [
    '[DOC-15] null in a log whose schema does not have it',
    'value',
    draft(lived(), { appends: [{ name: 'stage', value: null }] }),
  ],
  ['[DOC-16] a register set twice', 'set-twice', { ...phone(), items: [...phone().items, ...phone().items] }],
  [
    '[DOC-16] two elements, a register and two log entries at once',
    'admitted',
    draft(lived(), {
      sets: [
        { name: 'team', code: '1', value: 1 },
        { name: 'team', code: '2', value: 1 },
        { name: 'phone', value: 1 },
      ],
      appends: [
        { name: 'stage', value: 1 },
        { name: 'stage', value: 1 },
      ],
    }),
  ],
  ['[DOC-17] deleting the name while setting the phone', 'foreign-delete', phone([{ client: 7, clock: 0, length: 2 }])],
  ['[DOC-17] deleting another element than the one set', 'foreign-delete', phone([{ client: 7, clock: 2, length: 1 }])],
  ['[DOC-18] deleting an entry of a log', 'log-delete', phone([{ client: 7, clock: 3, length: 1 }])],
  [
    '[DOC-18] deleting an entry of the log it appends to',
    'log-delete',
    { ...draft(lived(), { appends: [{ name: 'stage', value: 1 }] }), deletes: [{ client: 7, clock: 3, length: 1 }] },
  ],
  ['[DOC-17] deleting what has not arrived', 'unknown-dependency', phone([{ client: 9, clock: 1, length: 1 }])],
  ['[DOC-17] deleting of a client never heard of', 'unknown-dependency', phone([{ client: 8, clock: 0, length: 1 }])],
  ['[DOC-17] deleting partly what has not arrived', 'unknown-dependency', phone([{ client: 9, clock: 0, length: 2 }])],
];

describe('checkUpdate', () => {
  it.each(rows)('%s: %s', (_, expected, update) => {
    const state = lived();
    const before = structuredClone(state);
    expect(verdict(state, update)).toBe(expected);
    expect(state).toEqual(before);
  });

  it('[DOC-17] two writers who supersede one value are both right', () => {
    const state = lived();
    const mine = phone();
    write(state, { client: 30, member: 8, minutes: 900, sets: [{ name: 'phone', value: '0912 000 444' }] });
    expect(verdict(state, mine)).toBe('admitted');
    applyUpdate(state, mine);
    expect(state.fields.get('phone')?.map(({ client }) => client)).toEqual([30, 20]);
  });

  it('[DOC-13] an update admitted once is refused the second time', () => {
    const state = lived();
    applyUpdate(state, phone());
    expect([verdict(state, phone()), nextClock(state, 20)]).toEqual(['clock', 1]);
  });

  it('[DOC-19] one field takes at most 64 values that nobody chose between', () => {
    const state = lived();
    for (let i = 2; i < MAX_LIVE_PER_FIELD; i += 1) {
      write(state, {
        client: 100 + i,
        member: 1,
        minutes: 30,
        sets: [{ name: 'phone', value: i }],
        seen: SEEN_NOTHING,
      });
    }
    expect(state.fields.get('phone')).toHaveLength(MAX_LIVE_PER_FIELD);
    const blind = { sets: [{ name: 'phone', value: 1 }], seen: SEEN_NOTHING };
    expect(verdict(state, draft(state, blind))).toBe('field-full');
    expect(verdict(state, draft(state, { ...blind, seen: new Set(['7.1']) }))).toBe('admitted');
    expect(verdict(state, draft(state, { sets: [{ name: 'fullName', value: 1 }] }))).toBe('admitted');
  });

  it('[DOC-19] a document takes at most 512 KiB, and may always shrink', () => {
    const state = lived();
    const page = 'x'.repeat(60_000);
    for (let i = 0; i < 8; i += 1)
      write(state, { client: 7, member: 1, minutes: 1, sets: [{ name: 'note', value: page }], seen: SEEN_NOTHING });
    const room = MAX_LIVE_BYTES - state.liveBytes;
    const sized = (lengthBytes: number): DocUpdate =>
      draft(state, { sets: [{ name: 'phone', value: 'x'.repeat(lengthBytes) }], seen: SEEN_NOTHING });
    const around = (sized(20_000).items[0]?.sizeBytes ?? 0) - 20_000;
    expect(verdict(state, sized(room - around))).toBe('admitted');
    expect(verdict(state, sized(room - around + 1))).toBe('document-full');
    applyUpdate(state, sized(room - around));
    expect(verdict(state, draft(state, { appends: [{ name: 'stage', value: 1 }] }))).toBe('document-full');
    expect(verdict(state, draft(state, { sets: [{ name: 'note', value: page }] }))).toBe('admitted');
  });
});
