import { leaseGiven } from '@chungtay/core/policy/lease';
import { ReplicaSync } from '@chungtay/core/sync/replica-sync';
import { describe, expect, it } from 'vitest';
import { type LeaseParts, LeaseKeeper } from '../../../packages/client/src/worker/lease-keeper.ts';
import { patched } from '../planting.ts';
import { LEASE_HAPPENINGS, type LeaseCounts, playLease } from './play.ts';

const SEEDS = Number(process.env['LEASE_SEEDS'] ?? 20);
const RECORD = 'lease/record';

function noCounts(): LeaseCounts {
  return Object.fromEntries(LEASE_HAPPENINGS.map((name) => [name, 0])) as LeaseCounts;
}

/** Rewrites what the tablet knows of its lease at each start. */
function atEachStart(change: (kept: Record<string, number>, nowMs: number) => Record<string, number>): () => void {
  return patched(
    LeaseKeeper,
    'open',
    (open) =>
      async function (this: typeof LeaseKeeper, parts: LeaseParts) {
        const bytes = await parts.vault.read('meta', RECORD);
        const kept = bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Record<string, number>);
        const spoilt = kept && new TextEncoder().encode(JSON.stringify(change(kept, parts.world.nowMs())));
        if (spoilt) await parts.vault.commit([{ area: 'meta', key: RECORD, bytes: spoilt }]);
        return open.call(this, parts);
      },
  );
}

const PLANTED: readonly (readonly [string, RegExp, () => () => void])[] = [
  [
    'renews the lease by the tablet’s own clock',
    /P14 whole/u,
    () => atEachStart((kept, nowMs) => ({ ...kept, ...leaseGiven(nowMs, nowMs) })),
  ],
  [
    'believes a clock that was put back',
    /P14 /u,
    () => atEachStart((kept, nowMs) => ({ ...kept, seenMs: nowMs + (kept['offsetMs'] ?? 0) })),
  ],
  [
    'forgets what was sealed and not sent',
    /SY-3|LSE-9/u,
    () =>
      patched(
        ReplicaSync.prototype,
        'toSend',
        (toSend) =>
          function (this: ReplicaSync, n) {
            return toSend.call(this, n, false);
          },
      ),
  ],
  [
    'keeps the key',
    /LSE-5 the key|P14|LSE-6/u,
    () => patched(LeaseKeeper.prototype, 'tick', () => () => Promise.resolve()),
  ],
];

describe('a tablet without its Hub', () => {
  it('[P14] [LSE-11] shows nothing beyond its lease and loses nothing, whatever its clock is set to', async () => {
    const counts = noCounts();
    const found: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed += 1)
      found.push(...(await playLease(seed, counts)).map((line) => `seed ${seed}, ${line}`));
    expect(found).toEqual([]);
    expect(LEASE_HAPPENINGS.filter((name) => counts[name] === 0)).toEqual([]);
  }, 120_000);

  it.each(PLANTED)(
    '[LSE-11] one that %s is found out',
    async (_what, sign, plant) => {
      const heal = plant();
      let found: readonly string[] = [];
      try {
        for (let seed = 1; seed <= 40 && !found.some((line) => sign.test(line)); seed += 1)
          found = await playLease(seed, noCounts()).catch((error: unknown) => [String(error)]);
      } finally {
        heal();
      }
      expect(found.join('\n')).toMatch(sign);
    },
    120_000,
  );
});
