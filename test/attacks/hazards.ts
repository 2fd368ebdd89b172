/** What was seen to break Yjs, hazard by hazard: bytes that an honest library makes, or nearly. Each must be refused everywhere. */
import { anyBytes, encodeLoose } from '@chungtay/core/doc/loose-update.support';
import type { LooseStruct, LooseUpdate } from '@chungtay/core/doc/loose-update.support';
import { openYjs } from '@chungtay/core/doc/yjs.support';
import * as Y from 'yjs';

/** Whose document it is, and who attacks it. */
export interface Scene {
  readonly snapshot: Uint8Array;
  /** Somebody who wrote there, and his next clock. */
  readonly victim: { readonly client: number; readonly next: number };
  /** The attacker's own client id and its next clock. */
  readonly own: { readonly client: number; readonly next: number; readonly member: number; readonly minutes: number };
  /** A key that stands there. */
  readonly key: string;
}

/** One hazard. */
export interface Hazard {
  readonly name: string;
  readonly make: (scene: Scene) => Uint8Array | readonly Uint8Array[];
}

const KEY = (client: number, clock: number): string => `name@${client.toString(36)}.${clock.toString(36)}`;

/** Every hazard, in the order in which they were measured. */
export const HAZARDS: readonly Hazard[] = [
  { name: 'random bytes', make: () => [1, 17, 36, 300, 60_000].map(noise) },
  {
    name: '17 bytes that say 2^25 values',
    make: (scene) => withContent(scene, Uint8Array.of(117, 0x80, 0x80, 0x80, 0x10), 1),
  },
  { name: '36 bytes that say 2^25 contents', make: (scene) => withContent(scene, Uint8Array.of(126), 2 ** 25) },
  { name: 'truncated at each byte', make: (scene) => cuts(honest(scene)) },
  { name: 'one bit of a struct flipped', make: (scene) => flips(honest(scene), 0, 12) },
  { name: 'a forged client id', make: ({ victim, own }) => edit({ ...own, ...victim }) },
  {
    name: 'a run of 2^40 collected items under the client id of another',
    make: ({ victim }) => gc(victim.client, victim.next, 2 ** 40),
  },
  { name: 'a run of one collected item of his own', make: ({ own }) => gc(own.client, own.next, 1) },
  { name: 'a clock left out', make: ({ own }) => edit({ ...own, next: own.next + 1 }) },
  {
    name: 'hundreds of clocks left out',
    make: ({ own }) => Array.from({ length: 60 }, (_, at) => edit({ ...own, next: own.next + 2 + 2 * at })),
  },
  {
    name: 'a clock used again for other content',
    make: ({ own, victim }) => edit({ ...own, client: victim.client, next: Math.max(0, victim.next - 1) }),
  },
  { name: 'leaning on what never came', make: (scene) => struct(scene, { info: 0x88, before: id(4_000_000, 7) }) },
  {
    name: 'deletes of what is not there yet',
    make: ({ own, victim }) => edit(own, [[victim.client, victim.next, 50]]),
  },
  { name: 'deletes of what is not there yet, of nobody', make: ({ own }) => edit(own, [[4_000_001, 0, 1]]) },
  { name: 'deletes of what another wrote', make: ({ own, victim }) => edit(own, [[victim.client, 0, victim.next]]) },
  {
    name: 'structs that are good and deletes that are not',
    make: ({ own }) => joined(edit(own).slice(0, -1), Uint8Array.of(0x05, 0xff, 0xff)),
  },
  {
    name: 'a key written again, hiding parent and key',
    make: (scene) => byYjs(scene, (doc) => doc.getMap('f').set(scene.key, ['x', 1, 1])),
  },
  {
    name: 'a root that is not in the grammar',
    make: (scene) => byYjs(scene, (doc) => doc.getMap('other').set('a', 1)),
  },
  {
    name: 'four thousand roots',
    make: (scene) => byYjs(scene, (doc) => times(4_000, (at) => doc.getMap(`r${at}`).set('a', 1))),
  },
  {
    name: 'a list item in the root of the map',
    make: (scene) => struct(scene, { info: 0x08, raw: joined(Uint8Array.of(1, 1, 0x66, 1), anyBytes([1, 1, 1])) }),
  },
  {
    name: 'a list in a root of the same name',
    make: ({ own }) => fresh(own.client, (doc) => doc.getArray('f').push([1])),
  },
  { name: 'two sections of one client', make: ({ own }) => sections([edit(own), edit(own)]) },
  {
    name: 'two sections, one of another client',
    make: ({ own, victim }) => sections([edit(own), edit({ ...own, ...victim })]),
  },
  { name: 'a Skip', make: (scene) => struct(scene, { info: 10, raw: Uint8Array.of(1) }) },
  { name: 'a Skip with flag bits', make: (scene) => struct(scene, { info: 0xea, raw: Uint8Array.of(1) }) },
  { name: '50,000 bytes behind the end', make: ({ own }) => joined(edit(own), new Uint8Array(50_000)) },
  { name: 'the key __proto__', make: (scene) => byYjs(scene, (doc) => doc.getMap('f').set('__proto__', ['x', 1, 1])) },
  { name: '__proto__ inside a value', make: (scene) => withValue(scene, JSON.parse('{"__proto__":{"isAdmin":true}}')) },
  { name: 'constructor inside a value', make: (scene) => withValue(scene, { constructor: { prototype: 1 } }) },
  { name: 'a BigInt', make: (scene) => withValue(scene, 1n) },
  { name: 'undefined', make: (scene) => withValue(scene, undefined) },
  {
    name: 'undefined and two values in one item',
    make: (scene) => withContent(scene, joined(anyBytes(undefined), anyBytes(1), anyBytes(2)), 3),
  },
  {
    name: 'NaN, infinities and minus nought',
    make: (scene) => [Number.NaN, Infinity, -Infinity, -0].map((value) => withValue(scene, value)),
  },
  { name: 'a value nested 5,000 deep', make: (scene) => withContent(scene, deep(5_000), 1) },
  { name: 'maps nested 2,000 deep, and one delete', make: nestedMaps },
  {
    name: '8,000 inserts at one place',
    make: ({ own }) => fresh(own.client, (doc) => times(8_000, () => doc.getText('f').insert(0, 'x'))).slice(0, 60_000),
  },
  {
    name: '8,000 one-letter deletes, descending',
    make: ({ own, victim }) =>
      edit(
        own,
        Array.from({ length: 8_000 }, (_, at) => [victim.client, 20_000 - 2 * at, 1] as const),
      ),
  },
  { name: 'one key set 1,000 times without origin', make: (scene) => repeated(scene, 1_000) },
  {
    name: 'a subdocument',
    make: (scene) =>
      byYjs(scene, (doc) =>
        doc.getMap('f').set('name@1.0', new Y.Doc({ guid: '01JQ8ZK3V5T9M2N7P4R6S8W0XY/identity' })),
      ),
  },
  {
    name: '800 subdocuments',
    make: (scene) => byYjs(scene, (doc) => times(800, (at) => doc.getMap('f').set(`s${at}`, new Y.Doc()))),
  },
  { name: 'an XML element that would run a script', make: (scene) => byYjs(scene, addXml) },
  { name: 'rich text', make: (scene) => byYjs(scene, (doc) => doc.getText('f2').insert(0, 'x', { bold: true })) },
  {
    name: 'rich text under the root',
    make: (scene) => byYjs(scene, (doc) => doc.getMap('f').set('name@1.0', new Y.Text('x'))),
  },
  {
    name: 'text with crossed origins',
    make: (scene) =>
      struct(scene, {
        info: 0xc4,
        raw: joined(id(scene.victim.client, 1), id(scene.victim.client, 0), Uint8Array.of(1, 120)),
      }),
  },
  {
    name: 'bytes as a value',
    make: (scene) => byYjs(scene, (doc) => doc.getMap('f').set('name@1.0', new Uint8Array(3))),
  },
  { name: 'an embed', make: (scene) => byYjs(scene, (doc) => doc.getText('t').insertEmbed(0, { image: 'x' })) },
  { name: 'version 2 of the encoding', make: ({ own }) => Y.convertUpdateFormatV1ToV2(edit(own)) },
  { name: 'states of presence', make: () => Uint8Array.of(1, 0xe7, 0x07, 1, 4, 0x6e, 0x75, 0x6c, 0x6c) },
  { name: 'a client id beyond 32 bits', make: ({ own }) => edit({ ...own, client: 2 ** 32 + 5, next: 0 }) },
  { name: 'numbers written longer than needed', make: ({ own }) => encodeLoose({ ...loose(own), isOverlong: true }) },
  { name: 'nothing at all', make: () => [new Uint8Array(), Uint8Array.of(0), Uint8Array.of(0, 0)] },
  {
    name: 'deletes alone',
    make: ({ victim }) => encodeLoose({ ...EMPTY, deletes: [{ client: victim.client, ranges: [[0, 1]] }] }),
  },
  { name: 'the whole document sent back', make: ({ snapshot }) => snapshot },
];

