import { must } from '@chungtay/core/base/assert';
import { editDocument } from '@chungtay/core/doc/edit';
import { encodeState } from '@chungtay/core/doc/state';
import { emptyState } from '@chungtay/core/doc/state';
import { HUB_MEMBER } from '@chungtay/core/model/ids';
import type { DeviceId, DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import { CHAIN_START, chainEntry } from '@chungtay/core/sync/audit';
import { NO_PREVIOUS, envelopeHash, minutesOf, signEnvelope } from '@chungtay/core/sync/envelope';
import { entryBody } from '@chungtay/core/sync/hub-record';
import { firstClientOf } from '@chungtay/core/sync/leases';
import { MemoryFeedStore } from '@chungtay/core/sync/memory-feed-store';
import { enrolmentBody } from '@chungtay/core/sync/people-entries';
import type { FeedBatch, FeedEntry } from '@chungtay/core/sync/ports';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSigner } from '../auth/keys.ts';
import { createNodeWorld } from '../ops/world.ts';
import { EMPTY_BATCH, SAMPLE_DEVICE } from '../store/samples.support.ts';
import { verifyFeed } from './verify.ts';
import type { FeedVerification } from './verify.ts';

const { crypto } = createNodeWorld();
const DOCUMENT = '01JTAB00000000000000000001/identity' as DocumentId;
const MEMBER = 7 as MemberNumber;
const COUNT = 12;

/** Returns a Feed of one device that writes one document `COUNT` times. */
async function honestFeed(): Promise<FeedBatch> {
  const signer = createSigner(new Uint8Array(32).fill(5));
  const entries: FeedEntry[] = [];
  const epoch = { type: 'epoch', document: null, member: HUB_MEMBER, device: null, n: 0 } as const;
  let state = emptyState();
  let prev = NO_PREVIOUS;
  for (let n = 1; n <= COUNT; n += 1) {
    const atMs = 1_772_413_200_000 + n * 60_000;
    const edit = {
      client: 65_537,
      member: MEMBER,
      minutes: minutesOf(atMs),
      sets: [{ name: 'note', value: `dòng ${n}` }],
    };
    const edited = editDocument(state, edit);
    if (!edited.ok) throw new Error(edited.error);
    state = edited.value.state;
    const { update } = edited.value;
    const head = { member: MEMBER, device: SAMPLE_DEVICE, client: 65_537, n, prev, document: DOCUMENT, atMs };
    const signed = await signEnvelope({ ...head, seen: new Uint8Array(0), group: null, update }, signer);
    prev = envelopeHash(signed, crypto);
    const draft = {
      atMs,
      type: 'envelope',
      document: DOCUMENT,
      member: MEMBER,
      device: SAMPLE_DEVICE,
      n,
      body: signed.bytes,
    } as const;
    entries.push(chainEntry(draft, entries.at(-1) ?? { seq: 0, hash: CHAIN_START }, crypto));
  }
  const device = {
    device: SAMPLE_DEVICE,
    member: MEMBER,
    signKey: signer.publicKey,
    sealKey: signer.publicKey,
    leases: [[65_537, 65_538]] as const,
    revoked: false,
  };
  const enrolment = { type: 'device', document: null, member: MEMBER, device: SAMPLE_DEVICE, n: 0 } as const;
  const last = must(entries.at(-1), 'a last');
  const begun = chainEntry(
    { ...epoch, atMs: last.atMs, body: entryBody({ epoch: 1, commune: 'ea-wy' }) },
    last,
    crypto,
  );
  const enrolled = chainEntry({ ...enrolment, atMs: last.atMs, body: enrolmentBody(device) }, begun, crypto);
  const head = {
    document: DOCUMENT,
    ordinal: 1,
    owner: MEMBER,
    ownerDevice: SAMPLE_DEVICE,
    lastSeq: COUNT,
    number: null,
  };
  return {
    ...EMPTY_BATCH,
    entries: [...entries, begun, enrolled],
    nextClientId: firstClientOf(1),
    documents: [
      {
        ...head,
        lastAtMs: last.atMs,
        firstAtMs: must(entries[0], 'a first').atMs,
        firstSkewMs: 0,
        state: encodeState(state),
      },
    ],
    devices: [{ ...device, lastN: COUNT, lastHash: prev, lastContactMs: 0 }],
  };
}

