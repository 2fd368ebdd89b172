/**
 * S4: devices that hold documents and do nothing. `kbPerClient` = what one more of them costs the server in memory, all garbage
 * collected before and after; `serverRssMb` = what it takes with all of them, no garbage collected for us. Bytes and messages are those
 * of all devices over the time watched, which is `ms`. The server has one core.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { holderSeats } from '../crowd/seats.ts';
import type { ProfiledPeer } from '../start-peer.ts';
import { gather, metered, onStage } from './crowd-stage.ts';
import type { Sample } from './sample.ts';

/** How many devices, what each holds, and how long they are watched. */
export interface IdleSize {
  readonly devices: number;
  readonly documents: number;
  readonly watchedMs: number;
}

/** One minute, as the number to reach says. */
export const WATCHED_MS = 60_000;

const SETTLING_MS = 3_000;

/** Returns the sample of one measurement. */
export function measureIdle(peer: ProfiledPeer, { devices, documents, watchedMs }: IdleSize): Promise<Sample> {
  return onStage(peer, async (stage) => {
    const { server, crowd } = stage;
    const [writer, ...holders] = holderSeats(documents, devices);
    if (!writer) throw new Error('nobody writes');
    server.pinToOneCore();
    await gather(stage, crowd, [writer]);
    // what the server makes once for everybody is there before the others come
    await gather(stage, crowd, holders.slice(0, 1), 1);
    await pause(SETTLING_MS);
    const before = await server.collected();
    await gather(stage, crowd, holders.slice(1), 2);
    await pause(SETTLING_MS);
    const standing = await server.usage();
    const after = await server.collected();
    const { used } = await metered(stage, () => pause(watchedMs));
    const more = Math.max(1, devices - 1);
    return {
      ms: watchedMs,
      devices,
      kbPerClient: (after.rssBytes - before.rssBytes) / 1_024 / more,
      ...used,
      serverRssMb: standing.rssBytes / 2 ** 20,
    };
  });
}
