import { describe, expect, it } from 'vitest';
import { hexOf } from '../base/bytes.ts';
import type { GrammarError } from './entry.ts';
import { elementKey, logKey, registerKey } from './field-key.ts';
import { FIRST_UPDATE, SECOND_UPDATE } from './golden.support.ts';
import { anyBytes, encodeLoose, loosen } from './loose-update.support.ts';
import type { LooseDeletes, LooseSection, LooseStruct, LooseUpdate } from './loose-update.support.ts';
import { MAX_DELETED_IDS, MAX_UPDATE_BYTES, encodeUpdate, parseUpdate } from './update.ts';
import type { DocUpdate } from './update.ts';

/** Returns the update of client 9 from clock 5 on: a name, an element, a log entry; supersedes ids of clients 9 and 7. */
function honest(): DocUpdate {
  const stamp = { client: 9, member: 3, minutes: 900_000 };
  return {
    client: 9,
    clock: 5,
    items: [
      { op: '9.5', clock: 5, field: registerKey('fullName'), value: 'Nguyễn Thị Mai', sizeBytes: 46, ...stamp },
      { op: '9.6', clock: 6, field: elementKey('team', '12'), value: { role: 'lead' }, sizeBytes: 38, ...stamp },
      { op: '9.7', clock: 7, field: logKey('stage'), value: { to: 'open' }, sizeBytes: 34, ...stamp },
    ],
    deletes: [
      { client: 9, clock: 0, length: 2 },
      { client: 9, clock: 4, length: 1 },
      { client: 7, clock: 3, length: 1 },
    ],
  };
}

interface Parts {
  readonly loose: LooseUpdate;
  readonly section: LooseSection;
  readonly first: LooseStruct;
  /** Of client 9, its own, and of client 7. */
  readonly own: LooseDeletes;
  readonly other: LooseDeletes;
}

type Spoil = (parts: Parts) => void;

/** Returns the parts of a fresh honest update. */
function partsOf(update: DocUpdate): Parts {
  const loose = loosen(update);
  const [section] = loose.sections;
  const [own, other] = loose.deletes;
  const first = section?.structs[0];
  if (!section || !own || !other || !first) throw new Error('the honest update has all parts');
  return { loose, section, first, own, other };
}

const id = (client: number, clock: number): Uint8Array => new Uint8Array([client, clock]);

