/** One device under measurement: every peer brings its own client, the counting around it is the same for all. */
import { setTimeout as pause } from 'node:timers/promises';
import { answer, instantMs, usage } from './answer.ts';
import { traffic } from './meter.ts';

/** Where the device finds its server, its own disk and the corpus. */
export interface Given {
  readonly port: number;
  readonly documents: number;
  readonly folder: string;
  /** What the server answered when it took the corpus. */
  readonly seeded: unknown;
  /** Which of the devices it is: 0, 1. */
  readonly place: number;
}

/** What a peer's client does. Ports are of the server, or of the slow line before it. */
export interface Device {
  /** Makes an empty device known to the server, where that is a step of its own; then `bootstrap` fills it. */
  enrol?(given: Given): Promise<unknown>;
  /** Brings the device to hold all documents, then takes it off the network. */
  prepare(given: Given): Promise<unknown>;
  /** Changes documents while there is no network. */
  edit(given: { readonly changed: readonly number[] }): Promise<unknown>;
  /** Comes back: resolves when every change made there is applied here, and what was made here is sent (acknowledged, where the peer can). */
  catchUp(given: { readonly port: number; readonly changedThere: readonly number[] }): Promise<unknown>;
  /** Rejects when a change made there is not here: for devices that wait for the end of a round and not for each change. */
  verify?(given: { readonly changedThere: readonly number[] }): Promise<unknown>;
  /** Fills an empty device: resolves when every document is here. `listed` is told, as it goes, of how many the line of a list can be shown. */
  bootstrap(given: Given, listed: (count: number) => void): Promise<unknown>;
}

/** What one measurement on the device found. Instants are comparable with those of the server. */
export interface Measured {
  readonly dialledAtMs: number;
  /** When the first screen of a list could be shown; the end when the device never said. */
  readonly firstRowsAtMs: number;
  readonly doneAtMs: number;
  readonly cpuS: number;
}

/** Lines of a list that fill a screen. */
const SCREEN_ROWS = 50;

/** Offers the device to the harness. */
export function offer(device: Device): void {
  answer({
    enrol: (given: Given) => device.enrol?.(given),
    prepare: (given: Parameters<Device['prepare']>[0]) => device.prepare(given),
    edit: (given: Parameters<Device['edit']>[0]) => device.edit(given),
    catchUp: (given: Parameters<Device['catchUp']>[0]) => measure(() => device.catchUp(given)),
    bootstrap: (given: Parameters<Device['bootstrap']>[0]) => measure((listed) => device.bootstrap(given, listed)),
    verify: (given: { readonly changedThere: readonly number[] }) => device.verify?.(given),
    traffic,
  });
}

async function measure(run: (listed: (count: number) => void) => Promise<unknown>): Promise<Measured> {
  // whatever the preparation left behind is not the measurement's
  await pause(300);
  const before = usage();
  const dialledAtMs = instantMs();
  let firstRowsAtMs = 0;
  await run((count) => {
    if (count >= SCREEN_ROWS) firstRowsAtMs ||= instantMs();
  });
  const doneAtMs = instantMs();
  return { dialledAtMs, firstRowsAtMs: firstRowsAtMs || doneAtMs, doneAtMs, cpuS: usage().cpuS - before.cpuS };
}
