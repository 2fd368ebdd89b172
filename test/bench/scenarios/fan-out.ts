/** S3: one writes, fifty read. `ms` = from the stroke to a reader, the median of all readers and strokes. */
import type { Delays } from '../crowd/offer.ts';
import { fanOutSeats } from '../crowd/seats.ts';
import type { ProfiledPeer } from '../start-peer.ts';
import { gather, metered, onStage } from './crowd-stage.ts';
import type { Sample } from './sample.ts';

/** How much of it. */
export interface FanOutSize {
  readonly readers: number;
  readonly strokes: number;
}

/** The whole scenario. */
const FAN_OUT: FanOutSize = { readers: 50, strokes: 200 };

const EVERY_MS = 50;
const WARMING_STROKES = 20;

/** Returns the sample of one measurement. */
export function measureFanOut(peer: ProfiledPeer, { readers, strokes }: FanOutSize = FAN_OUT): Promise<Sample> {
  return onStage(peer, async (stage) => {
    await gather(stage, stage.crowd, fanOutSeats(readers));
    await stage.crowd.call('beat', { strokes: WARMING_STROKES, everyMs: EVERY_MS });
    const { found, used } = await metered(stage, () =>
      stage.crowd.call<Delays>('beat', { strokes, everyMs: EVERY_MS }),
    );
    if (found.arrivals !== readers * strokes) throw new Error(`${found.arrivals} arrivals`);
    return {
      ms: found.p50Ms ?? NaN,
      p99Ms: found.p99Ms ?? NaN,
      ...(found.ackP50Ms === null ? {} : { ackP50Ms: found.ackP50Ms, ackP99Ms: found.ackP99Ms ?? NaN }),
      ...used,
    };
  });
}
