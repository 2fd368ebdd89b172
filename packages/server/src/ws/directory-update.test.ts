import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readDirectoryUpdate } from './directory-update.ts';
import { DirectoryDocument, firstDirectory } from './rooms.ts';

const FIRST = {
  villages: {
    v1: { name: 'Thôn Đoài', kind: 'thon', oldNames: [], order: 1 },
    v2: { name: 'Bản Nà Phặc', kind: 'ban', oldNames: ['Nà Phặc'], order: 2 },
  },
  commune: { name: 'Tân Thành' },
} as const;

/** Returns what one transaction of `edit` sends, on a replica of `directory`. */
function updateBy(directory: DirectoryDocument, edit: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, directory.state());
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => edit(doc));
  return Y.mergeUpdates(updates);
}

const directory = new DirectoryDocument([firstDirectory(FIRST)]);

describe('directory updates', () => {
  it('[ROOM-3] what an administrator does with plain values is a change, and is applied', () => {
    const edits: ((doc: Y.Doc) => void)[] = [
      (doc) => doc.getMap('villages').set('v3', { name: 'Làng Kon Klor' }),
      (doc) => doc.getMap('villages').set('v1', { name: 'Thôn Đoài 2', oldNames: ['Thôn Đoài'] }),
      (doc) => doc.getMap('villages').delete('v2'),
      (doc) => {
        for (let i = 0; i < 30; i += 1) doc.getMap('rates').set('support', i);
      },
    ];
    for (const edit of edits) {
      const update = updateBy(directory, edit);
      expect(directory.judge(update)).toBe('change');
      expect(directory.after(update)?.judge(update)).toBe('nothing');
    }
  });

  it('[ROOM-3] a month of edits made elsewhere comes in one piece, overwritten values and all', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, directory.state());
    for (let i = 0; i < 200; i += 1) doc.getMap('villages').set(`v${i % 7}`, { name: `Thôn ${i}` });
    const update = Y.encodeStateAsUpdate(doc, directory.stateVector());
    expect(directory.judge(update)).toBe('change');
    expect(directory.after(update)?.content()).toMatchObject({ villages: { v3: { name: 'Thôn 199' } } });
  });

  it('[ROOM-3] a replica that knows no more says nothing new', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, directory.state());
    expect(directory.judge(Y.encodeStateAsUpdate(doc, directory.stateVector()))).toBe('nothing');
    expect(directory.judge(Y.encodeStateAsUpdate(doc))).toBe('nothing');
  });

  it.each<[string, (doc: Y.Doc) => void]>([
    ['an unknown root', (doc) => doc.getMap('staff').set('a', 1)],
    ['text', (doc) => doc.getText('villages').insert(0, 'x')],
    ['a list', (doc) => doc.getArray('villages').push([1])],
    ['a nested map', (doc) => doc.getMap('villages').set('x', new Y.Map())],
    ['a subdocument', (doc) => doc.getMap('villages').set('x', new Y.Doc())],
    ['bytes', (doc) => doc.getMap('villages').set('x', new Uint8Array(3))],
    ['a dangerous key', (doc) => doc.getMap('villages').set('__proto__', 1)],
    ['a long key', (doc) => doc.getMap('villages').set('x'.repeat(200), 1)],
    ['a huge value', (doc) => doc.getMap('villages').set('x', 'y'.repeat(70_000))],
    ['a deep value', (doc) => doc.getMap('villages').set('x', [[[[[[[[1]]]]]]]])],
    ['a BigInt', (doc) => doc.getMap('villages').set('x', 1n)],
  ])('[ROOM-3] %s is refused', (_name, edit) => {
    expect(directory.judge(updateBy(directory, edit))).toBe('malformed');
  });

  it.each([
    [
      'thirteen bytes that would silence a client for ever',
      [1, 1, 5, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x08, 0],
    ],
    ['a gap', [1, 1, 5, 9, 0, 1, 0]],
    ['two sections of one client', [2, 1, 5, 0, 0, 1, 1, 5, 0, 0, 1, 0]],
    ['a skip', [1, 1, 5, 0, 10, 1, 0]],
    ['deleting what is not there yet', [0, 1, 5, 1, 0, 3]],
    ['trailing bytes', [0, 0, 0]],
    ['V2', [...Y.encodeStateAsUpdateV2(new Y.Doc())]],
    ['nothing at all', []],
  ])('[ROOM-3] %s: refused', (_name, bytes) => {
    expect(directory.judge(new Uint8Array(bytes))).toBe('malformed');
  });

  it('[ROOM-3] fifty thousand damaged updates: none throws, and what passes can be applied whole', () => {
    const honest = updateBy(directory, (doc) => {
      for (let i = 0; i < 8; i += 1) doc.getMap('villages').set(`v${i}`, { name: `Thôn ${i}`, order: i });
    });
    let state = 7;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return (state >>> 8) % below;
    };
    const seen = { nothing: 0, change: 0, malformed: 0 };
    let broken = 0;
    for (let i = 0; i < 50_000; i += 1) {
      const bytes = honest.slice(0, random(20) === 0 ? random(honest.length) : honest.length);
      for (let flips = random(3) + 1; flips > 0; flips -= 1) bytes[random(bytes.length)] = random(256);
      const verdict = directory.judge(bytes);
      seen[verdict] += 1;
      if (verdict === 'change' && directory.after(bytes) === null) broken += 1;
    }
    expect(broken).toBe(0);
    expect(seen.malformed).toBeGreaterThan(10_000);
    expect(seen.change).toBeGreaterThan(1_000);
  }, 60_000);

  it('[ROOM-3] reading is total: any bytes are an update or null', () => {
    for (let length = 0; length < 64; length += 1) {
      for (let fill = 0; fill < 256; fill += 1) {
        const bytes = new Uint8Array(length).fill(fill);
        expect(() => readDirectoryUpdate(bytes)).not.toThrow();
      }
    }
  });
});
