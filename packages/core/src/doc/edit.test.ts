import { describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import { hexOf } from '../base/bytes.ts';
import { editDocument } from './edit.ts';
import type { Edit, EditError, FieldSet } from './edit.ts';
import { FIRST_UPDATE, SECOND_UPDATE, SNAPSHOT } from './golden.support.ts';
import { liveOf } from './state.ts';
import { applyUpdate, emptyState, encodeState, parseState } from './state.ts';
import type { DocState } from './state.ts';
import { MAX_DELETE_CLIENTS, MAX_ITEMS } from './update.ts';
import { editYjs, openYjs, viewState, viewYjs } from './yjs.support.ts';

const BY = { client: 20, member: 5, minutes: 1000 };

function edited(state: DocState, edit: Edit): DocState {
  const result = editDocument(state, edit);
  if (!result.ok) throw new Error(result.error);
  return result.value.state;
}

/** Returns a document where `writers` people set the phone at once, then client 7 the name. */
function contested(writers: number): DocState {
  const state = emptyState();
  for (let client = 100; client < 100 + writers; client += 1) {
    const edit = {
      client,
      member: client,
      minutes: 5,
      sets: [{ name: 'phone', value: client }],
      seen: new Set<string>(),
    };
    const result = editDocument(state, edit);
    if (result.ok) applyUpdate(state, result.value.parsed);
  }
  return edited(state, {
    client: 7,
    member: 1,
    minutes: 6,
    sets: [
      { name: 'fullName', value: 'H’Nuĕ' },
      { name: 'birthOn', value: '2019' },
    ],
  });
}

const edits: readonly [string, Partial<Edit>][] = [
  ['one field', { sets: [{ name: 'phone', value: '0912 000 111' }] }],
  [
    'neighbours of one client',
    {
      sets: [
        { name: 'birthOn', value: 1 },
        { name: 'fullName', value: 2 },
      ],
    },
  ],
  [
    'everything at once',
    {
      sets: [
        { name: 'phone', value: null },
        { name: 'team', code: 'a-B_9', value: { a: [0.5, 2 ** 40] } },
        { name: 'birthOn', value: '' },
      ],
      appends: [
        { name: 'stage', value: 'closed' },
        { name: 'stage', value: [] },
      ],
    },
  ],
  ['part of what stands', { sets: [{ name: 'phone', value: 1 }], seen: new Set(['2s.0', '2u.0', 'zz.0']) }],
  ['a field unseen', { sets: [{ name: 'phone', value: 1 }], seen: new Set() }],
  ['only log entries', { appends: [{ name: 'stage', value: 'x'.repeat(5000) }] }],
  ['under a 32-bit client id', { client: 4_294_967_295, sets: [{ name: 'phone', value: 'Đắk Nông' }] }],
  ['under the client that wrote before', { client: 7, sets: [{ name: 'fullName', value: 1 }] }],
];

const impossible: readonly [string, EditError, Partial<Edit>][] = [
  ['nothing', 'empty', {}],
  ['no sets', 'empty', { sets: [], appends: [] }],
  ['a name outside the grammar', 'field-key', { sets: [{ name: 'Full name', value: 1 }] }],
  ['a name that smuggles a code', 'field-key', { sets: [{ name: 'team:1', value: 1 }] }],
  ['an empty code', 'field-key', { sets: [{ name: 'team', code: '', value: 1 }] }],
  [
    'a register twice',
    'set-twice',
    {
      sets: [
        { name: 'phone', value: 1 },
        { name: 'phone', value: 2 },
      ],
    },
  ],
  [
    'an element twice',
    'set-twice',
    {
      sets: [
        { name: 'team', code: '1', value: 1 },
        { name: 'team', code: '1', value: 2 },
      ],
    },
  ],
  ['a value that is undefined', 'value', { sets: [{ name: 'phone', value: undefined as unknown as Json }] }],
  ['a value with bytes', 'value', { appends: [{ name: 'stage', value: new Uint8Array(1) as unknown as Json }] }],
  ['a value too deep', 'value', { sets: [{ name: 'phone', value: [[[[[[[[[1]]]]]]]]] }] }],
  ['a page too long', 'size', { sets: [{ name: 'note', value: 'x'.repeat(65_000) }] }],
  ['201 entries', 'count', { appends: Array.from({ length: MAX_ITEMS + 1 }, () => ({ name: 'stage', value: 1 })) }],
];

describe('editDocument', () => {
  it('[DOC-23] makes the same bytes for ever', () => {
    const sets: FieldSet[] = [
      { name: 'fullName', value: 'Nguyễn Thị Mai' },
      { name: 'team', code: '12', value: { role: 'lead' } },
    ];
    const first = editDocument(emptyState(), { client: 7, member: 3, minutes: 900_000, sets });
    expect(first.ok && hexOf(first.value.update)).toBe(hexOf(FIRST_UPDATE));
    const second = editDocument(first.ok ? first.value.state : emptyState(), {
      client: 4_194_305,
      member: 4,
      minutes: 900_007,
      sets: [
        { name: 'fullName', value: 'H’Mai Niê' },
        { name: 'birthOn', value: null },
      ],
      appends: [{ name: 'stage', value: { to: 'open', risk: 0.5 } }],
    });
    expect(second.ok && [second.value.update, encodeState(second.value.state)].map(hexOf)).toEqual(
      [SECOND_UPDATE, SNAPSHOT].map(hexOf),
    );
  });

  it.each(edits)('[DOC-23] writes %s as Yjs does, byte for byte, to the same effect', (_, edit) => {
    const state = contested(5);
    const doc = openYjs(encodeState(state));
    const ours = editDocument(state, { ...BY, ...edit });
    expect(ours.ok && hexOf(ours.value.update)).toBe(hexOf(editYjs(doc, { ...BY, ...edit })));
    expect(ours.ok && viewState(ours.value.state)).toEqual(viewYjs(doc));
  });

  it('[DOC-24] supersedes what stands, and leaves the given document as it was', () => {
    const state = contested(3);
    const before = hexOf(encodeState(state));
    const after = edited(state, { ...BY, sets: [{ name: 'phone', value: 1 }] });
    expect(liveOf(after, 'phone').map(({ value }) => value)).toEqual([1]);
    expect(hexOf(encodeState(state))).toBe(before);
  });

  it('[DOC-24] a value the person had not seen stays beside the new one', () => {
    const state = contested(3);
    const seen = new Set(
      liveOf(state, 'phone')
        .slice(0, 2)
        .map(({ op }) => op),
    );
    const after = edited(state, { ...BY, sets: [{ name: 'phone', value: 1 }], seen });
    expect(liveOf(after, 'phone').map(({ value }) => value)).toEqual([102, 1]);
  });

  it('[DOC-24] seen ops of other fields delete nothing there', () => {
    const state = contested(2);
    const seen = new Set(state.live.keys());
    const after = edited(state, { ...BY, sets: [{ name: 'phone', value: 1 }], seen });
    expect([...after.fields.keys()].toSorted()).toEqual(['birthOn', 'fullName', 'phone']);
  });

  it.each(impossible)('[DOC-25] refuses %s', (_, error, edit) => {
    expect(editDocument(contested(1), { ...BY, ...edit })).toEqual({ ok: false, error });
  });

  it('[DOC-25] refuses to supersede more writers than one update may delete', () => {
    const enough = contested(MAX_DELETE_CLIENTS);
    expect(editDocument(enough, { ...BY, sets: [{ name: 'phone', value: 1 }] }).ok).toBe(true);
    const both = {
      sets: [
        { name: 'phone', value: 1 },
        { name: 'fullName', value: 1 },
      ],
    };
    expect(editDocument(enough, { ...BY, ...both })).toEqual({ ok: false, error: 'count' });
  });

  it('[DOC-12] fields this release does not know survive snapshot, edit and snapshot', () => {
    const state = edited(contested(1), { ...BY, sets: [{ name: 'fieldOfNextYear', value: { a: 1 } }] });
    const parsed = parseState(encodeState(state));
    const after = edited(parsed.ok ? parsed.value : emptyState(), { ...BY, sets: [{ name: 'phone', value: 1 }] });
    expect(liveOf(after, 'fieldOfNextYear').map(({ value }) => value)).toEqual([{ a: 1 }]);
  });
});
