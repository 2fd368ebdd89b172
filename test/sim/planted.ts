/** Mistakes planted on purpose, each known from a system that made it: the simulation is worth something only if it finds them. */
import { decodePosition, encodePosition, POSITION_KEY } from '@chungtay/core/sync/device-meta';
import { Outgoing } from '@chungtay/core/sync/hub-outgoing';
import { Restored } from '@chungtay/core/sync/hub-restored';
import type { FeedBatch, FeedEntry, FeedStore, ReplicaStore, ReplicaWrite } from '@chungtay/core/sync/ports';
import { Kept } from '@chungtay/core/sync/replica-kept';
import { ReplicaSync } from '@chungtay/core/sync/replica-sync';

/** One planted mistake: where it sits, and what the simulation says when it finds it. */
export interface Planted {
  readonly sign: RegExp;
  /** What the disk of a tablet makes of a batch. */
  readonly onTablet?: () => (batch: readonly ReplicaWrite[]) => readonly ReplicaWrite[];
  /** What the disk of the Hub makes of a batch. */
  readonly onHub?: () => (batch: FeedBatch, inner: FeedStore) => Promise<void>;
  /** What the Hub's disk forgets of its answers. */
  readonly forgets?: readonly ('readStored' | 'readJudged')[];
  /** Changes the code itself; returns how to put it right again. */
  readonly patch?: () => () => void;
}

/** Batches kept back by a disk that says "durable" too early. */
const BEHIND = 3;

/** Every planted mistake, by name. */
export const PLANTED = {
  'sends before it is durable': { sign: /SY-3|never at rest/u, onTablet: late },
  'uses client ids again': {
    sign: /SY-7/u,
    onTablet: () => (batch) => batch.map((w) => repositioned(w, { lastClient: 0 })),
  },
  'forgets its last number': {
    sign: /never at rest|SY-3/u,
    onTablet: () => (batch) => batch.map((w) => repositioned(w, { lastN: 0 })),
  },
  'moves the cursor before the bytes': { sign: /SY-1|SY-3|never at rest/u, onTablet: () => without('log', 4) },
  'drops what was refused': { sign: /SY-3/u, onTablet: () => without('quarantine', 1) },
  'answers before the commit': { sign: /SY-3|SY-1|never at rest/u, onHub: early },
  'breaks the audit chain': {
    sign: /SY-5/u,
    onHub: () => (batch, inner) => inner.commit({ ...batch, entries: batch.entries.map(forged) }),
  },
  'loses a state': { sign: /SY-5|SY-1/u, onHub: staleStates },
  'forgets its answers': { sign: /never at rest|SY-/u, forgets: ['readStored', 'readJudged'] },
  'sends by the grants of then': {
    sign: /SY-2/u,
    patch: () =>
      patched(
        Outgoing.prototype,
        'send',
        (send) =>
          function (this: Outgoing, frame) {
            return send.call(this, frame);
          },
      ),
  },
  'ignores refusals': {
    sign: /never at rest|SY-/u,
    patch: () =>
      patched(
        ReplicaSync.prototype,
        'verdicts',
        (verdicts) =>
          function (this: ReplicaSync, list) {
            return verdicts.call(
              this,
              list.filter(({ verdict }) => verdict === 'stored' || verdict === 'duplicate'),
            );
          },
      ),
  },
  'takes the cursor without the bytes': {
    sign: /SY-1|SY-3|never at rest/u,
    patch: () =>
      patched(ReplicaSync.prototype, 'feed', (feed) =>
        everyNth(
          7,
          function (this: ReplicaSync, parsed, mark) {
            return feed.call(this, { ...parsed, steps: [], packs: [] }, mark);
          },
          feed,
        ),
      ),
  },
  'keeps what is closed': {
    sign: /SY-1/u,
    patch: () =>
      patched(
        ReplicaSync.prototype,
        'feed',
        (feed) =>
          function (this: ReplicaSync, parsed, mark) {
            return feed.call(this, { ...parsed, steps: parsed.steps.filter((step) => step.is !== 'closed') }, mark);
          },
      ),
  },
  'resends other bytes': {
    sign: /SY-|never at rest/u,
    patch: () =>
      patched(
        ReplicaSync.prototype,
        'outboxAfter',
        (rows) =>
          function (this: ReplicaSync, n) {
            return rows
              .call(this, n)
              .map((row) =>
                row.n % 5 === 0 ? { ...row, signed: { ...row.signed, bytes: spoilt(row.signed.bytes) } } : row,
              );
          },
      ),
  },
  'believes every cursor': {
    sign: /SY-|never at rest/u,
    patch: () => patched(Restored.prototype, 'isRemembered', () => () => Promise.resolve(true)),
  },
  'hands nothing in again': {
    sign: /SY-3/u,
    patch: () => patched(Kept.prototype, 'after', () => () => []),
  },
} satisfies Record<string, Planted>;