const refused: readonly [string, GrammarError, Spoil][] = [
  ['no section, only deletes', 'empty', ({ loose }) => void (loose.sections = [])],
  ['a section without structs', 'empty', ({ section }) => void (section.structs = [])],
  ['a second section of the same client', 'sections', ({ loose, section }) => void loose.sections.push(section)],
  ['a second client', 'sections', ({ loose, section }) => void loose.sections.push({ ...section, client: 8 })],
  ['201 structs', 'count', ({ section, first }) => void (section.structs = Array.from({ length: 201 }, () => first))],
  ['a huge count of structs', 'count', ({ section }) => void (section.count = 2 ** 40)],
  ['more structs said than there are', 'struct', ({ section }) => void (section.count = 4)],
  ['a client of 33 bits', 'id', ({ section }) => void (section.client = 2 ** 32)],
  ['a clock beyond all', 'id', ({ section }) => void (section.clock = 2 ** 30)],
  ['another clock than the keys say', 'field-key', ({ section }) => void (section.clock = 6)],
  ['another client than the keys say', 'field-key', ({ section }) => void (section.client = 10)],
  ['a GC run', 'struct', ({ first }) => void Object.assign(first, { info: 0, raw: id(1, 0).subarray(0, 1) })],
  ['a Skip', 'struct', ({ first }) => void Object.assign(first, { info: 10, raw: id(1, 0).subarray(0, 1) })],
  ['an origin', 'struct', ({ first }) => void Object.assign(first, { info: 0x88, before: id(7, 1) })],
  ['a right origin', 'struct', ({ first }) => void Object.assign(first, { info: 0x48, before: id(7, 1) })],
  [
    'an origin kept with the key flag',
    'struct',
    ({ first }) => void Object.assign(first, { info: 0xa8, before: id(7, 1) }),
  ],
  ['a list item', 'struct', ({ first }) => void Object.assign(first, { info: 0x08 })],
  ['deleted content', 'struct', ({ first }) => void Object.assign(first, { info: 0x21, content: new Uint8Array() })],
  [
    'JSON content',
    'struct',
    ({ first }) => void Object.assign(first, { info: 0x22, content: new Uint8Array([1, 49]) }),
  ],
  [
    'binary content',
    'struct',
    ({ first }) => void Object.assign(first, { info: 0x23, content: new Uint8Array([1, 0]) }),
  ],
  ['text content', 'struct', ({ first }) => void Object.assign(first, { info: 0x24, content: new Uint8Array() })],
  ['an embed', 'struct', ({ first }) => void Object.assign(first, { info: 0x25 })],
  ['formatting', 'struct', ({ first }) => void Object.assign(first, { info: 0x26 })],
  ['a nested map', 'struct', ({ first }) => void Object.assign(first, { info: 0x27, content: new Uint8Array([1]) })],
  ['a subdocument', 'struct', ({ first }) => void Object.assign(first, { info: 0x29, content: anyBytes({}) })],
  ['an unknown content', 'struct', ({ first }) => void Object.assign(first, { info: 0x2b })],
  ['a parent given by id', 'root', ({ first }) => void Object.assign(first, { parent: 0 })],
  ['another root', 'root', ({ first }) => void Object.assign(first, { root: 'g' })],
  ['a longer root', 'root', ({ first }) => void Object.assign(first, { root: 'ff' })],
  ['the root __proto__', 'root', ({ first }) => void Object.assign(first, { root: '__proto__' })],
  ['a key without op', 'field-key', ({ first }) => void Object.assign(first, { key: 'fullName' })],
  ['a key with the op of another item', 'field-key', ({ first }) => void Object.assign(first, { key: 'fullName@9.6' })],
  ['a key with an op in capitals', 'field-key', ({ first }) => void Object.assign(first, { key: 'fullName@09.5' })],
  ['a key that is no field', 'field-key', ({ first }) => void Object.assign(first, { key: '__proto__' })],
  ['two values in one item', 'content', ({ first }) => void Object.assign(first, { count: 2 })],
  ['no value in an item', 'content', ({ first }) => void Object.assign(first, { count: 0 })],
  ['a huge count of values', 'content', ({ first }) => void Object.assign(first, { count: 2 ** 40 })],
  ['a bare value', 'content', ({ first }) => void Object.assign(first, { content: anyBytes('Mai') })],
  ['a value without time', 'content', ({ first }) => void Object.assign(first, { content: anyBytes(['Mai', 3]) })],
  [
    'a value with more after the time',
    'content',
    ({ first }) => void Object.assign(first, { content: anyBytes(['Mai', 3, 1, 1]) }),
  ],
  ['a member below zero', 'content', ({ first }) => void Object.assign(first, { content: anyBytes(['Mai', -3, 1]) })],
  [
    'a member that is no integer',
    'content',
    ({ first }) => void Object.assign(first, { content: anyBytes(['Mai', 3.5, 1]) }),
  ],
  [
    'a time that is a text',
    'content',
    ({ first }) => void Object.assign(first, { content: anyBytes(['Mai', 3, '1']) }),
  ],
  ['a BigInt', 'tag', ({ first }) => void Object.assign(first, { content: anyBytes([1n, 3, 1]) })],
  ['undefined', 'tag', ({ first }) => void Object.assign(first, { content: anyBytes([undefined, 3, 1]) })],
  ['bytes', 'tag', ({ first }) => void Object.assign(first, { content: anyBytes([new Uint8Array(2), 3, 1]) })],
  ['NaN', 'number', ({ first }) => void Object.assign(first, { content: anyBytes([Number.NaN, 3, 1]) })],
  [
    '__proto__ in a value',
    'key',
    ({ first }) => void Object.assign(first, { content: anyBytes([JSON.parse('{"__proto__":1}'), 3, 1]) }),
  ],
  [
    'nine levels',
    'depth',
    ({ first }) => void Object.assign(first, { content: anyBytes([[[[[[[[[[1]]]]]]]]], 3, 1]) }),
  ],
  [
    '65 clients of deletes',
    'count',
    ({ loose }) => void (loose.deletes = Array.from({ length: 65 }, (_, i) => ({ client: 100 - i, ranges: [[0, 1]] }))),
  ],
  ['a client of deletes without ranges', 'deletes', ({ own }) => void (own.ranges = [])],
  ['clients of deletes ascending', 'deletes', ({ loose }) => void (loose.deletes = loose.deletes.toReversed())],
  ['a client of deletes twice', 'deletes', ({ loose, other }) => void loose.deletes.push(other)],
  ['ranges out of order', 'deletes', ({ own }) => void (own.ranges = own.ranges.toReversed())],
  [
    'ranges that overlap',
    'deletes',
    ({ other }) =>
      void (other.ranges = [
        [0, 3],
        [2, 4],
      ]),
  ],
  [
    'neighbours not joined',
    'deletes',
    ({ other }) =>
      void (other.ranges = [
        [0, 3],
        [3, 4],
      ]),
  ],
  ['an empty range', 'deletes', ({ other }) => void (other.ranges = [[0, 0]])],
  ['a range beyond all', 'deletes', ({ other }) => void (other.ranges = [[0, 2 ** 40]])],
  ['more ids deleted than fields could hold', 'count', ({ other }) => void (other.ranges = [[0, MAX_DELETED_IDS]])],
  ['its own new item deleted', 'deletes', ({ own }) => void (own.ranges = [[4, 2]])],
  ['a trailing byte', 'trailing', ({ loose }) => void (loose.tail = new Uint8Array(1))],
  ['lengths longer than needed', 'varint', ({ loose }) => void (loose.isOverlong = true)],
];