type Own = Scene['own'];
type Deletes = readonly (readonly [number, number, number])[];

const EMPTY: LooseUpdate = { sections: [], deletes: [], tail: new Uint8Array(), isOverlong: false };

function loose(own: Own, deletes: Deletes = [], change: Partial<LooseStruct> = {}): LooseUpdate {
  const content = anyBytes(['Lầu Thị Mỷ', own.member, own.minutes]);
  const item = { info: 0x28, root: 'f', key: KEY(own.client, own.next), count: 1, content, ...change };
  const clients = [...new Set(deletes.map(([client]) => client))];
  return {
    ...EMPTY,
    sections: [{ client: own.client, clock: own.next, structs: [item] }],
    deletes: clients.map((client) => ({
      client,
      ranges: deletes.filter(([of]) => of === client).map(([, clock, length]): [number, number] => [clock, length]),
    })),
  };
}

function edit(own: Own, deletes: Deletes = []): Uint8Array {
  return encodeLoose(loose(own, deletes));
}

function honest({ own }: Scene): Uint8Array {
  return edit(own);
}

function struct({ own }: Scene, change: Partial<LooseStruct>): Uint8Array {
  return encodeLoose(loose(own, [], change));
}

function withContent(scene: Scene, content: Uint8Array, count: number): Uint8Array {
  return struct(scene, { content, count });
}

