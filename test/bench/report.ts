/** From samples to what is read: the median of the runs, as JSON lines or as a table with ratios. */
import type { Scenario } from './scenario.ts';
import { DIGITS, type Sample } from './scenarios/sample.ts';
import type { Trial } from './trial.ts';

/** One line of the result. */
export interface Row extends Sample {
  readonly scenario: Scenario;
  readonly peer: string;
  readonly documents?: number;
  readonly runs: number;
  readonly msMin: number;
  readonly msMax: number;
  readonly rttMs?: number;
  readonly bitsPerS?: number;
}

/** A column: its title, and what it says of a row beside our own. */
type Column = readonly [string, (row: Row, own: Row | undefined) => string];

/** Returns the row of a trial's samples: each number is the median of its own. */
export function rowOf({ scenario, peer, documents, link }: Trial, samples: readonly Sample[]): Row {
  const times = samples.map((sample) => sample.ms);
  const medians = Object.entries(DIGITS).flatMap(([name, digits]) => {
    const values = samples.map((sample) => sample[name as keyof Sample]).filter((value) => value !== undefined);
    if (values.length === 0) return [];
    // one lost stroke in one of the runs is one too many
    return [[name, rounded(name === 'lost' ? Math.max(...values) : median(values), digits)] as const];
  });
  return {
    scenario,
    peer: peer.name,
    ...(documents === null ? {} : { documents }),
    runs: samples.length,
    ...(Object.fromEntries(medians) as unknown as Sample),
    msMin: rounded(Math.min(...times), 1),
    msMax: rounded(Math.max(...times), 1),
    ...(link ? { rttMs: link.rttMs, bitsPerS: link.bitsPerS } : {}),
  };
}

/** Returns the rows of one scenario and size as a table; with our own row there, times and bytes are compared with ours. */
export function tableOf(rows: readonly Row[]): string {
  const [first] = rows;
  if (!first) return '';
  const own = rows.find((row) => row.peer === 'chungtay');
  const columns = [...SHARED, ...COLUMNS[first.scenario]];
  const cells = rows.map((row) => [nameOf(row, first), ...columns.map(([, say]) => say(row, own))]);
  return `${titleOf(first)}\n${aligned([['peer', ...columns.map(([title]) => title)], ...cells])}\n`;
}

const SHARED: readonly Column[] = [
  ['ms', (row) => String(row.ms)],
  ['[span]', (row) => `[${row.msMin}–${row.msMax}]`],
  ['× ours', (row, own) => ratio(row.ms, own?.ms)],
  ['KB up', (row) => kilobytes(row.bytesUp)],
  ['KB down', (row) => kilobytes(row.bytesDown)],
  ['× ours', (row, own) => ratio(bytesOf(row), own && bytesOf(own))],
  ['messages', (row) => String(row.messages)],
  ['server CPU s', (row) => row.serverCpuS.toFixed(2)],
  ['device CPU s', (row) => row.clientCpuS.toFixed(2)],
  ['server MB', (row) => String(row.serverRssMb)],
];
const ACKS: readonly Column[] = [
  ['ack p50', (row) => said(row.ackP50Ms)],
  ['ack p99', (row) => said(row.ackP99Ms)],
];
const COLUMNS: Readonly<Record<Scenario, readonly Column[]>> = {
  s1: [],
  s2: [
    ['first rows ms', (row) => said(row.firstRowsMs)],
    ['first: ms', (row) => said(row.firstMs)],
    ['server CPU s', (row) => said(row.firstServerCpuS)],
  ],
  s3: [['p99', (row) => said(row.p99Ms)], ...ACKS],
  s4: [
    ['devices', (row) => said(row.devices)],
    ['KB a device', (row) => said(row.kbPerClient)],
  ],
  s5: [
    ['acknowledged/s', (row) => said(row.ackedPerS)],
    ['on disk/s', (row) => said(row.updatesPerS)],
    ['lost', (row) => said(row.lost)],
    ...ACKS,
  ],
  storm: [
    ...ACKS,
    ['lost', (row) => said(row.lost)],
    ['quiet p99', (row) => said(row.quietP99Ms)],
    ['flooded p99', (row) => said(row.floodedP99Ms)],
    ['flood/s', (row) => said(row.floodPerS)],
  ],
};

function titleOf({ scenario, documents, rttMs, bitsPerS, runs }: Row): string {
  const held = documents === undefined ? '' : `, ${documents} documents`;
  const line = rttMs === undefined ? '' : `, ${rttMs} ms round trip at ${(bitsPerS ?? 0) / 1e6} Mbit/s`;
  return `${scenario}${held}${line}, median of ${runs}`;
}

function nameOf({ peer, documents }: Row, first: Row): string {
  return documents === first.documents ? peer : `${peer} (${documents} documents)`;
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((cells) => (cells[at] ?? '').length)));
  return lines
    .map((cells) =>
      cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
}

function said(value: number | undefined): string {
  return value === undefined ? '–' : String(value);
}

function bytesOf({ bytesUp, bytesDown }: Row): number {
  return bytesUp + bytesDown;
}

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(1);
}

function ratio(value: number, own: number | undefined): string {
  return own === undefined ? '' : (value / own).toFixed(1);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