describe('parseUpdate', () => {
  it.each([FIRST_UPDATE, SECOND_UPDATE])('[DOC-6] writes what it read for ever', (bytes) => {
    const parsed = parseUpdate(bytes);
    expect(parsed.ok && hexOf(encodeUpdate(parsed.value))).toBe(hexOf(bytes));
  });

  it('[DOC-6] reads an update for ever', () => {
    const stamp = { client: 4_194_305, member: 4, minutes: 900_007 };
    expect(parseUpdate(SECOND_UPDATE)).toEqual({
      ok: true,
      value: {
        client: 4_194_305,
        clock: 0,
        items: [
          { op: '2hwch.0', clock: 0, field: registerKey('fullName'), value: 'H’Mai Niê', sizeBytes: 44, ...stamp },
          { op: '2hwch.1', clock: 1, field: registerKey('birthOn'), value: null, sizeBytes: 30, ...stamp },
          {
            op: '2hwch.2',
            clock: 2,
            field: logKey('stage'),
            value: { to: 'open', risk: 0.5 },
            sizeBytes: 48,
            ...stamp,
          },
        ],
        deletes: [{ client: 7, clock: 0, length: 1 }],
      },
    });
  });

  it('[DOC-5] takes what an honest edit makes', () => {
    expect(parseUpdate(encodeLoose(loosen(honest())))).toEqual({ ok: true, value: honest() });
    expect(hexOf(encodeUpdate(honest()))).toBe(hexOf(encodeLoose(loosen(honest()))));
  });

  it.each(refused)('[DOC-2] [DOC-5] [DOC-8] refuses %s', (_, error, spoil) => {
    const parts = partsOf(honest());
    spoil(parts);
    expect(parseUpdate(encodeLoose(parts.loose))).toEqual({ ok: false, error });
  });

  it.each(Array.from({ length: 256 }, (_, info) => info).filter((info) => info !== 0x28))(
    '[DOC-2] refuses struct byte %d',
    (info) => {
      const { loose, first } = partsOf(honest());
      first.info = info;
      expect(parseUpdate(encodeLoose(loose)).ok).toBe(false);
    },
  );

  it('[DOC-5] refuses every cut of an honest update', () => {
    const bytes = encodeLoose(loosen(honest()));
    const taken = Array.from(bytes, (_, at) => parseUpdate(bytes.subarray(0, at))).filter((parsed) => parsed.ok);
    expect(taken).toEqual([]);
  });

  it('[DOC-5] holds the size at its limit', () => {
    const sized = (lengthBytes: number): Uint8Array => {
      const item = {
        op: '9.0',
        client: 9,
        clock: 0,
        field: registerKey('note'),
        value: 'x'.repeat(lengthBytes),
        member: 3,
        minutes: 1,
      };
      return encodeUpdate({ client: 9, clock: 0, items: [item], deletes: [] });
    };
    const around = sized(60_000).length - 60_000;
    expect(parseUpdate(sized(MAX_UPDATE_BYTES - around)).ok).toBe(true);
    expect(parseUpdate(sized(MAX_UPDATE_BYTES - around + 1))).toEqual({ ok: false, error: 'size' });
  });

  it('[DOC-7] is as quick to refuse deep or long nonsense as its bytes are few', () => {
    const deep = new Uint8Array(60_000).map((_, at) => (at % 2 === 0 ? 117 : 1));
    const { loose, first } = partsOf(honest());
    first.content = deep;
    expect(parseUpdate(encodeLoose(loose))).toEqual({ ok: false, error: 'content' });
    first.content = Uint8Array.from([117, 3, ...deep]);
    expect(parseUpdate(encodeLoose(loose))).toEqual({ ok: false, error: 'depth' });
  });
});
