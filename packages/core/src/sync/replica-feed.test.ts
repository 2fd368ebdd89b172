import { describe, expect, it } from 'vitest';
import { nodeDeflate, seededRandom } from '../../../../test/fixtures/world.ts';
import { readDocument, readField } from '../doc/read.ts';
import type { DocumentId } from '../model/ids.ts';
import type { FeedItem } from '../wire/frames.ts';
import { signExtract, signPack } from '../wire/hub-signature.ts';
import { encodePack, type PackedItem } from '../wire/pack.ts';
import { Outage } from './ports.ts';
import {
  documentIn,
  feed,
  freshIdentity,
  hubSigner,
  makeDevice,
  PlainHub,
  storedFor,
  type TestDevice,
  waitingOf,
} from './replica.support.ts';

const child = freshIdentity(1);
const AT_MS = 1_772_500_000_000;

function fieldOf(device: TestDevice, path: string, document: DocumentId = child) {
  const held = device.replica.read(document);
  return held?.access === 'whole' ? readField(held.state, path) : null;
}

function set(device: TestDevice, name: string, value: string, document: DocumentId = child) {
  return device.replica.edit([{ document, sets: [{ name, value }] }]);
}

/** Two devices that hold the same confirmed child. */
async function twoDevices() {
  const hub = new PlainHub();
  const a = await makeDevice(1);
  const b = await makeDevice(2);
  await set(a, 'name', 'Giàng Thị Mai');
  const items = hub.admit(waitingOf(a));
  await a.replica.sync.verdicts(storedFor(waitingOf(a)));
  await feed(a, hub, items);
  await feed(b, hub, items);
  return { hub, a, b };
}

async function extractItem(document: DocumentId, json: string, atMs = AT_MS): Promise<FeedItem> {
  const claim = { document, extract: 'identity-school', atMs, json };
  return ['x', document, claim.extract, atMs, json, await signExtract(claim, hubSigner)];
}

async function packOf(items: readonly PackedItem[]): Promise<FeedItem> {
  const bytes = await encodePack(items, nodeDeflate);
  return ['p', bytes, await signPack(bytes, hubSigner)];
}

describe('confirmed and waiting', () => {
  it('[REP-1] own work stays visible over what others wrote meanwhile, both values kept', async () => {
    const { hub, a, b } = await twoDevices();
    await set(a, 'name', 'Giàng Thị Mài');
    await set(b, 'name', 'Giàng Thị Mái');
    await feed(b, hub, hub.admit(waitingOf(a)));
    expect(
      fieldOf(b, 'name')
        ?.conflict?.map(({ value }) => value)
        .toSorted(),
    ).toEqual(['Giàng Thị Mài', 'Giàng Thị Mái']);
    expect(b.replica.read(child)?.where).toBe('tablet');
    await b.restart();
    expect(fieldOf(b, 'name')?.conflict).toHaveLength(2);
  });

  it('[REP-1] the echo of own work changes nothing, before and after its verdict', async () => {
    const { hub, b } = await twoDevices();
    await set(b, 'carerName', 'Giàng A Tủa');
    const rows = waitingOf(b);
    const items = hub.admit(rows);
    for (const step of ['echo', 'verdict', 'echo'] as const) {
      if (step === 'echo') await feed(b, hub, items);
      else await b.replica.sync.verdicts(storedFor(rows));
      expect(fieldOf(b, 'carerName')?.live).toHaveLength(1);
    }
    expect(b.replica.counts()).toEqual({ onTablet: 1, waiting: 0, quarantined: 0 });
  });

  it('[REP-1] a whole state replaces what was confirmed, waiting work goes on top', async () => {
    const { hub, a, b } = await twoDevices();
    await set(b, 'carerName', 'Giàng A Tủa');
    await set(a, 'fatherName', 'Giàng A Sử');
    hub.admit(waitingOf(a));
    await feed(b, hub, [hub.stateItem(child, 1, 'TE-0012')]);
    expect(fieldOf(b, 'fatherName')?.value).toBe('Giàng A Sử');
    expect(fieldOf(b, 'carerName')?.value).toBe('Giàng A Tủa');
    expect(b.replica.read(child)).toMatchObject({ number: 'TE-0012', where: 'tablet' });
  });

  it('[REP-2] what leans on own waiting work proves that it was stored, though the verdict was lost', async () => {
    const { hub, a, b } = await twoDevices();
    await set(b, 'name', 'Giàng Thị Máy');
    const lost = hub.admit(waitingOf(b));
    await feed(a, hub, lost);
    await a.replica.sync.verdicts(storedFor(waitingOf(a)));
    await set(a, 'name', 'Giàng Thị Mây');
    const [leaning] = hub.admit(waitingOf(a));
    expect(await feed(b, hub, leaning ? [leaning] : [])).toEqual({ ok: true, value: undefined });
    expect(fieldOf(b, 'name')?.value).toBe('Giàng Thị Mây');
    await b.replica.sync.verdicts(storedFor(waitingOf(b)));
    await b.restart();
    expect(fieldOf(b, 'name')).toMatchObject({ value: 'Giàng Thị Mây', conflict: null });
  });

  it('[REP-7] a state older than what is held counts only in a full download; waiting work that then no longer fits goes to quarantine, under a fresh client id', async () => {
    const { hub, a, b } = await twoDevices();
    const older = hub.stateItem(child, 1);
    await set(a, 'name', 'Giàng Thị Mẩy');
    await feed(b, hub, hub.admit(waitingOf(a)));
    await set(b, 'name', 'Giàng Thị Mí');
    expect(await feed(b, hub, [older])).toEqual({ ok: false, error: 'gap' });
    expect(fieldOf(b, 'name')?.value).toBe('Giàng Thị Mí');
    await feed(b, hub, [older]);
    expect(b.replica.counts()).toMatchObject({ quarantined: 1, waiting: 0 });
    expect(b.replica.quarantine()[0]).toMatchObject({ code: 'clock-gap', fields: [{ value: 'Giàng Thị Mí' }] });
    expect(fieldOf(b, 'name')?.value).toBe('Giàng Thị Mai');
    await set(b, 'name', 'Giàng Thị Mỵ');
    const clients = waitingOf(b).map((row) => row.signed.envelope.client);
    expect(new Set(clients).size).toBe(2);
  });
});

