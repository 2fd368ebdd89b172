/** Mistakes planted in a tablet's program, or in what its disk makes of it. */
import { type DocState, encodeState } from '@chungtay/core/doc/state';
import { fieldTableOf } from '@chungtay/core/kinds/registry';
import { parseDocumentId } from '@chungtay/core/model/ids';
import { decodePosition, encodePosition, POSITION_KEY } from '@chungtay/core/sync/device-meta';
import type { ReplicaWrite } from '@chungtay/core/sync/ports';
import { Replica } from '@chungtay/core/sync/replica';
import type { FeedStep } from '@chungtay/core/sync/replica-feed-parse';
import { Kept } from '@chungtay/core/sync/replica-kept';
import { ReplicaSync } from '@chungtay/core/sync/replica-sync';
import { everyNth, patched, type Planted } from './planting.ts';

/** Batches kept back by a disk that says "durable" too early. */
const BEHIND = 3;

/** By name. */
export const PLANTED_ON_TABLETS = {
  'sends before it is durable': { seed: 1, sign: /SY-3|never at rest/u, onTablet: late },
  'uses client ids again': {
    seed: 6,
    sign: /SY-7/u,
    onTablet: () => (batch) => batch.map((w) => repositioned(w, { lastClient: 0 })),
  },
  'forgets its last number': {
    seed: 6,
    sign: /CSE-4|P4|SY-3/u,
    onTablet: () => (batch) => batch.map((w) => repositioned(w, { lastN: 0 })),
  },
  'moves the cursor before the bytes': { seed: 1, sign: /SY-1|SY-3|never at rest/u, onTablet: () => without('log', 4) },
  'drops what was refused': { seed: 1, sign: /SY-3/u, onTablet: () => without('quarantine', 1) },
  'ignores refusals': {
    seed: 1,
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
    seed: 1,
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
    seed: 4,
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
    seed: 1,
    sign: /SY-4/u,
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
  'hands nothing in again': {
    seed: 21,
    sign: /SY-3/u,
    patch: () => patched(Kept.prototype, 'after', () => () => []),
  },
  'applies out of order': { seed: 1, sign: /SY-1|never at rest/u, patch: laterFrames },
  'forgets what its writer had seen': {
    seed: 1,
    sign: /DOC-24/u,
    patch: () =>
      patched(
        Replica.prototype,
        'edit',
        (edit) =>
          function (this: Replica, edits) {
            return edit.call(
              this,
              edits.map((one) => ({ ...one, seen: new Set<string>() })),
            );
          },
      ),
  },
  'drops what it does not know': {
    seed: 8,
    sign: /P8|SY-1/u,
    patch: () =>
      patched(
        ReplicaSync.prototype,
        'feed',
        (feed) =>
          function (this: ReplicaSync, parsed, mark) {
            return feed.call(this, { ...parsed, packs: [], steps: parsed.steps.map(knownAlone) }, mark);
          },
      ),
  },
  'counts the law by its own clock': {
    seed: 1,
    sign: /SY-6/u,
    patch: () =>
      patched(
        Replica.prototype,
        'walk',
        (walk) =>
          function* (this: Replica) {
            for (const held of walk.call(this)) yield held.access === 'whole' ? { ...held, firstReceipt: null } : held;
          },
      ),
  },
  'says nothing of a full storage': { seed: 1, sign: /P3/u, isSilent: true },
} satisfies Record<string, Planted>;

/** Every fifth frame of the feed is applied behind the next one. */
function laterFrames() {
  let frames = 0;
  let keptBack: { readonly of: ReplicaSync; readonly asked: Parameters<ReplicaSync['feed']> } | null = null;
  return patched(
    ReplicaSync.prototype,
    'feed',
    (feed) =>
      async function (this: ReplicaSync, ...asked) {
        frames += 1;
        if (frames % 5 === 0) {
          keptBack = { of: this, asked };
          return { ok: true as const, value: undefined };
        }
        const applied = await feed.apply(this, asked);
        const behind = keptBack?.of === this ? keptBack.asked : null;
        if (behind) keptBack = null;
        return behind ? feed.apply(this, behind) : applied;
      },
  );
}

/** The step without the values whose fields this release does not know. */
function knownAlone(step: FeedStep): FeedStep {
  const table = step.is === 'state' ? fieldTableOf(parseDocumentId(step.document)?.kind ?? '') : null;
  if (step.is !== 'state' || !table) return step;
  const fields = step.state.fields as Map<
    string,
    DocState['fields'] extends ReadonlyMap<string, infer Live> ? Live : never
  >;
  for (const [path, entries] of fields)
    if (entries.some(({ field }) => table.typeOf(field.name) === null)) fields.delete(path);
  return { ...step, isPacked: false, bytes: encodeState(step.state) };
}

function late() {
  const behind: (readonly ReplicaWrite[])[] = [];
  return (batch: readonly ReplicaWrite[]) => {
    behind.push(batch);
    return (behind.length > BEHIND ? behind.shift() : undefined) ?? [];
  };
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
