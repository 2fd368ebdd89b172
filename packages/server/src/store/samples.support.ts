/** Feed batches of invented content for the tests of the store. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceId, DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import type { FeedBatch, FeedEntry } from '@chungtay/core/sync/ports';

/** Nothing to write. */
export const EMPTY_BATCH: FeedBatch = {
  entries: [],
  documents: [],
  scopes: [],
  members: [],
  devices: [],
  invitations: [],
  numbers: [],
  judged: [],
  receipts: [],
  epoch: null,
  nextClientId: null,
};

/** A device of the samples. */
export const SAMPLE_DEVICE = '01JTAB000000000000000000A1' as DeviceId;

/** A secret of the samples; never a real one. */
export const SAMPLE_KEY: Uint8Array = createHash('sha256').update('sample key').digest();

/** Returns the id of sample document `i`. */
export function sampleDocument(i: number): DocumentId {
  return `0${String(i).padStart(25, '0')}/identity` as DocumentId;
}

/** Returns an entry at `seq` whose body tells the seq. */
function sampleEntry(seq: number): FeedEntry {
  return {
    seq,
    atMs: 1_772_413_200_000 + seq,
    type: 'envelope',
    document: sampleDocument(seq % 50),
    member: 3 as MemberNumber,
    device: SAMPLE_DEVICE,
    n: seq,
    body: Buffer.from(`body of ${seq}`),
    hash: createHash('sha256').update(String(seq)).digest(),
  };
}

/** Returns a batch of `count` entries from `firstSeq` on, with the state of each document touched. */
export function sampleBatch(firstSeq: number, count: number): FeedBatch {
  const entries = Array.from({ length: count }, (_, i) => sampleEntry(firstSeq + i));
  const documents = entries.map(({ seq, atMs }) => ({
    document: sampleDocument(seq % 50),
    ordinal: (seq % 50) + 1,
    owner: 3 as MemberNumber,
    ownerDevice: SAMPLE_DEVICE,
    lastSeq: seq,
    lastAtMs: atMs,
    firstAtMs: atMs,
    firstSkewMs: 0,
    number: null,
    state: Buffer.from(`state at ${seq}`),
  }));
  return { ...EMPTY_BATCH, entries, documents };
}

/** Runs `use` with a fresh folder that is removed afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'chungtay-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