function withValue(scene: Scene, value: unknown): Uint8Array {
  return withContent(scene, anyBytes([value, scene.own.member, scene.own.minutes]), 1);
}

function repeated({ own }: Scene, count: number): Uint8Array {
  const {
    sections: [section],
  } = loose(own);
  const structs = Array.from({ length: count }, () => section?.structs[0] as LooseStruct);
  return encodeLoose({ ...EMPTY, sections: [{ client: own.client, clock: own.next, structs }] });
}

/** What Yjs itself sends for a transaction on the document, under the attacker's client id. */
function byYjs({ snapshot, own }: Scene, change: (doc: Y.Doc) => unknown): Uint8Array {
  const doc = openYjs(snapshot);
  doc.clientID = own.client;
  const before = Y.encodeStateVector(doc);
  doc.transact(() => void change(doc));
  return Y.encodeStateAsUpdate(doc, before);
}

function fresh(client: number, change: (doc: Y.Doc) => unknown): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  doc.transact(() => void change(doc));
  return Y.encodeStateAsUpdate(doc);
}

/** Yjs cannot make the delete itself: its own collection overflows the stack over it. */
function nestedMaps(scene: Scene): Uint8Array {
  const nested = byYjs(scene, (doc) => {
    let map: Y.Map<unknown> = doc.getMap('f');
    for (let i = 0; i < 2_000; i += 1) {
      const inner = new Y.Map();
      map.set('a', inner);
      map = inner;
    }
  });
  const { client, next } = scene.own;
  return joined(
    nested.slice(0, -1),
    Uint8Array.of(1),
    varint(client),
    Uint8Array.of(1),
    varint(next),
    Uint8Array.of(1),
  );
}

function addXml(doc: Y.Doc): void {
  const element = new Y.XmlElement('img');
  element.setAttribute('onerror', 'alert(1)');
  doc.getXmlFragment('x').insert(0, [element]);
}

function gc(client: number, clock: number, length: number): Uint8Array {
  const item = { info: 0, root: '', key: '', count: 0, content: new Uint8Array(), raw: varint(length) };
  return encodeLoose({ ...EMPTY, sections: [{ client, clock, structs: [item] }] });
}

/** Updates of one section each, made into one of several. */
function sections(updates: readonly Uint8Array[]): Uint8Array {
  return joined(Uint8Array.of(updates.length), ...updates.map((update) => update.slice(1, -1)), Uint8Array.of(0));
}

function id(client: number, clock: number): Uint8Array {
  return joined(varint(client), varint(clock));
}

function varint(value: number): Uint8Array {
  return encodeLoose({ ...EMPTY, deletes: [{ client: value, ranges: [] }] }).slice(2, -1);
}

function deep(levels: number): Uint8Array {
  return Uint8Array.from({ length: 2 * levels }, (_, at) => (at % 2 === 0 ? 117 : 1));
}

function cuts(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: bytes.length }, (_, at) => bytes.slice(0, at));
}

function flips(bytes: Uint8Array, from: number, to: number): readonly Uint8Array[] {
  return Array.from({ length: 8 * (to - from) }, (_, bit) => {
    const copy = bytes.slice();
    const at = from + (bit >> 3);
    copy.set([(copy[at] ?? 0) ^ (1 << (bit & 7))], at);
    return copy;
  });
}

function noise(length: number): Uint8Array {
  let state = length;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function times(count: number, run: (at: number) => unknown): void {
  for (let at = 0; at < count; at += 1) run(at);
}
