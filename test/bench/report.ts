/** From samples to what is read: the median of the runs, as JSON lines or as a table with ratios. */
import type { Sample, Trial } from './measure.ts';

/** One line of the result. */
export interface Row extends Sample {
  readonly scenario: string;
  readonly peer: string;
  readonly documents: number;
  readonly runs: number;
  readonly msMin: number;
  readonly msMax: number;
  readonly rttMs?: number;
  readonly bitsPerS?: number;
}

const DIGITS: Readonly<Record<keyof Sample, number>> = {
  firstMs: 1,
  firstServerCpuS: 3,
  ms: 1,
  firstRowsMs: 1,
  bytesUp: 0,
  bytesDown: 0,
  messages: 0,
  sockets: 0,
  serverCpuS: 3,
  clientCpuS: 3,
  serverRssMb: 0,
};

/** Returns the row of a trial's samples: each number is the median of its own. */
export function rowOf({ scenario, peer, documents, link }: Trial, samples: readonly Sample[]): Row {
  const times = samples.map((sample) => sample.ms);
  const medians = Object.entries(DIGITS).flatMap(([name, digits]) => {
    const values = samples.map((sample) => sample[name as keyof Sample]).filter((value) => value !== undefined);
    return values.length === 0 ? [] : [[name, rounded(median(values), digits)] as const];
  });
  return {
    scenario,
    peer: peer.name,
    documents,
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
  const line =
    first.rttMs === undefined ? '' : `, ${first.rttMs} ms round trip at ${(first.bitsPerS ?? 0) / 1e6} Mbit/s`;
  const titles = [
    'peer',
    'ms',
    '[span]',
    '× ours',
    'KB up',
    'KB down',
    '× ours',
    'messages',
    'server CPU s',
    'device CPU s',
  ];
  const cells = rows.map((row) => [
    row.documents === first.documents ? row.peer : `${row.peer} (${row.documents} documents)`,
    String(row.ms),
    `[${row.msMin}–${row.msMax}]`,
    ratio(row.ms, own?.ms),
    kilobytes(row.bytesUp),
    kilobytes(row.bytesDown),
    ratio(bytesOf(row), own && bytesOf(own)),
    String(row.messages),
    row.serverCpuS.toFixed(2),
    row.clientCpuS.toFixed(2),
    String(row.serverRssMb),
    ...(row.firstMs === undefined
      ? []
      : [String(row.firstRowsMs), String(row.firstMs), (row.firstServerCpuS ?? 0).toFixed(2)]),
  ]);
  titles.push('server MB', ...(first.firstMs === undefined ? [] : ['first rows ms', 'first: ms', 'server CPU s']));
  return `${first.scenario}, ${first.documents} documents${line}, median of ${first.runs}\n${aligned([titles, ...cells])}\n`;
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((cells) => (cells[at] ?? '').length)));
  return lines
    .map((cells) =>
      cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
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
