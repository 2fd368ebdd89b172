/** Mistakes planted in the Hub's program, or in what its disk makes of it. */
import { Admission } from '@chungtay/core/sync/admission';
import { Outgoing } from '@chungtay/core/sync/hub-outgoing';
import { Overlay } from '@chungtay/core/sync/hub-overlay';
import { Restored } from '@chungtay/core/sync/hub-restored';
import type { FeedBatch, FeedEntry, FeedStore } from '@chungtay/core/sync/ports';
import { ReplicaSync } from '@chungtay/core/sync/replica-sync';
import { patched, type Planted } from './planting.ts';

/** Batches kept back by a disk that says "durable" too early. */
const BEHIND = 3;
/** Until then the disk does as it says: nobody could be enrolled otherwise. */
const HONEST = 40;
const YEAR_MS = 365 * 86_400_000;

/** By name. */
export const PLANTED_AT_THE_HUB = {
  'answers before the commit': { seed: 1, sign: /P2 /u, onHub: early },
  'breaks the audit chain': {
    seed: 1,
    sign: /SY-5/u,
    onHub: () => (batch, inner) => inner.commit({ ...batch, entries: batch.entries.map(forged) }),
  },
  'loses a state': { seed: 1, sign: /Fault|P20/u, onHub: staleStates },
  'forgets its answers': { seed: 1, sign: /never at rest|SY-/u, forgets: ['readStored', 'readJudged'] },
  'sends by the grants of then': {
    seed: 14,
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
  'believes every cursor': {
    seed: 21,
    sign: /SY-|never at rest/u,
    patch: () => patched(Restored.prototype, 'isRemembered', () => () => Promise.resolve(true)),
  },
  'believes every signature': { seed: 26, sign: /P18/u, believes: true },
  'merges what a dismissed tablet hands in': {
    seed: 3,
    sign: /P13/u,
    patch: () =>
      patched(
        Overlay.prototype,
        'device',
        (device) =>
          function (this: Overlay, id) {
            const row = device.call(this, id);
            return row && { ...row, revoked: false };
          },
      ),
  },
  'does not notice a copy': {
    seed: 2,
    sign: /SY-3|SY-1|P4/u,
    patch: () => {
      const heals = [
        patched(
          Admission.prototype,
          'decide',
          (decide) =>
            async function (this: Admission, ...asked) {
              const verdicts = await decide.apply(this, asked);
              return (
                verdicts?.map((one) =>
                  one.code === 'device-forked' ? { n: one.n, verdict: 'duplicate' as const, atMs: one.atMs } : one,
                ) ?? null
              );
            },
        ),
        patched(
          ReplicaSync.prototype,
          'welcome',
          (welcome) =>
            async function (this: ReplicaSync, mark) {
              await welcome.call(this, mark);
              return { ok: true as const, value: undefined };
            },
        ),
      ];
      return () => {
        for (const heal of heals) heal();
      };
    },
  },
  'refuses work by the clock of its tablet': {
    seed: 1,
    sign: /P9/u,
    isSeenByClocks: true,
    patch: () =>
      patched(
        Admission.prototype,
        'decide',
        (decide) =>
          function (this: Admission, unit, overlay, atMs, skewMs) {
            const isOff = unit.some(({ signed }) => Math.abs(signed.envelope.atMs - atMs) > YEAR_MS);
            const spoilt = isOff ? unit.map((one) => ({ ...one, isSigned: false })) : unit;
            return decide.call(this, spoilt, overlay, atMs, skewMs);
          },
      ),
  },
} satisfies Record<string, Planted>;

function early() {
  const behind: FeedBatch[] = [];
  let commits = 0;
  return async (batch: FeedBatch, inner: FeedStore) => {
    commits += 1;
    if (commits <= HONEST) return inner.commit(batch);
    behind.push(batch);
    const ripe = behind.length > BEHIND ? behind.shift() : undefined;
    return ripe ? inner.commit(ripe) : undefined;
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
