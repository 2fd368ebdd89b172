import { seededRandom, testSigner, testWorld, Timeline } from '../../../../test/fixtures/world.ts';
import { must } from '../base/assert.ts';
/** Devices for tests: a replica on a memory store, and what a Hub would tell it, made by hand. */
import type { Result } from '../base/result.ts';
import type { World } from '../base/world.ts';
import { applyUpdate, type DocState, emptyState, encodeState } from '../doc/state.ts';
import type { DocumentId, FolderId, MemberNumber } from '../model/ids.ts';
import { documentIdOf, folderOf, makeUlid } from '../model/ids.ts';
import { EVERYWHERE, type Principal } from '../model/principal.ts';
import type { Role } from '../model/role.ts';
import type { FeedItem, Verdict } from '../wire/frames.ts';
import { NO_PREVIOUS } from './envelope.ts';
import { MemoryReplicaStore } from './memory-replica-store.ts';
import type { OutboxRow } from './outbox.ts';
import type { Identity } from './replica-core.ts';
import { openReplica, type Replica } from './replica.ts';

/** The Hub's key pair of the tests. */
export const hubSigner = testSigner(0);

/** A device under test. */
export interface TestDevice {
  readonly world: World;
  readonly timeline: Timeline;
  readonly identity: Identity;
  store: MemoryReplicaStore;
  replica: Replica;
  /** Restarts the process on the same disk. */
  restart(): Promise<void>;
}

/** Returns the principal of a member. */
export function principalFor(
  member: number,
  role: Role = 'lead',
  villages: readonly string[] = [EVERYWHERE],
): Principal {
  return { member: member as MemberNumber, role, villages, schools: [], namedFor: [], untilMs: null };
}

/** Returns an enrolled device that has met its Hub once: it knows its person and holds 100 client ids. */
export async function makeDevice(seed: number, role: Role = 'lead', villages?: readonly string[]): Promise<TestDevice> {
  const timeline = new Timeline();
  const world = testWorld(timeline, seed);
  const identity = {
    member: seed as MemberNumber,
    device: makeUlid(world) as string as Identity['device'],
    hubKey: hubSigner.publicKey,
    epoch: 1,
    passport: Uint8Array.of(1, 2, 3),
  };
  const store = new MemoryReplicaStore();
  const open = (on: MemoryReplicaStore) => openReplica({ world, store: on, signer: testSigner(seed), identity });
  const device: TestDevice = {
    world,
    timeline,
    identity,
    store,
    replica: await open(store),
    restart: async () => {
      device.store = device.store.reopen();
      device.replica = await open(device.store);
    },
  };
  await device.replica.sync.welcome({
    principal: principalFor(seed, role, villages),
    leases: [[seed * 1_000, seed * 1_000 + 100]],
    epoch: identity.epoch,
    lastN: 0,
    lastHash: NO_PREVIOUS,
  });
  return device;
}

/** Returns a fresh child folder's identity document. */
export function freshIdentity(seed: number): DocumentId {
  const timeline = new Timeline();
  timeline.nowMs += seed * 1_000;
  return documentIdOf(makeUlid(testWorld(timeline, seed)) as string as FolderId, 'identity');
}

/** Returns the rows that wait on a device. */
export function waitingOf(device: TestDevice): readonly OutboxRow[] {
  return device.replica.sync.outboxAfter(0);
}

/** A Hub's view of documents, without rights or checks: enough to make feed items. */
export class PlainHub {
  readonly states = new Map<DocumentId, DocState>();
  readonly #random = seededRandom(7);

  /** Admits rows; returns their update items. */
  admit(rows: readonly OutboxRow[], atMs = 1_772_500_000_000): FeedItem[] {
    return rows.map((row) => {
      const state = this.states.get(row.document) ?? emptyState();
      must(applyUpdate(state, row.update).ok || null, 'an update that fits');
      this.states.set(row.document, state);
      return ['u', row.document, row.signed.envelope.member, atMs, row.signed.envelope.update, null];
    });
  }

  /** Returns the state item of a document. */
  stateItem(document: DocumentId, owner: number, number: string | null = null, atMs = 1_772_500_000_000): FeedItem {
    const state = encodeState(must(this.states.get(document), 'state'));
    return ['s', document, owner, atMs, state, number, atMs - 9_000, 0];
  }

  /** Returns a fresh opaque cursor. */
  cursor(): Uint8Array {
    return Uint8Array.from({ length: 24 }, () => Math.floor(this.#random() * 256));
  }
}

/** Returns verdicts `stored` for rows. */
export function storedFor(rows: readonly OutboxRow[], atMs = 1_772_500_000_000): Verdict[] {
  return rows.map(({ n }) => ({ n, verdict: 'stored', atMs }));
}

/** Reads and applies one feed frame. */
export async function feedTo(
  { sync }: Pick<TestDevice['replica'], 'sync'>,
  items: readonly FeedItem[],
  mark: { readonly cursor: Uint8Array; readonly isLast: boolean },
): Promise<Result<void, 'malformed' | 'gap'>> {
  const parsed = await sync.readFeed(items);
  return parsed.ok ? sync.feed(parsed.value, mark) : parsed;
}

/** Makes a device hold what the Hub holds of these documents. */
export async function feed(device: TestDevice, hub: PlainHub, items: readonly FeedItem[], isLast = true) {
  return feedTo(device.replica, items, { cursor: hub.cursor(), isLast });
}

/** Returns the singleton of another kind in the folder of `document`. */
export function documentIn(document: DocumentId, kind: string): DocumentId {
  return documentIdOf(folderOf(document), kind);
}

/** Returns a fresh document of a kind that a folder may have several of. */
export function documentOfKind(seed: number, kind: string): DocumentId {
  const world = testWorld(new Timeline(), seed);
  return documentIdOf(makeUlid(world) as string as FolderId, kind, makeUlid(world));
}