describe('a feed frame', () => {
  it('[REP-3] moves the cursor in the commit that carries its bytes', async () => {
    const { hub, a, b } = await twoDevices();
    await set(a, 'name', 'Giàng Thị Mua');
    const before = b.replica.sync.position.cursor;
    b.store.failNext('storage-full');
    const items = hub.admit(waitingOf(a));
    await expect(feed(b, hub, items)).rejects.toEqual(new Outage('storage-full'));
    expect(b.replica.sync.position.cursor).toEqual(before);
    expect(fieldOf(b, 'name')?.value).toBe('Giàng Thị Mai');
    b.store.failNext('kill-after');
    void feed(b, hub, items);
    await b.timeline.advance(0);
    await b.restart();
    expect(b.replica.sync.position.cursor).not.toEqual(before);
    expect(fieldOf(b, 'name')?.value).toBe('Giàng Thị Mua');
  });

  it('[REP-3] with one gap is not applied at all, and everything is fetched again', async () => {
    const { hub, a, b } = await twoDevices();
    const other = freshIdentity(2);
    await set(a, 'name', 'Giàng Thị Mo');
    await set(a, 'name', 'Hờ Thị Sua', other);
    await set(a, 'name', 'Giàng Thị Mỷ');
    const [, second, third] = hub.admit(waitingOf(a));
    const refused = await feed(b, hub, [second, third] as FeedItem[]);
    expect(refused).toEqual({ ok: false, error: 'gap' });
    expect(b.replica.read(other)).toBeNull();
    expect(fieldOf(b, 'name')?.value).toBe('Giàng Thị Mai');
    expect(b.replica.sync.position).toMatchObject({ cursor: new Uint8Array(0), isFetching: true });
  });

  it('[REP-4] closes a document at once when nothing of it waits, else with the last answer', async () => {
    const { hub, a, b } = await twoDevices();
    await set(b, 'carerName', 'Giàng A Tủa');
    for (const device of [a, b]) await feed(device, hub, [['c', child]]);
    expect(a.replica.read(child)).toBeNull();
    expect(b.replica.read(child)?.where).toBe('tablet');
    expect(await set(b, 'carerName', 'Giàng A Dơ')).toMatchObject({ ok: false, error: { reason: 'not-here' } });
    await b.restart();
    await b.replica.sync.verdicts(storedFor(waitingOf(b)));
    expect(b.replica.read(child)).toBeNull();
    await a.restart();
    expect(a.replica.counts().onTablet + b.replica.counts().onTablet).toBe(0);
  });

  it('[REP-4] closed in a full download, a document goes with the last answer too', async () => {
    const { hub, b } = await twoDevices();
    await set(b, 'carerName', 'Giàng A Tủa');
    await b.replica.sync.refetch();
    await feed(b, hub, [['c', child]]);
    expect(b.replica.read(child)?.where).toBe('tablet');
    await b.replica.sync.verdicts(waitingOf(b).map(({ n }) => ({ n, verdict: 'duplicate', atMs: AT_MS })));
    expect(b.replica.read(child)).toBeNull();
  });

  it('[REP-6] a full download leaves what was not sent again closed, and only when it is complete', async () => {
    const { hub, a, b } = await twoDevices();
    const other = freshIdentity(2);
    await set(a, 'name', 'Hờ Thị Sua', other);
    await feed(b, hub, hub.admit(waitingOf(a)));
    await b.replica.sync.refetch();
    await feed(b, hub, [hub.stateItem(other, 1)], false);
    expect(b.replica.read(child)).not.toBeNull();
    await feed(b, hub, [], true);
    expect(b.replica.read(child)).toBeNull();
    expect(fieldOf(b, 'name', other)?.value).toBe('Hờ Thị Sua');
    expect(b.replica.sync.position.isFetching).toBe(false);
  });
});

