/** A real database with a long Feed in it: several devices that wrote several documents, through the store that the Hub uses. */
import { must } from '@chungtay/core/base/assert';
import { equalScopes, mergeScopes, scopePartOf } from '@chungtay/core/derive/scope';
import { type FieldSet, editDocument } from '@chungtay/core/doc/edit';
import { emptyState, encodeState } from '@chungtay/core/doc/state';
import type { DocState } from '@chungtay/core/doc/state';
import type { DeviceId, DocumentId, FolderId, MemberNumber } from '@chungtay/core/model/ids';
import { EMPTY_SCOPE } from '@chungtay/core/model/principal';
import { chainEntry } from '@chungtay/core/sync/audit';
import { NO_PREVIOUS, envelopeHash, minutesOf, signEnvelope } from '@chungtay/core/sync/envelope';
import { enrolmentBody } from '@chungtay/core/sync/people-entries';
import type { DeviceRow, DocumentHead, FeedBatch, FeedEntry } from '@chungtay/core/sync/ports';
import { type HubPlace, type OpenHub, openHub } from '@chungtay/server/jobs/open-hub';
import { createLog } from '@chungtay/server/ops/log';
import { nodeCrypto, testSigner } from '../../fixtures/world.ts';

const START_MS = 1_772_413_200_000;
const MEMBER = 1 as MemberNumber;
const WRITERS = [1, 2, 3].map((seed) => ({ seed, device: `01JTAB000000000000000000A${seed}` as DeviceId }));
const DOCUMENTS = Array.from({ length: 30 }, (_, at) => `01JTAB00000000000000000${100 + at}/identity` as DocumentId);
const EVERY_JUDGED = 50;
const CLIENTS = 65_536;

/** A log that says nothing. */
export const SILENT = createLog(() => undefined, Date.now);

interface Growing {
  readonly entries: FeedEntry[];
  readonly states: Map<DocumentId, DocState>;
  readonly heads: Map<DocumentId, Omit<DocumentHead, 'state'>>;
  readonly devices: Map<DeviceId, DeviceRow>;
  readonly scopes: FeedBatch['scopes'][number][];
}

/** Writes `count` more entries than the log of this place has; the same ones each time it begins at the same point. */
export async function growLog(place: HubPlace, count: number): Promise<void> {
  const open = await openHub(place, SILENT);
  try {
    await open.feed.commit(await batchOf(open, count));
  } finally {
    await open.close();
  }
}

async function batchOf({ feed, hub }: OpenHub, count: number): Promise<FeedBatch> {
  const image = await feed.load();
  if (image.devices.length > 0) throw new Error('this log has grown already');
  const growing: Growing = { entries: [], states: new Map(), heads: new Map(), devices: new Map(), scopes: [] };
  for (const { seed, device } of WRITERS)
    enrolOne(growing, newDevice(seed, device), growing.entries.at(-1) ?? hub.head());
  for (let at = 0; at < count; at += 1) await growOne(growing, at, growing.entries.at(-1) ?? hub.head());
  const documents = [...growing.heads.values()].map((head) => ({
    ...head,
    state: encodeState(must(growing.states.get(head.document) ?? null, 'its state')),
  }));
  const nothing = { members: [], invitations: [], numbers: [], judged: [], receipts: [] };
  return {
    ...nothing,
    entries: growing.entries,
    scopes: growing.scopes,
    documents,
    devices: [...growing.devices.values()],
    epoch: null,
    nextClientId: null,
  };
}

function enrolOne({ entries, devices }: Growing, row: DeviceRow, after: Pick<FeedEntry, 'seq' | 'hash'>): void {
  const { device, member, lastContactMs: atMs } = row;
  const draft = { atMs, type: 'device', document: null, member, device, n: 0, body: enrolmentBody(row) } as const;
  entries.push(chainEntry(draft, after, nodeCrypto));
  devices.set(device, row);
}

async function growOne(
  { entries, states, heads, devices, scopes }: Growing,
  at: number,
  after: { readonly seq: number; readonly hash: Uint8Array },
): Promise<void> {
  const { seed, device } = must(WRITERS[at % WRITERS.length] ?? null, 'a writer');
  const document = must(DOCUMENTS[at % DOCUMENTS.length] ?? null, 'a document');
  const row = must(devices.get(device) ?? null, 'its row');
  const [client, atMs, n] = [CLIENTS + seed, START_MS + at * 60_000, row.lastN + 1];
  const edit = { client, member: MEMBER, minutes: minutesOf(atMs), sets: setsOf(at) };
  const edited = editDocument(states.get(document) ?? emptyState(), edit);
  if (!edited.ok) throw new Error(edited.error);
  const head = { member: MEMBER, device, client, n, prev: row.lastHash, document, atMs, seen: new Uint8Array(0) };
  const signed = await signEnvelope({ ...head, group: null, update: edited.value.update }, testSigner(seed));
  const type = at % EVERY_JUDGED === EVERY_JUDGED - 1 ? 'judged' : 'envelope';
  const entry = chainEntry({ atMs, type, document, member: MEMBER, device, n, body: signed.bytes }, after, nodeCrypto);
  entries.push(entry);
  devices.set(device, { ...row, lastN: n, lastHash: envelopeHash(signed, nodeCrypto) });
  if (type === 'judged') return;
  states.set(document, edited.value.state);
  label(scopes, entry, edited.value.state, heads.get(document)?.firstAtMs ?? atMs);
  const first = heads.get(document);
  const born = {
    document,
    ordinal: heads.size + 1,
    owner: MEMBER,
    ownerDevice: device,
    number: null,
    firstAtMs: atMs,
    firstSkewMs: 0,
  };
  heads.set(document, { ...(first ?? born), lastSeq: entry.seq, lastAtMs: atMs });
}

/** Each document says a village with its first edit and another with its second. */
function setsOf(at: number): readonly FieldSet[] {
  const village = at < DOCUMENTS.length ? 'thon-dong' : at < 2 * DOCUMENTS.length ? 'thon-tay' : null;
  const name = { name: 'name', value: `Vừ A Sùng ${at}` };
  return village === null ? [name] : [name, { name: 'village', value: village }];
}

function label(scopes: Growing['scopes'], { seq, document }: FeedEntry, state: DocState, firstAtMs: number): void {
  const of = must(document, 'a document');
  const folder = of.split('/')[0] as FolderId;
  const scope = mergeScopes([scopePartOf('identity', state, of, firstAtMs)]);
  const former = scopes.findLast((row) => row.folder === folder)?.scope ?? EMPTY_SCOPE;
  if (!equalScopes(scope, former)) scopes.push({ folder, seq, scope });
}

function newDevice(seed: number, device: DeviceId): DeviceRow {
  const { publicKey } = testSigner(seed);
  const keys = { signKey: publicKey, sealKey: publicKey };
  const past = {
    leases: [[CLIENTS + seed, CLIENTS + seed + 1]] as const,
    lastN: 0,
    lastHash: NO_PREVIOUS,
    lastContactMs: START_MS,
  };
  return { device, member: MEMBER, ...keys, ...past, revoked: false };
}
