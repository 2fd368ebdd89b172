import { describe, expect, it } from 'vitest';
import { nodeDeflate, testSigner } from '../../../../test/fixtures/world.ts';
import { hexOf } from '../base/bytes.ts';
import { encodeState } from '../doc/state.ts';
import type { DocumentId } from '../model/ids.ts';
import type { FeedItem } from '../wire/frames.ts';
import { signPack } from '../wire/hub-signature.ts';
import { encodePack, type PackedItem } from '../wire/pack.ts';
import type { HeldDocument } from './replica-reading.ts';
import { feed, freshIdentity, hubSigner, makeDevice, PlainHub, type TestDevice, waitingOf } from './replica.support.ts';
import { openReplica } from './replica.ts';

const CHILDREN = Array.from({ length: 30 }, (_, i) => freshIdentity(100 + i));
const [first, second] = CHILDREN as [DocumentId, DocumentId];
const WORDS = 'Ghi chép thăm hộ: trẻ đi học đều, bà ngoại chăm, nhà xa trường. ';

/** A Hub with thirty children, and the device that wrote them. */
async function commune() {
  const hub = new PlainHub();
  const writer = await makeDevice(1);
  for (const [i, document] of CHILDREN.entries()) {
    const sets = [
      { name: 'name', value: `Hồ Văn ${i}` },
      { name: 'address', value: WORDS.repeat(3) },
    ];
    await writer.replica.edit([{ document, sets }]);
  }
  hub.admit(waitingOf(writer));
  return { hub, writer };
}

async function packOf(items: readonly FeedItem[]): Promise<FeedItem> {
  const bytes = await encodePack(items as readonly PackedItem[], nodeDeflate);
  return ['p', bytes, await signPack(bytes, hubSigner)];
}

function extractOf(document: DocumentId, name: string): FeedItem {
  return ['x', document, 'identity-school', 1_772_500_000_000, JSON.stringify({ name }), new Uint8Array(0)];
}

function told(held: HeldDocument): unknown {
  if (held.access === 'extract') return held;
  const { state, ...beside } = held;
  return { ...beside, state: hexOf(encodeState(state)) };
}

function holdingsOf({ replica }: TestDevice): unknown[] {
  return [...replica.walk()].map(told).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

type Frames = (hub: PlainHub, writer: TestDevice) => Promise<readonly (readonly FeedItem[])[]>;

const all = (hub: PlainHub): FeedItem[] => CHILDREN.map((document) => hub.stateItem(document, 1, 'TE-1'));

const frames: readonly [string, Frames, number][] = [
  ['a pack', async (hub) => [[await packOf(all(hub))]], 30],
  ['a pack and the end of a right in one frame', async (hub) => [[await packOf(all(hub)), ['c', first]]], 29],
  [
    'a pack and an update of one of its documents',
    async (hub, writer) => {
      const pack = await packOf(all(hub));
      const before = waitingOf(writer).length;
      await writer.replica.edit([{ document: second, sets: [{ name: 'name', value: 'Hồ Thị Mới' }] }]);
      return [[pack, ...hub.admit(waitingOf(writer).slice(before))]];
    },
    30,
  ],
  [
    'a pack over what has receipts',
    async (hub) => {
      return [[hub.stateItem(first, 1)], [await packOf(all(hub))]];
    },
    30,
  ],
  [
    'extracts in a pack, one of them followed by the whole document, one closed',
    async (hub) => {
      const extracts = CHILDREN.map((document, i) => extractOf(document, `Hồ Văn ${i}`));
      return [[await packOf(extracts), hub.stateItem(first, 1), ['c', second]]];
    },
    29,
  ],
  [
    'two packs that name one document',
    async (hub) => {
      return [[await packOf(all(hub)), await packOf([hub.stateItem(first, 1, 'TE-2', 1_772_600_000_000)])]];
    },
    30,
  ],
  [
    'an extract in a pack that replaces a document',
    async (hub) => [[await packOf(all(hub))], [['c', first]], [await packOf([extractOf(first, 'Hồ Văn 0')])]],
    30,
  ],
];

describe('packs kept as they came', () => {
  it.each(frames)('[REP-3] %s: the same before and after the end of the process', async (_, framesOf, held) => {
    const { hub, writer } = await commune();
    const device = await makeDevice(3);
    for (const items of await framesOf(hub, writer)) {
      expect(await feed(device, hub, items, false)).toEqual({ ok: true, value: undefined });
      if (items.length === 1 && items[0]?.[0] === 's') await device.replica.sync.receipts([[first, 'health', 5]]);
    }
    const before = holdingsOf(device);
    expect(before).toHaveLength(held);
    await device.restart();
    expect([device.replica.damaged, holdingsOf(device)]).toEqual([0, before]);
    while ((await device.replica.fold(0)) > 0);
    await device.restart();
    expect([device.replica.damaged, holdingsOf(device)]).toEqual([0, before]);
  });

  it('take a third of the disk', async () => {
    const { hub } = await commune();
    const [packed, single] = [await makeDevice(3), await makeDevice(4)];
    const start = packed.store.writtenBytes;
    await feed(packed, hub, [await packOf(all(hub))]);
    await feed(single, hub, all(hub));
    expect(packed.store.writtenBytes - start).toBeLessThan((single.store.writtenBytes - start) / 3);
  });

  it('[REP-6] a damaged one counts as one record, and everything is fetched again', async () => {
    const { hub } = await commune();
    const device = await makeDevice(3);
    await feed(device, hub, [await packOf(all(hub))]);
    for (const key of device.store.keys('log')) device.store.damage('log', key);
    await device.restart();
    expect([device.replica.damaged, device.replica.sync.position.cursor.length]).toEqual([1, 0]);
  });

  it('[REP-9] a document is read once for its row', async () => {
    const { hub } = await commune();
    const template = await makeDevice(3);
    const asked: DocumentId[] = [];
    const replica = await openReplica<DocumentId>({
      world: template.world,
      store: template.store.reopen(),
      signer: testSigner(3),
      identity: template.identity,
      rowOf: ({ document }) => {
        asked.push(document);
        return document;
      },
    });
    const device = { ...template, replica: replica as unknown as TestDevice['replica'] };
    await feed(device, hub, [await packOf(all(hub))]);
    expect(replica.rows().toSorted()).toEqual(CHILDREN.toSorted());
    expect(asked).toHaveLength(CHILDREN.length);
    await feed(device, hub, [['c', first]]);
    expect(replica.rows().toSorted()).toEqual(CHILDREN.slice(1).toSorted());
    expect(asked).toHaveLength(CHILDREN.length);
  });
});
