/** The short comparison of the gate: ourselves, the floor and y-websocket, each scenario small enough for a minute in all. */
import type { Peer } from './peers.ts';
import { PEERS } from './peers.ts';
import { measureDevice } from './scenarios/device-stage.ts';
import { measureFanOut } from './scenarios/fan-out.ts';
import { measureIdle } from './scenarios/idle.ts';
import { measureRate } from './scenarios/rate.ts';
import type { Sample } from './scenarios/sample.ts';

/** Scenarios of the gate, and who takes part. */
const PLAYERS = {
  s1: ['chungtay', 'y-websocket'],
  s2: ['chungtay', 'floor'],
  s3: ['chungtay', 'y-websocket'],
  s4: ['chungtay'],
  s5: ['chungtay', 'floor'],
} as const;

/** One of them. */
export type GateScenario = keyof typeof PLAYERS;
type RowsOf<Name extends GateScenario> = Readonly<Record<(typeof PLAYERS)[Name][number], Sample>>;

/** One sample of each player in each scenario. */
export type GateRows = { readonly [Name in GateScenario]: RowsOf<Name> };

/** Those that the gate runs. Of the storm a test of its own says that nothing is lost (`storm.test.ts`). */
export const GATE_SCENARIOS = Object.keys(PLAYERS) as readonly GateScenario[];

const S1_DOCUMENTS = 500;
const S2_DOCUMENTS = 1_500;
const FAN_OUT = { readers: 20, strokes: 80 } as const;
const IDLE = { devices: 400, documents: 100, watchedMs: 3_000 } as const;
const RATE = { teams: 10, each: 2, strokes: 40, window: 40 } as const;

/** Returns a sample of every player of a scenario. */
export async function measureForGate<Name extends GateScenario>(scenario: Name): Promise<GateRows[Name]> {
  const rows: Record<string, Sample> = {};
  for (const name of PLAYERS[scenario]) rows[name] = await measureOne(scenario, peerOf(name));
  return rows as GateRows[Name];
}

function measureOne(scenario: GateScenario, peer: Peer): Promise<Sample> {
  const how = { peer, profileFolder: null };
  if (scenario === 's1') return measureDevice({ scenario, documents: S1_DOCUMENTS, link: null, ...how });
  if (scenario === 's2') return measureDevice({ scenario, documents: S2_DOCUMENTS, link: null, ...how });
  if (scenario === 's3') return measureFanOut(how, FAN_OUT);
  return scenario === 's4' ? measureIdle(how, IDLE) : measureRate(how, RATE);
}

function peerOf(name: string): Peer {
  const peer = PEERS.find((one) => one.name === name);
  if (!peer) throw new Error(`there is no peer ${name}`);
  return peer;
}
