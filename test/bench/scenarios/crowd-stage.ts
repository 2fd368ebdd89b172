/** A server and a crowd on it, and what both used meanwhile. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Usage } from '../answer.ts';
import type { Child } from '../child.ts';
import type { Seat } from '../crowd/seats.ts';
import type { Traffic } from '../meter.ts';
import { startCrowd, startServer, type ProfiledPeer, type ServerUnderTest } from '../start-peer.ts';
import type { Sample } from './sample.ts';

/** See the file's head. */
export interface CrowdStage {
  readonly peer: ProfiledPeer;
  readonly folder: string;
  readonly server: ServerUnderTest;
  readonly crowd: Child;
}

/** What both sides used of bytes and CPU. */
export type Used = Pick<
  Sample,
  'bytesUp' | 'bytesDown' | 'messages' | 'sockets' | 'serverCpuS' | 'serverLoopCpuS' | 'clientCpuS' | 'serverRssMb'
>;

/** Runs `play` on a fresh server with a fresh crowd and ends both. */
export async function onStage(peer: ProfiledPeer, play: (stage: CrowdStage) => Promise<Sample>): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'chungtay-bench-'));
  const server = await startServer(peer, folder);
  const crowd = startCrowd(peer);
  try {
    return await play({ peer, folder, server, crowd });
  } finally {
    await Promise.all([server.stop(), crowd.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Brings devices on line; `from` is the number of the first of them among all that ever came. */
export async function gather(
  { folder, server }: Pick<CrowdStage, 'folder' | 'server'>,
  crowd: Child,
  seats: readonly Seat[],
  from = 0,
): Promise<void> {
  const admitted = await server.admit(seats, from);
  await crowd.call('gather', { port: server.port, folder, admitted, seats, from });
}

/** Returns what `run` found, and what was used from its beginning until what trails behind it has come. */
export async function metered<T>(
  { server, crowd }: Pick<CrowdStage, 'server' | 'crowd'>,
  run: () => Promise<T>,
  trailingMs = 300,
): Promise<{ readonly found: T; readonly used: Used }> {
  const [traffic, serverUsage, crowdUsage] = await readAll(server, crowd);
  const found = await run();
  await pause(trailingMs);
  const [trafficAfter, serverAfter, crowdAfter] = await readAll(server, crowd);
  const used: Used = {
    bytesUp: trafficAfter.bytesUp - traffic.bytesUp,
    bytesDown: trafficAfter.bytesDown - traffic.bytesDown,
    messages: trafficAfter.messages - traffic.messages,
    sockets: trafficAfter.sockets,
    serverCpuS: serverAfter.cpuS - serverUsage.cpuS,
    serverLoopCpuS: serverAfter.loopCpuS - serverUsage.loopCpuS,
    clientCpuS: crowdAfter.cpuS - crowdUsage.cpuS,
    serverRssMb: serverAfter.rssBytes / 2 ** 20,
  };
  return { found, used };
}

function readAll(server: ServerUnderTest, crowd: Child): Promise<readonly [Traffic, Usage, Usage]> {
  return Promise.all([crowd.call<Traffic>('traffic'), server.usage(), crowd.usage()]);
}