describe('packs and extracts', () => {
  it('[REP-9] a pack signed by the Hub brings its documents', async () => {
    const { hub } = await twoDevices();
    const c = await makeDevice(3);
    const second = documentIn(freshIdentity(9), 'identity');
    const pack = await packOf([
      hub.stateItem(child, 1, 'TE-0001') as PackedItem,
      (await extractItem(second, '{"name":"Kpă H’Nhi"}')) as PackedItem,
    ]);
    expect((await feed(c, hub, [pack])).ok).toBe(true);
    expect(fieldOf(c, 'name')?.value).toBe('Giàng Thị Mai');
    expect(c.replica.read(second)).toMatchObject({ access: 'extract', values: { name: 'Kpă H’Nhi' } });
    expect(c.replica.documentsOf(second.split('/')[0] as never)).toEqual([second]);
  });

  it('[REP-9] a pack or extract that the Hub did not sign is refused, and all that came with it', async () => {
    const { hub, b } = await twoDevices();
    const [, bytes, signature] = (await packOf([hub.stateItem(child, 1) as PackedItem])) as [
      string,
      Uint8Array,
      Uint8Array,
    ];
    const forged = signature.slice();
    forged[5] = (forged[5] ?? 0) ^ 1;
    const [x, document, extract, atMs] = await extractItem(child, '{"name":"A"}');
    for (const bad of [
      ['p', bytes, forged],
      [x, document, extract, atMs, '{"name":"B"}', (await extractItem(child, '{"name":"A"}'))[5]],
    ] as FeedItem[]) {
      const before = b.replica.sync.position;
      expect(await feed(b, hub, [['c', child], bad])).toEqual({ ok: false, error: 'malformed' });
      expect(b.replica.sync.position).toEqual(before);
      expect(fieldOf(b, 'name')?.value).toBe('Giàng Thị Mai');
    }
  });

  it('[REP-8] the packs of one frame unpack to 16 MiB and no more', async () => {
    const { hub, b } = await twoDevices();
    const folders = [freshIdentity(21), freshIdentity(22)];
    const json = `{"name":"${'x'.repeat(900_000)}"}`;
    const packs = await Promise.all(folders.map(async (one) => packOf([(await extractItem(one, json)) as PackedItem])));
    const many = Array.from({ length: 9 }, () => packs).flat();
    expect(await feed(b, hub, [['c', child], ...many, ...many])).toEqual({ ok: false, error: 'malformed' });
    expect(fieldOf(b, 'name')?.value).toBe('Giàng Thị Mai');
    expect((await feed(b, hub, many)).ok).toBe(true);
  });

  it('[REP-9] an extract replaces the former one, and the whole document replaces both', async () => {
    const { hub } = await twoDevices();
    const c = await makeDevice(3);
    await feed(c, hub, [await extractItem(child, '{"name":"Mai"}')]);
    await feed(c, hub, [await extractItem(child, '{"name":"Mây"}', AT_MS + 1)]);
    expect(c.replica.read(child)).toMatchObject({ access: 'extract', values: { name: 'Mây' } });
    await feed(c, hub, [hub.stateItem(child, 1)]);
    expect(c.replica.read(child)?.access).toBe('whole');
    await feed(c, hub, [['c', child], await extractItem(child, '{"name":"Mẩy"}', AT_MS + 2)]);
    expect(c.replica.read(child)).toMatchObject({ access: 'extract', values: { name: 'Mẩy' } });
    await c.restart();
    expect(c.replica.read(child)?.access).toBe('extract');
  });
});

