/** How long a session waits before it tries again: doubling with jitter, so that a commune coming back from a power cut does not arrive at once. */
import type { Random } from '../base/world.ts';
import type { WaitReason } from './session-state.ts';

interface Pace {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** 300 tablets after an outage must drain in 10 s (P22): the first retry is early, the later ones spread. */
const PACES: Readonly<Record<WaitReason, Pace>> = {
  offline: { firstMs: 400, mostMs: 60_000 },
  timeout: { firstMs: 400, mostMs: 60_000 },
  restarting: { firstMs: 1_000, mostMs: 15_000 },
  busy: { firstMs: 10_000, mostMs: 120_000 },
  'other-hub': { firstMs: 30_000, mostMs: 600_000 },
  'bad-frame': { firstMs: 5_000, mostMs: 300_000 },
  refetching: { firstMs: 200, mostMs: 300_000 },
  storage: { firstMs: 5_000, mostMs: 60_000 },
  refused: { firstMs: 60_000, mostMs: 600_000 },
};

/** Returns the wait in ms before try `attempt` (0 = the first): half of it fixed, half random. */
export function backoffMs(reason: WaitReason, attempt: number, random: Random): number {
  const { firstMs, mostMs } = PACES[reason];
  const wholeMs = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 20));
  const share = (random.randomBytes(1)[0] ?? 0) / 255;
  return Math.round(wholeMs * (0.5 + share / 2));
}