/** One of PLANTED. */
export type Bug = keyof typeof PLANTED;

/** Returns a tablet's store with the mistake in it. */
export function carelessTablet(inner: ReplicaStore, planted: Planted): ReplicaStore {
  const spoil = planted.onTablet?.();
  if (!spoil) return inner;
  return {
    commit: (batch) => inner.commit(spoil(batch)),
    readAll: (area) => inner.readAll(area),
    read: (area, key) => inner.read(area, key),
  };
}

/** Returns a Hub's store with the mistake in it. */
export function carelessHub(inner: FeedStore, planted: Planted): FeedStore {
  const commit = planted.onHub?.();
  const forgets = planted.forgets ?? [];
  return new Proxy(inner, {
    get(target, name) {
      if (name === 'commit' && commit) return (batch: FeedBatch) => commit(batch, target);
      if ((forgets as readonly unknown[]).includes(name)) return () => Promise.resolve(null);
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

function late() {
  const behind: (readonly ReplicaWrite[])[] = [];
  return (batch: readonly ReplicaWrite[]) => {
    behind.push(batch);
    return (behind.length > BEHIND ? behind.shift() : undefined) ?? [];
  };
}

function early() {
  const behind: FeedBatch[] = [];
  return async (batch: FeedBatch, inner: FeedStore) => {
    behind.push(batch);
    const ripe = behind.length > BEHIND ? behind.shift() : undefined;
    if (ripe) await inner.commit(ripe);
  };
}

function staleStates() {
  let commits = 0;
  return (batch: FeedBatch, inner: FeedStore) => {
    commits += 1;
    return inner.commit(commits % 5 === 0 ? { ...batch, documents: [] } : batch);
  };
}

function forged(entry: FeedEntry): FeedEntry {
  return entry.seq % 50 === 0 ? { ...entry, atMs: entry.atMs + 1 } : entry;
}

function without(area: ReplicaWrite['area'], every: number) {
  let batches = 0;
  return (batch: readonly ReplicaWrite[]) => {
    batches += 1;
    return batches % every === 0 ? batch.filter((write) => write.area !== area) : batch;
  };
}

function repositioned(
  write: ReplicaWrite,
  change: { readonly lastClient?: number; readonly lastN?: number },
): ReplicaWrite {
  const position =
    write.area === 'meta' && write.key === POSITION_KEY && write.bytes ? decodePosition(write.bytes) : null;
  return position ? { ...write, bytes: encodePosition({ ...position, ...change }) } : write;
}

function spoilt(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte));
}

function everyNth<This, Args extends unknown[], Out>(
  nth: number,
  wrong: (this: This, ...args: Args) => Out,
  right: (this: This, ...args: Args) => Out,
) {
  let calls = 0;
  return function (this: This, ...args: Args): Out {
    calls += 1;
    return (calls % nth === 0 ? wrong : right).apply(this, args);
  };
}

function patched<Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  make: (right: Target[Name]) => Target[Name],
): () => void {
  const right = target[name];
  target[name] = make(right);
  return () => {
    target[name] = right;
  };
}
