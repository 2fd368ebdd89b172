/** What was asked for on the command line. */
import { parseArgs } from 'node:util';
import type { LinkSpeed } from './link.ts';
import { PEERS, type Peer } from './peers.ts';
import { SCENARIOS, type Scenario } from './scenario.ts';

/** One run of the bench. */
export interface Options {
  readonly scenarios: readonly Scenario[];
  /** Null = all that belong to a scenario. */
  readonly peers: readonly Peer[] | null;
  /** Sizes of the commune; empty = each scenario's own. */
  readonly documents: readonly number[];
  /** Null = the loopback as it is. */
  readonly link: LinkSpeed | null;
  /** 0 = as many as the scenario asks for. */
  readonly runs: number;
  readonly isJson: boolean;
  /** Where servers and devices leave their CPU profiles; null = they write none. */
  readonly profileFolder: string | null;
}

/** How the bench is called. */
export const USAGE = `usage: npm run -s bench -- ${SCENARIOS.join('|')}|all [options]
  --peers a,b         of ${PEERS.map((peer) => peer.name).join(', ')}
  --documents N[,N]   documents held (s1: 1000, s2: 5000, s4: 100 and, ourselves and the floor, 6000)
  --runs K            runs of each; the median is reported, the span kept (3; s4: 1)
  --rtt MS            a slow line: time of a round trip …
  --rate N[k|m]bit    … and its rate each way (1mbit)
  --json              one JSON object a line
  --profile FOLDER    CPU profiles of servers and devices`;

const RATE_UNITS: Readonly<Record<string, number>> = { bit: 1, kbit: 1e3, mbit: 1e6 };

/** Returns the options, or what is wrong with them in words. */
export function parseOptions(words: readonly string[]): Options | string {
  try {
    return optionsOf(words);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function optionsOf(words: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      peers: { type: 'string' },
      documents: { type: 'string', default: '' },
      runs: { type: 'string', default: '0' },
      rtt: { type: 'string', default: '0' },
      rate: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  return {
    scenarios: scenariosOf(positionals),
    peers: peersOf(values.peers),
    documents: values.documents
      .split(',')
      .filter(Boolean)
      .map((text) => wholeNumber(text, '--documents', 100)),
    link: linkOf(values.rtt, values.rate),
    runs: wholeNumber(values.runs, '--runs', 0),
    isJson: values.json,
    profileFolder: values.profile ?? null,
  };
}

function scenariosOf(positionals: readonly string[]): readonly Scenario[] {
  const [name] = positionals;
  if (positionals.length !== 1) throw new Error('name one scenario');
  if (name === 'all') return SCENARIOS;
  const scenario = SCENARIOS.find((one) => one === name);
  if (!scenario) throw new Error(`there is no scenario ${name}`);
  return [scenario];
}

function peersOf(text: string | undefined): readonly Peer[] | null {
  if (text === undefined) return null;
  return text.split(',').map((name) => {
    const peer = PEERS.find((one) => one.name === name);
    if (!peer) throw new Error(`there is no peer ${name}`);
    return peer;
  });
}

function linkOf(rtt: string, rate: string): LinkSpeed | null {
  const rttMs = wholeNumber(rtt, '--rtt', 0);
  if (rttMs === 0 && rate === '') return null;
  const [, count = '', unit = ''] = /^(\d+)([km]?bit)$/u.exec(rate || '1mbit') ?? [];
  const bitsPerS = Number(count) * (RATE_UNITS[unit] ?? 0);
  if (bitsPerS === 0) throw new Error('--rate is a number and bit, kbit or mbit');
  return { rttMs, bitsPerS };
}

function wholeNumber(text: string, option: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || value < least) throw new Error(`${option} takes whole numbers from ${least}`);
  return value;
}
