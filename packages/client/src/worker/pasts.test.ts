import type { Json } from '@chungtay/core/base/any';
import { type DocumentId, documentIdOf, folderOf, makeFolderId } from '@chungtay/core/model/ids';
import type { AskPart } from '@chungtay/core/sync/document-past';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import type { HistoryPart } from '@chungtay/core/wire/frames';
import { signHistory } from '@chungtay/core/wire/hub-signature';
import { beforeEach, describe, expect, it } from 'vitest';
import { testSigner } from '../../../../test/fixtures/world.ts';
import { browserWorld } from '../platform/world.ts';
import { workplaceOf } from './engine.support.ts';
import { Pasts } from './pasts.ts';
import type { Workplace } from './workplace.ts';

const world = browserWorld();
const hub = testSigner(0);
const NONE = new Uint8Array(0);

let at: Workplace;
let store: MemoryReplicaStore;
/** What the Hub has of each document: the updates, and what it answers in their stead. */
let entries: Map<DocumentId, HistoryPart['entries']>;
let asked: DocumentId[];
let isOnline: boolean;
let pasts: Pasts;

const ask: AskPart = async (document, after) => {
  if (!isOnline) return null;
  asked.push(document);
  const part: HistoryPart = { base: null, entries: entries.get(document) ?? [], next: NONE };
  return { ask: 1, part, isTooFast: false, signature: await signHistory({ document, after, part }, hub) };
};

beforeEach(async () => {
  store = new MemoryReplicaStore();
  at = await workplaceOf('lead', store);
  entries = new Map();
  asked = [];
  isOnline = true;
  pasts = new Pasts(at.replica, { ask, hub: hub.publicKey, world });
});

/** Writes, and has the Hub store it at `atMs`; 0 leaves it waiting. */
async function write(document: DocumentId, values: Readonly<Record<string, Json>>, atMs: number): Promise<void> {
  const sets = Object.entries(values).map(([name, value]) => ({ name, value }));
  expect((await at.replica.edit([{ document, sets }])).ok).toBe(true);
  if (atMs === 0) return;
  for (const { n, signed } of at.replica.sync.outboxAfter(0)) {
    const line: HistoryPart['entries'][number] = [signed.envelope.member, atMs, signed.envelope.update];
    entries.set(document, [...(entries.get(document) ?? []), line]);
    await at.replica.sync.verdicts([{ n, verdict: 'stored', atMs }]);
  }
}

async function child(): Promise<DocumentId> {
  const document = documentIdOf(makeFolderId(world), 'identity');
  await write(document, { village: 'na-pan', name: 'Sùng A Chớ' }, 10);
  await write(document, { name: 'Sùng A Chứ' }, 20);
  return document;
}

function said(items: readonly { readonly field: string; readonly before: Json; readonly after: Json }[]) {
  return items.filter(({ field }) => field === 'name').map(({ before, after }) => [before, after]);
}

describe('the past of an open file', () => {
  it('[HIS-8] tells here what stands, and with the Hub every value with the one before it', async () => {
    const document = await child();
    const folder = folderOf(document);
    const here = pasts.here(folder);
    expect([here.reach, said(here.items)]).toEqual(['here', [[null, 'Sùng A Chứ']]]);
    const fetched = await pasts.fetch(folder);
    expect([fetched.reach, said(fetched.items)]).toEqual([
      'whole',
      [
        ['Sùng A Chớ', 'Sùng A Chứ'],
        [null, 'Sùng A Chớ'],
      ],
    ]);
    const first = fetched.items.findLast(({ field }) => field === 'name');
    expect(pasts.documentAt(document, first?.op ?? '')?.registers['name']?.value).toBe('Sùng A Chớ');
  });

  it('[HIS-8] has own waiting work on top, and asks again only for what changed', async () => {
    const document = await child();
    const folder = folderOf(document);
    await write(document, { name: 'Sùng A Chờ' }, 0);
    expect(said(pasts.here(folder).items)).toEqual([
      ['Sùng A Chứ', 'Sùng A Chờ'],
      [null, 'Sùng A Chứ'],
    ]);
    expect(said((await pasts.fetch(folder)).items)).toHaveLength(3);
    await pasts.fetch(folder);
    expect(asked).toEqual([document]);
    const [{ n } = { n: 0 }] = at.replica.sync.outboxAfter(0);
    await at.replica.sync.verdicts([{ n, verdict: 'stored', atMs: 30 }]);
    expect(pasts.here(folder).reach).toBe('here');
  });

  it('[POL-21] tells nothing of a document that came while the Hub was asked: it is not written down who reads it', async () => {
    const document = await child();
    const folder = folderOf(document);
    const late = documentIdOf(folder, 'support');
    const slow: AskPart = async (...question) => {
      if (!at.replica.documentsOf(folder).includes(late)) await write(late, { feeSupport: true }, 30);
      return ask(...question);
    };
    pasts = new Pasts(at.replica, { ask: slow, hub: hub.publicKey, world });
    const told = async () => new Set((await pasts.fetch(folder)).items.map((item) => item.document));
    expect(await told()).toEqual(new Set([document]));
    expect(await told()).toEqual(new Set([document, late]));
  });

  it('[HIS-8] keeps nothing on the disk, and nothing after the lock', async () => {
    const document = await child();
    const kept = (): readonly string[] => store.allBytes().map((bytes) => Buffer.from(bytes).toString('hex'));
    const before = kept();
    await pasts.fetch(folderOf(document));
    expect(kept()).toEqual(before);
    expect(pasts.here(folderOf(document)).reach).toBe('whole');
    pasts.forget();
    expect(pasts.here(folderOf(document)).reach).toBe('here');
    expect(pasts.documentAt(document, '1.1')).toBeNull();
  });

  it('[HIS-8] without a connection says so; what the Hub may not say is not shown', async () => {
    const document = await child();
    const folder = folderOf(document);
    isOnline = false;
    expect(await pasts.fetch(folder)).toMatchObject({ reach: 'here' });
    isOnline = true;
    const lines = entries.get(document) ?? [];
    entries.set(document, lines.toReversed());
    const refused = await pasts.fetch(folder);
    expect([refused.reach, said(refused.items)]).toEqual(['failed', [[null, 'Sùng A Chứ']]]);
  });

  it('[HIS-8] a file that only lies here is told whole without asking anyone', async () => {
    const document = documentIdOf(makeFolderId(world), 'identity');
    await write(document, { village: 'na-pan', name: 'Sùng A Chớ' }, 0);
    isOnline = false;
    const fetched = await pasts.fetch(folderOf(document));
    expect([fetched.reach, said(fetched.items)]).toEqual(['whole', [[null, 'Sùng A Chớ']]]);
  });
});