async function verify(batch: FeedBatch): Promise<FeedVerification> {
  const store = new MemoryFeedStore();
  await store.commit(batch);
  return verifyFeed(store, crypto);
}

/** Gives the entries their numbers and hashes anew, as one would who wants to hide what he did. */
function rechain(entries: readonly FeedEntry[]): readonly FeedEntry[] {
  const chained: FeedEntry[] = [];
  for (const entry of entries) chained.push(chainEntry(entry, chained.at(-1) ?? { seq: 0, hash: CHAIN_START }, crypto));
  return chained;
}

function changed(
  entries: readonly FeedEntry[],
  at: number,
  change: (entry: FeedEntry) => Partial<FeedEntry>,
): FeedEntry[] {
  return entries.map((entry, i) => (i === at ? { ...entry, ...change(entry) } : entry));
}

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[20] = (copy[20] ?? 0) ^ 1;
  return copy;
}

let honest: FeedBatch;
beforeAll(async () => {
  honest = await honestFeed();
});

describe('verifying the Feed', () => {
  it('[CLI-3] an honest Feed has no problem, and everything in it was gone through', async () => {
    const verification = await verify(honest);
    expect(verification).toMatchObject({ entries: COUNT + 2, documents: 1, damages: [] });
    expect(verification.head).toBe(Buffer.from(must(honest.entries.at(-1), 'a last entry').hash).toString('hex'));
  });

  it('[CLI-3] a change of any entry is found where it is', async () => {
    for (let at = 0; at < COUNT; at += 1) {
      const entries = changed(honest.entries, at, ({ body }) => ({ body: flipped(body) }));
      const { damages } = await verify({ ...honest, entries });
      expect(damages).toContainEqual({ is: 'chain', seq: at + 1 });
      expect(damages).toContainEqual({ is: 'signature', seq: at + 1 });
    }
  });

  it.each<[string, (entries: readonly FeedEntry[]) => readonly FeedEntry[], string]>([
    ['another time', (entries) => changed(entries, 4, ({ atMs }) => ({ atMs: atMs + 1 })), 'chain'],
    [
      'two entries swapped',
      (e) => [...e.slice(0, 3), { ...must(e[4], ''), seq: 4 }, { ...must(e[3], ''), seq: 5 }, ...e.slice(5)],
      'chain',
    ],
    ['an entry cut out, the chain made anew', (entries) => rechain(entries.filter((_, i) => i !== 5)), 'state'],
    ['the last word cut off, the chain made anew', (entries) => rechain(entries.toSpliced(COUNT - 1, 1)), 'state'],
    ['an enrolment cut off, the chain made anew', (entries) => rechain(entries.slice(0, -1)), 'device'],
    [
      'two swapped, the chain made anew',
      (e) => rechain([...e.slice(0, 3), must(e[4], ''), must(e[3], ''), ...e.slice(5)]),
      'update',
    ],
    [
      'one under another document',
      (e) => rechain(changed(e, 2, () => ({ document: '01JTAB00000000000000000002/identity' as DocumentId }))),
      'signature',
    ],
    [
      'one under another device',
      (e) => rechain(changed(e, 2, () => ({ device: '01JTAB000000000000000000B2' as DeviceId }))),
      'signature',
    ],
    [
      'one signed by nobody, the chain made anew',
      (e) => rechain(changed(e, 2, ({ body }) => ({ body: flipped(body) }))),
      'signature',
    ],
  ])('[CLI-3] %s is found', async (_name, tamper, code) => {
    const { damages } = await verify({ ...honest, entries: tamper(honest.entries) });
    expect(damages.map(({ is }) => is)).toContain(code);
  });

  it('[CLI-3] a document that is served otherwise than its envelopes make it is found', async () => {
    const documents = honest.documents.map((row) => ({ ...row, state: encodeState(emptyState()) }));
    expect((await verify({ ...honest, documents })).damages).toEqual([{ is: 'state', document: DOCUMENT }]);
  });
});
