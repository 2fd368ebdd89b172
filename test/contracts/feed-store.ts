import type { FeedBatch, FeedEntry, FeedStore } from '@chungtay/core/sync/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  EMPTY_BATCH,
  deviceRow,
  documentHead,
  feedEntry,
  folderOf,
  memberRow,
  scopeRow,
} from '../fixtures/feed-rows.ts';

/** A store under contract. */
export interface StoreUnderContract {
  readonly store: FeedStore;
  /** Closes the store and opens what it left behind, as after a restart; left out by stores that keep nothing. */
  readonly reopen?: () => Promise<FeedStore>;
  readonly destroy?: () => Promise<void>;
}

/** Says what every FeedStore promises. `make` returns a fresh, empty one. */
export function feedStoreContract(name: string, make: () => Promise<StoreUnderContract>): void {
  describe(`${name} as FeedStore`, () => {
    let subject: StoreUnderContract;
    let store: FeedStore;
    beforeEach(async () => {
      subject = await make();
      store = subject.store;
    });
    afterEach(async () => {
      await store.close();
      await subject.destroy?.();
    });
    const commit = (part: Partial<FeedBatch>): Promise<void> => store.commit({ ...EMPTY_BATCH, ...part });

    it('[STO-10] starts empty, at epoch 1', async () => {
      const image = await store.load();
      expect(image).toMatchObject({ epoch: 1, nextClientId: 1, headSeq: 0, documents: [], scopes: [], members: [] });
      expect(image).toMatchObject({ devices: [], invitations: [], numbers: [] });
      expect(bytesOf(image.headHash)).toEqual(bytesOf(new Uint8Array(32)));
      expect(await store.readEntries(0, 10, 10)).toEqual([]);
    });

    it('[STO-10] gives back everything a commit wrote', async () => {
      const batch = everything();
      await commit(batch);
      const image = await store.load();
      expect(plain(image)).toEqual(
        plain({
          epoch: 2,
          nextClientId: 8_388_608,
          headSeq: 2,
          headHash: batch.entries[1]?.hash,
          documents: batch.documents.map(({ state: _state, ...head }) => head),
          scopes: batch.scopes,
          members: batch.members,
          devices: batch.devices,
          invitations: batch.invitations,
          numbers: batch.numbers,
        }),
      );
      expect(plain(await store.readEntries(0, 2, 10))).toEqual(plain(batch.entries));
      const [document] = batch.documents;
      const states = await store.readStates([document.document, documentHead(9).document]);
      expect([...states.keys()]).toEqual([document.document]);
      expect(plain([...states.values()])).toEqual(plain([document.state]));
    });

    it('[STO-10] keeps it all over a restart', async () => {
      if (!subject.reopen) return;
      await commit(everything());
      const before = plain(await store.load());
      store = await subject.reopen();
      expect(plain(await store.load())).toEqual(before);
      expect(await store.readEntries(0, 9, 9)).toHaveLength(2);
    });

    it('[STO-11] reads entries after one seq up to another, in order, so many at a time', async () => {
      await commit({ entries: [1, 2, 3].map((seq) => feedEntry(seq)) });
      await commit({ entries: [4, 5].map((seq) => feedEntry(seq)) });
      const seqs = async (after: number, upTo: number, limit: number): Promise<number[]> =>
        (await store.readEntries(after, upTo, limit)).map(({ seq }) => seq);
      expect(await seqs(0, 5, 10)).toEqual([1, 2, 3, 4, 5]);
      expect(await seqs(1, 4, 10)).toEqual([2, 3, 4]);
      expect(await seqs(1, 5, 2)).toEqual([2, 3]);
      expect(await seqs(5, 9, 9)).toEqual([]);
    });

    it('[STO-11] reads the envelopes of one document, in order, so many at a time', async () => {
      const other = documentHead(2).document;
      const { document } = documentHead(1);
      const entries = [
        feedEntry(1, { document }),
        feedEntry(2, { document: other }),
        feedEntry(3, { document, type: 'judged' }),
        feedEntry(4, { document }),
        feedEntry(5, { document, type: 'number' }),
        feedEntry(6, { document }),
      ];
      await commit({ entries });
      const seqs = async (after: number, limit: number): Promise<number[]> =>
        (await store.readDocumentEntries(document, after, limit)).map(({ seq }) => seq);
      expect([await seqs(0, 9), await seqs(1, 9), await seqs(0, 2), await seqs(6, 9)]).toEqual([
        [1, 4, 6],
        [4, 6],
        [1, 4],
        [],
      ]);
      expect(plain(await store.readDocumentEntries(other, 0, 9))).toEqual(plain([entries[1]]));
    });

    it('[STO-12] replaces rows of the same key and leaves out nothing else', async () => {
      await commit(everything());
      const document = { ...documentHead(1), lastSeq: 3, number: 'HS 2026/0001', state: Uint8Array.of(9) };
      const device = { ...deviceRow('D'), lastN: 7, leases: [[4, 8] as const, [20, 30] as const], revoked: true };
      const [invitation] = everything().invitations;
      await commit({
        entries: [feedEntry(3)],
        documents: [document],
        devices: [device],
        invitations: [{ ...invitation, usedAtMs: 77 }],
        numbers: [{ series: 'HS 2026', last: 2 }],
      });
      const image = await store.load();
      const { state: _state, ...head } = document;
      expect(plain(image.documents)).toEqual(plain([head]));
      expect(plain(image.devices)).toEqual(plain([device]));
      expect(image.invitations.map(({ usedAtMs }) => usedAtMs)).toEqual([77]);
      expect(image.numbers).toEqual([{ series: 'HS 2026', last: 2 }]);
      expect(image.epoch).toBe(2);
      expect(plain([...(await store.readStates([document.document])).values()])).toEqual(plain([document.state]));
    });

    it('[STO-13] remembers scopes and members as they were at any seq', async () => {
      const folder = folderOf(1);
      await commit({ scopes: [scopeRow(1, 2, 'a')], members: [memberRow(3, 2, 'lead')], entries: entriesTo(0, 2) });
      await commit({ scopes: [scopeRow(1, 5, 'b')], members: [memberRow(3, 4, 'nurse')], entries: entriesTo(2, 5) });
      await commit({ scopes: [scopeRow(2, 6, 'c')], entries: entriesTo(5, 6) });
      const villageAt = async (seq: number): Promise<readonly string[] | undefined> =>
        (await store.readScopeAt(folder, seq))?.villages;
      expect([
        await villageAt(1),
        await villageAt(2),
        await villageAt(4),
        await villageAt(5),
        await villageAt(9),
      ]).toEqual([undefined, ['a'], ['a'], ['b'], ['b']]);
      const roleAt = async (seq: number): Promise<string | undefined> =>
        (await store.readMemberAt(memberRow(3, 2, 'lead').member, seq))?.principal.role;
      expect([await roleAt(1), await roleAt(3), await roleAt(4)]).toEqual([undefined, 'lead', 'nurse']);
      const scopes = await store.readScopesOf(folder);
      expect(scopes.map(({ seq, scope }) => [seq, scope.villages])).toEqual([
        [2, ['a']],
        [5, ['b']],
      ]);
      expect(await store.readScopesOf(folderOf(9))).toEqual([]);
      const rows = await store.readMembersOf(memberRow(3, 2, 'lead').member);
      expect(rows.map(({ seq, principal }) => [seq, principal.role])).toEqual([
        [2, 'lead'],
        [4, 'nurse'],
      ]);
      expect((await store.readScopeChanges(2, 6)).toSorted()).toEqual([folderOf(1), folderOf(2)].toSorted());
      expect(await store.readScopeChanges(5, 6)).toEqual([folderOf(2)]);
      expect((await store.load()).scopes.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual([5, 6]);
      expect((await store.load()).members.map(({ seq }) => seq)).toEqual([4]);
    });

    it('[STO-14] finds an envelope by device and number, stored or judged', async () => {
      const device = deviceRow('D').device;
      await commit({
        entries: [feedEntry(1, { device, n: 1 }), feedEntry(2, { device, n: 2, type: 'judged' })],
        judged: [{ device, n: 2, hash: Uint8Array.of(1, 2), verdict: Uint8Array.of(3) }],
      });
      expect((await store.readStored(device, 1))?.seq).toBe(1);
      expect(await store.readStored(device, 2)).toBeNull();
      expect(await store.readJudged(device, 1)).toBeNull();
      expect(plain(await store.readJudged(device, 2))).toEqual(
        plain({ hash: Uint8Array.of(1, 2), verdict: Uint8Array.of(3) }),
      );
      expect(await store.readJudged(deviceRow('E').device, 2)).toBeNull();
    });

    it('[STO-14] names the documents a device wrote to, each once', async () => {
      const [device, other] = [deviceRow('D').device, deviceRow('E').device];
      const [first, second, third] = [documentHead(1).document, documentHead(2).document, documentHead(3).document];
      await commit({
        entries: [
          feedEntry(1, { device, n: 1, document: first }),
          feedEntry(2, { device: other, n: 1, document: second }),
          feedEntry(3, { device, n: 2, document: first }),
          feedEntry(4, { device, n: 3, document: third }),
          feedEntry(5, { device, n: 4, document: second, type: 'judged' }),
        ],
      });
      expect((await store.readWrittenBy(device)).toSorted()).toEqual([first, third]);
      expect(await store.readWrittenBy(deviceRow('F').device)).toEqual([]);
    });

    it('[STO-15] keeps one receipt a document and agency, the newest', async () => {
      const { document } = documentHead(1);
      await commit({ receipts: [receipt(document, 'police', 5), receipt(document, 'school', 6)] });
      await commit({ receipts: [receipt(document, 'police', 9), receipt(documentHead(2).document, 'police', 9)] });
      const rows = await store.readReceipts([document]);
      expect(rows.toSorted((a, b) => a.agency.localeCompare(b.agency, 'en'))).toEqual([
        { document, agency: 'police', atMs: 9 },
        { document, agency: 'school', atMs: 6 },
      ]);
    });

    it('[STO-16] writes nothing of a batch that cannot be written whole', async () => {
      await commit({ entries: entriesTo(0, 2), numbers: [{ series: 'HS 2026', last: 1 }] });
      const before = plain(await store.load());
      const twice = { entries: [feedEntry(3), feedEntry(2)], numbers: [{ series: 'HS 2026', last: 2 }] };
      await expect(commit(twice)).rejects.toBeInstanceOf(Error);
      expect(plain(await store.load())).toEqual(before);
      await commit({ entries: [feedEntry(3)] });
      expect((await store.load()).headSeq).toBe(3);
    });

    it('[STO-16] an envelope of a device is stored once', async () => {
      const { device } = deviceRow('D');
      await commit({ entries: [feedEntry(1, { device, n: 1 })] });
      await expect(commit({ entries: [feedEntry(2, { device, n: 1 })] })).rejects.toBeInstanceOf(Error);
      expect((await store.load()).headSeq).toBe(1);
    });
  });
}

function everything(): FeedBatch & { readonly documents: readonly [FeedBatch['documents'][number]] } & {
  readonly invitations: readonly [FeedBatch['invitations'][number]];
} {
  return {
    entries: [feedEntry(1), feedEntry(2, { type: 'member', document: null, device: null, n: 0 })],
    documents: [{ ...documentHead(1), state: Uint8Array.of(0, 1, 2, 255) }],
    scopes: [scopeRow(1, 1, 'thon-dong')],
    members: [memberRow(3, 2, 'lead')],
    devices: [deviceRow('D')],
    invitations: [
      { codeHash: 'ab12', member: memberRow(3, 2, 'lead').member, expiresAtMs: 50, usedAtMs: null, isReusable: true },
    ],
    numbers: [{ series: 'HS 2026', last: 1 }],
    judged: [],
    receipts: [],
    epoch: 2,
    nextClientId: 8_388_608,
  };
}

function entriesTo(after: number, upTo: number): FeedEntry[] {
  return Array.from({ length: upTo - after }, (_, i) => feedEntry(after + i + 1));
}

function receipt(
  document: FeedBatch['receipts'][number]['document'],
  agency: string,
  atMs: number,
): FeedBatch['receipts'][number] {
  return { document, agency, seq: atMs, atMs };
}

function bytesOf(bytes: Uint8Array): number[] {
  return [...bytes];
}

/** The same value with every byte array as numbers: a store may give back any kind of view. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return bytesOf(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
