/**
 * S5: thirty devices write as fast as a window of a hundred unacknowledged strokes lets them, each read by two others. `ms` = until the
 * server's disk has all of it. Then once more, and the server is killed in the middle: what was acknowledged and is not there is lost.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { instantMs } from '../answer.ts';
import type { Child } from '../child.ts';
import type { Delays } from '../crowd/offer.ts';
import { teamSeats, type Seat } from '../crowd/seats.ts';
import { startServer, type ProfiledPeer } from '../start-peer.ts';
import { gather, metered, onStage, type CrowdStage } from './crowd-stage.ts';
import type { Sample } from './sample.ts';

/** How much of it. */
export interface RateSize {
  readonly teams: number;
  /** Documents of each device. */
  readonly each: number;
  readonly strokes: number;
  readonly window: number;
}

/** The whole scenario: 12,000 strokes. */
const RATE: RateSize = { teams: 10, each: 4, strokes: 100, window: 100 };

const WARMING_STROKES = 10;

/** Returns the sample of one measurement. */
export function measureRate(peer: ProfiledPeer, size: RateSize = RATE): Promise<Sample> {
  return onStage(peer, async (stage) => {
    const seats = teamSeats(size.teams, size.each);
    const count = seats.length * size.each * size.strokes;
    await gather(stage, stage.crowd, seats);
    await stage.crowd.call('pour', { strokes: WARMING_STROKES, window: size.window });
    await heldAt(stage, seats, WARMING_STROKES);
    const { found, used } = await metered(stage, () => pourOnce(stage, seats, size), 0);
    const lost = await loseByKill(stage, seats, size);
    return {
      ms: found.heldMs,
      updatesPerS: (count / found.heldMs) * 1_000,
      ...(found.ackP99Ms === null
        ? {}
        : { ackedPerS: (count / found.tookMs) * 1_000, ackP50Ms: found.ackP50Ms ?? NaN, ackP99Ms: found.ackP99Ms }),
      ...(lost === null ? {} : { lost }),
      ...used,
    };
  });
}

async function pourOnce(
  stage: CrowdStage,
  seats: readonly Seat[],
  { strokes, window }: RateSize,
): Promise<Delays & { readonly heldMs: number }> {
  const beganAtMs = instantMs();
  // making the strokes is no part of it: the crowd says how long sending took, the server when it had the last
  const poured = await stage.crowd.call<Delays & { readonly beganAtMs: number }>('pour', { strokes, window });
  if (stage.peer.peer.isAcknowledged) return { ...poured, heldMs: poured.tookMs };
  const heldAtMs = await heldAt(stage, seats, WARMING_STROKES + strokes);
  return { ...poured, heldMs: heldAtMs - Math.max(beganAtMs, poured.beganAtMs) };
}

function heldAt({ server }: CrowdStage, seats: readonly Seat[], stroke: number): Promise<number> {
  return server.whenHeld(seats.flatMap(({ writes }) => writes.map((number) => [number, stroke] as const)));
}

/** Kills the server after a third; returns how many acknowledged strokes it lost, null where nothing is acknowledged. */
async function loseByKill(
  { peer, folder, server, crowd }: CrowdStage,
  seats: readonly Seat[],
  { each, strokes, window }: RateSize,
): Promise<number | null> {
  // what is killed leaves no profile
  if (!peer.peer.tellsStored || peer.profileFolder !== null) return null;
  const half = (seats.length * each * strokes) / 3;
  void crowd.call('pour', { strokes, window }).catch(() => undefined);
  while ((await ackedBy(crowd)).count < half) await pause(5);
  await server.kill();
  const acked = await ackedBy(crowd);
  // its devices would hand in again what was lost
  await crowd.kill();
  const again = await startServer(peer, folder);
  try {
    const kept = await again.strokes(acked.strokes.map(([number]) => number));
    return acked.strokes.reduce((sum, [, stroke], at) => sum + Math.max(0, stroke - (kept[at] ?? -1)), 0);
  } finally {
    await again.stop();
  }
}

interface Acked {
  readonly strokes: readonly (readonly [number, number])[];
  readonly count: number;
}

function ackedBy(crowd: Child): Promise<Acked> {
  return crowd.call<Acked>('acked');
}