describe('hostile bytes from the Hub', () => {
  it('[REP-8] 20,000 damaged items never throw, never half-apply, and what was good stays', async () => {
    const { hub, a, b } = await twoDevices();
    await set(a, 'fatherName', 'Giàng A Sử');
    const update = hub.admit(waitingOf(a))[0] as readonly ['u', string, number, number, Uint8Array, null];
    const state = hub.stateItem(child, 1) as Extract<FeedItem, readonly ['s', ...unknown[]]>;
    const random = seededRandom(11);
    await feed(b, hub, [hub.stateItem(child, 1)]);
    const held = b.replica.read(child);
    const before = held?.access === 'whole' ? readDocument(held.state) : null;
    let refused = 0;
    for (let i = 0; i < 20_000; i += 1) {
      const item = i % 2 === 0 ? update : state;
      const bytes = item[4].slice(0, random() < 0.2 ? 9 : undefined);
      for (let flips = 1 + Math.floor(random() * 3); flips > 0; flips -= 1)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const damaged = [item[0], item[1], item[2], item[3], bytes, ...item.slice(5)] as unknown as FeedItem;
      // the closing alone would take the document away, were the frame applied by halves
      const outcome = await feed(b, hub, [['c', child], hub.stateItem(child, 1), damaged]);
      if (outcome.ok) await feed(b, hub, [hub.stateItem(child, 1)]);
      else refused += 1;
      expect(b.replica.read(child)).not.toBeNull();
    }
    // the others changed only what a value says, as the Hub itself could
    expect(refused).toBeGreaterThan(15_000);
    await feed(b, hub, [hub.stateItem(child, 1)]);
    const now = b.replica.read(child);
    expect(now?.access === 'whole' ? readDocument(now.state) : null).toEqual(before);
  });

  it.each([
    ['a document id that is none', ['s', 'x', 1, AT_MS, new Uint8Array([0, 0]), null, AT_MS, 0]],
    ['an extract that is no object', ['x', child, 'identity-school', AT_MS, '[1]', new Uint8Array(64)]],
    ['a closed document that is none', ['c', 'constructor']],
    ['a pack that is no block', ['p', new Uint8Array(9), new Uint8Array(64)]],
  ])('[REP-8] %s is refused', async (_what, item) => {
    const { hub, b } = await twoDevices();
    expect(await feed(b, hub, [item as unknown as FeedItem])).toEqual({ ok: false, error: 'malformed' });
  });
});

describe('receipts', () => {
  it('[DL-9] a document keeps its first receipt, over updates, restarts and a lost verdict', async () => {
    const { hub, a } = await twoDevices();
    const receiptOf = (device: TestDevice) => {
      const held = device.replica.read(child);
      return held?.access === 'whole' ? held.firstReceipt : null;
    };
    expect(receiptOf(a)).toEqual({ atMs: AT_MS, skewMs: 0 });
    await set(a, 'name', 'Giàng Thị Mận');
    const rows = waitingOf(a);
    hub.admit(rows);
    await a.replica.sync.verdicts(storedFor(rows, AT_MS + 7_000));
    expect(receiptOf(a)).toEqual({ atMs: AT_MS, skewMs: 0 });
    await feed(a, hub, [hub.stateItem(child, 1, null, AT_MS + 5_000)]);
    await a.restart();
    expect(receiptOf(a)).toEqual({ atMs: AT_MS - 4_000, skewMs: 0 });
    const c = await makeDevice(3);
    await set(c, 'name', 'Giàng Thị Mây');
    expect(receiptOf(c)).toBeNull();
    await c.replica.sync.verdicts([{ n: 1, verdict: 'duplicate', skewMs: -90_000, atMs: AT_MS }]);
    expect(receiptOf(c)).toEqual({ atMs: AT_MS, skewMs: -90_000 });
  });

  it('[REP-12] beyond 64 agencies nothing is kept: there are no more', async () => {
    const { a } = await twoDevices();
    await a.replica.sync.receipts(Array.from({ length: 10_000 }, (_, at) => [child, `agency ${at}`, AT_MS]));
    expect(a.replica.read(child)?.receipts).toHaveLength(64);
  });

  it('[REP-12] say which agencies hold a document and since when: the first stands, over updates and restarts', async () => {
    const { hub, a } = await twoDevices();
    await a.replica.sync.receipts([
      [child, 'police', AT_MS + 3],
      [child, 'police', AT_MS + 5],
      [freshIdentity(7), 'police', AT_MS],
    ]);
    await set(a, 'name', 'Giàng Thị Mận');
    const rows = waitingOf(a);
    hub.admit(rows);
    await a.replica.sync.verdicts(storedFor(rows));
    await a.restart();
    expect(a.replica.read(child)?.receipts).toEqual([['police', AT_MS + 3]]);
    await feed(a, hub, [hub.stateItem(child, 1)]);
    expect(a.replica.read(child)?.receipts).toEqual([['police', AT_MS + 3]]);
  });
});
