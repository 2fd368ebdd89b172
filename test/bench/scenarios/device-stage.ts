/** S1 and S2: a fresh server, a fresh device. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Child } from '../child.ts';
import { changesAmong } from '../corpus.ts';
import type { Measured } from '../device.ts';
import { type Link, type LinkSpeed, openLink } from '../link.ts';
import type { Traffic } from '../meter.ts';
import type { Peer } from '../peers.ts';
import { startDevice, startServer, type ServerUnderTest } from '../start-peer.ts';
import type { Sample } from './sample.ts';

/** What is measured. */
export interface DeviceTrial {
  readonly scenario: 's1' | 's2';
  readonly peer: Peer;
  readonly documents: number;
  readonly link: LinkSpeed | null;
  readonly profileFolder: string | null;
}

interface Stage {
  readonly trial: DeviceTrial;
  readonly server: ServerUnderTest;
  readonly device: Child;
  readonly folder: string;
  readonly seeded: unknown;
  readonly link: Link | null;
  /** Of the server, or of the line before it: the same all the time, since some peers remember whom they met by it. */
  readonly port: number;
}

const LIMIT_MS = 180_000;
const TRAILING_MS = 1_000;

/** Returns the sample of one measurement; rejects when it does not come to its end within three minutes. */
export async function measureDevice(trial: DeviceTrial): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'chungtay-bench-'));
  const server = await startServer(trial, folder);
  const device = startDevice(trial);
  const link = trial.link && (await openLink(server.port));
  try {
    const seeded = await server.seed(trial.documents);
    const stage = { trial, server, device, folder, seeded, link, port: link?.port ?? server.port };
    return trial.scenario === 's1' ? await catchUp(stage) : await bootstrap(stage);
  } finally {
    link?.close();
    await Promise.all([server.stop(), device.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function catchUp(stage: Stage): Promise<Sample> {
  const { server, device, folder, seeded, port } = stage;
  const { documents, peer } = stage.trial;
  const { there, here } = changesAmong(documents);
  await device.call('prepare', { port, documents, folder, seeded, place: 0 });
  await server.edit(there);
  await device.call('edit', { changed: here });
  const sample = await measureCall(stage, async () => {
    const caughtUp = device.call<Measured>('catchUp', { port, changedThere: there });
    if (peer.isAcknowledged) return caughtUp;
    const [measured, arrivedAtMs] = await Promise.all([caughtUp, server.arrived(here)]);
    return { ...measured, doneAtMs: Math.max(measured.doneAtMs, arrivedAtMs) };
  });
  await Promise.all([device.call('verify', { changedThere: there }), server.arrived(here)]);
  return sample;
}

/** Two devices one after the other: what the server makes once for everybody is paid by the first. */
async function bootstrap(stage: Stage): Promise<Sample> {
  const first = await fill(stage, 0);
  await stage.device.stop();
  await pause(TRAILING_MS);
  const device = startDevice(stage.trial);
  try {
    const second = await fill({ ...stage, device, folder: mkdtempSync(join(stage.folder, 'second-')) }, 1);
    return { ...second, firstMs: first.ms, firstServerCpuS: first.serverCpuS };
  } finally {
    await device.stop();
  }
}

async function fill(stage: Stage, place: number): Promise<Sample> {
  const { trial, device, folder, seeded, port } = stage;
  const given = { port, documents: trial.documents, folder, seeded, place };
  await device.call('enrol', given);
  return measureCall(stage, () => device.call<Measured>('bootstrap', given));
}

async function measureCall({ trial, server, device, link }: Stage, run: () => Promise<Measured>): Promise<Sample> {
  if (trial.link) link?.slow(trial.link);
  const trafficBefore = await device.call<Traffic>('traffic');
  const usedBefore = await server.usage();
  const measured = await within(LIMIT_MS, run());
  const used = await server.usage();
  // acknowledgements and answers that follow belong to the bytes, not to the time
  await pause(TRAILING_MS);
  const traffic = await device.call<Traffic>('traffic');
  return {
    ms: measured.doneAtMs - measured.dialledAtMs,
    ...(trial.scenario === 's2' ? { firstRowsMs: measured.firstRowsAtMs - measured.dialledAtMs } : {}),
    bytesUp: traffic.bytesUp - trafficBefore.bytesUp,
    bytesDown: traffic.bytesDown - trafficBefore.bytesDown,
    messages: traffic.messages - trafficBefore.messages,
    sockets: traffic.sockets - trafficBefore.sockets,
    serverCpuS: used.cpuS - usedBefore.cpuS,
    clientCpuS: measured.cpuS,
    serverRssMb: used.rssBytes / 2 ** 20,
  };
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const stopped = new AbortController();
  const late = pause(limitMs, null, { signal: stopped.signal }).then(() => {
    throw new Error(`not done after ${limitMs / 1_000} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stopped.abort();
    late.catch(() => undefined);
  }
}
