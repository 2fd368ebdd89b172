/** One trial: a scenario with a peer, measured once. */
import { unreachable } from '@chungtay/core/base/assert';
import type { LinkSpeed } from './link.ts';
import type { Peer } from './peers.ts';
import type { Scenario } from './scenario.ts';
import { measureDevice } from './scenarios/device-stage.ts';
import { measureFanOut } from './scenarios/fan-out.ts';
import { WATCHED_MS, measureIdle } from './scenarios/idle.ts';
import { measureRate } from './scenarios/rate.ts';
import type { Sample } from './scenarios/sample.ts';
import { measureStorm } from './scenarios/storm.ts';

/** See the file's head. */
export interface Trial {
  readonly scenario: Scenario;
  readonly peer: Peer;
  /** Held by a device; null where the scenario has its own. */
  readonly documents: number | null;
  readonly link: LinkSpeed | null;
  readonly profileFolder: string | null;
}

/** Sizes of a commune that a scenario is measured with; none where documents are not what it is about. */
const SIZES: Readonly<Record<Scenario, readonly (number | null)[]>> = {
  s1: [1_000],
  s2: [5_000],
  s3: [null],
  s4: [100, 6_000],
  s5: [null],
  storm: [null],
};
const RUNS: Readonly<Record<Scenario, number>> = { s1: 3, s2: 3, s3: 3, s4: 1, s5: 3, storm: 3 };
/** Devices with the whole commune: fewer would cost less than memory moves by itself. */
const WHOLE_COMMUNE = { documents: 6_000, devices: 40 } as const;

/** Returns the trials of a scenario at one size, one a peer; `sizesOf` says which sizes there are. */
export function trialsOf(
  scenario: Scenario,
  documents: number | null,
  peers: readonly Peer[],
  { link, profileFolder }: Pick<Trial, 'link' | 'profileFolder'>,
): readonly Trial[] {
  const isIdle = scenario === 's4' && documents !== null;
  const fitting = isIdle ? peers.filter(({ idle }) => idle.mostDocuments >= documents) : peers;
  return fitting.map((peer) => {
    const held = documents === null ? null : Math.min(documents, (isIdle ? null : peer.mostDocuments) ?? documents);
    return { scenario, peer, documents: held, link, profileFolder };
  });
}

/** Returns the sizes to measure, those asked for where the scenario has any. */
export function sizesOf(scenario: Scenario, asked: readonly number[]): readonly (number | null)[] {
  const own = SIZES[scenario];
  return asked.length > 0 && own[0] !== null ? asked : own;
}

/** Returns how often a scenario is measured when nobody says. */
export function runsOf(scenario: Scenario, asked: number): number {
  return asked > 0 ? asked : RUNS[scenario];
}

/** Returns the sample of one measurement. */
export function measure({ scenario, documents, ...how }: Trial): Promise<Sample> {
  const held = documents ?? 0;
  switch (scenario) {
    case 's1':
    case 's2':
      return measureDevice({ scenario, documents: held, ...how });
    case 's3':
      return measureFanOut(how);
    case 's4': {
      const devices = held < WHOLE_COMMUNE.documents ? how.peer.idle.devices : WHOLE_COMMUNE.devices;
      return measureIdle(how, { devices, documents: held, watchedMs: WATCHED_MS });
    }
    case 's5':
      return measureRate(how);
    case 'storm':
      return measureStorm(how);
    default:
      return unreachable(scenario);
  }
}
