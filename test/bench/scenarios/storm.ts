/**
 * After an outage: three hundred devices come back in the same moment with fifty strokes each. `ms` = until all are acknowledged, and
 * delays count from that moment too. Then a hundred devices write a little each second, without and with one that floods.
 */
import { instantMs } from '../answer.ts';
import type { Child } from '../child.ts';
import type { Delays } from '../crowd/offer.ts';
import { teamSeats, type Seat } from '../crowd/seats.ts';
import { startCrowd, type ProfiledPeer } from '../start-peer.ts';
import { gather, metered, onStage, type CrowdStage } from './crowd-stage.ts';
import type { Sample } from './sample.ts';

/** How much of it. */
export interface StormSize {
  readonly teams: number;
  readonly strokes: number;
  readonly honestTeams: number;
  readonly beats: number;
}

/** The whole scenario. */
const STORM: StormSize = { teams: 100, strokes: 50, honestTeams: 33, beats: 8 };

const BEAT_MS = 1_000;
const FLOOD_STROKES = 20_000;

/** Returns the sample of one measurement. */
export async function measureStorm(peer: ProfiledPeer, size: StormSize = STORM): Promise<Sample> {
  const storm = await measureDrain(peer, size);
  const flood = await onStage(peer, (stage) => floodBeside(stage, size));
  return { ...storm, ...pick(flood) };
}

/** Returns the sample of the return alone. */
export function measureDrain(peer: ProfiledPeer, size: Pick<StormSize, 'teams' | 'strokes'> = STORM): Promise<Sample> {
  return onStage(peer, (stage) => drain(stage, size));
}

async function drain(stage: CrowdStage, { teams, strokes }: Pick<StormSize, 'teams' | 'strokes'>): Promise<Sample> {
  const { crowd, server, peer } = stage;
  const seats = teamSeats(teams, 1);
  await gather(stage, crowd, seats);
  await crowd.call('prepareStorm', { strokes });
  const { found, used } = await metered(stage, async () => {
    const beganAtMs = instantMs();
    const delays = await crowd.call<Delays>('storm', { strokes });
    const heldAtMs = peer.peer.isAcknowledged ? 0 : await server.whenHeld(lastOf(seats, strokes));
    return { ...delays, drainedMs: Math.max(delays.tookMs, heldAtMs - beganAtMs) };
  });
  const numbers = seats.flatMap(({ writes }) => writes);
  const kept = await server.strokes(numbers);
  return {
    ms: found.drainedMs,
    ...(found.ackP99Ms === null ? {} : { ackP50Ms: found.ackP50Ms ?? NaN, ackP99Ms: found.ackP99Ms }),
    lost: kept.reduce((sum, stroke) => sum + Math.max(0, strokes - stroke), 0),
    ...used,
  };
}

/** One more device, in a process of its own, sends as fast as the server reads. */
async function floodBeside(stage: CrowdStage, { honestTeams, beats }: StormSize): Promise<Sample> {
  const { crowd, server } = stage;
  const seats = teamSeats(honestTeams, 1);
  await gather(stage, crowd, seats);
  await beat(crowd, 2);
  const quiet = await beat(crowd, beats);
  const flooder = startCrowd(stage.peer);
  try {
    const own: Seat = { group: honestTeams, writes: [seats.length], reads: [] };
    await gather(stage, flooder, [own], seats.length);
    const forMs = (beats + 2) * BEAT_MS;
    const flooding = flooder.call<number>('flood', { strokes: FLOOD_STROKES, forMs });
    await flooder.call('flooding');
    const { found, used } = await metered({ server, crowd }, () => beat(crowd, beats), 0);
    const sent = await flooding;
    const worst = ({ ackP99Ms, p99Ms }: Delays): number => ackP99Ms ?? p99Ms ?? NaN;
    const figures = { quietP99Ms: worst(quiet), floodedP99Ms: worst(found), floodPerS: (sent / forMs) * 1_000 };
    return { ms: 0, ...used, ...figures };
  } finally {
    await flooder.kill();
  }
}

function beat(crowd: Child, strokes: number): Promise<Delays> {
  return crowd.call<Delays>('beat', { strokes, everyMs: BEAT_MS });
}

function lastOf(seats: readonly Seat[], stroke: number): readonly (readonly [number, number])[] {
  return seats.flatMap(({ writes }) => writes.map((number) => [number, stroke] as const));
}

function pick({ quietP99Ms, floodedP99Ms, floodPerS }: Sample): Partial<Sample> {
  return Object.fromEntries(Object.entries({ quietP99Ms, floodedP99Ms, floodPerS }).filter(([, v]) => v !== undefined));
}
