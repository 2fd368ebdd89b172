/**
 * What the gate holds the engine to: ratios of one run, counts and memory, never times. Each limit lies about half way between what is measured and what the
 * mistake it watches for makes of it, and on figures that a busy machine moves little: bytes, messages, CPU.
 */
import type { GateRows } from './gate-rows.ts';

/** One limit. */
export interface Limit {
  readonly name: string;
  /** What it would say if it were passed. */
  readonly against: string;
  readonly ratio: (rows: GateRows) => number;
  /** The ratio is good from here on, or up to here. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** All limits. */
export const LIMITS: readonly Limit[] = [
  {
    name: 's1: bytes of y-websocket ÷ ours',
    // measured: 43 with 500 documents
    against: 'a device that comes back is sent what it has',
    ratio: ({ s1 }) => bytesOf(s1['y-websocket']) / bytesOf(s1.chungtay),
    atLeast: 20,
  },
  {
    name: 's1: messages of y-websocket ÷ ours',
    // measured: 378 with 500 documents
    against: 'catching up takes a message per document',
    ratio: ({ s1 }) => s1['y-websocket'].messages / s1.chungtay.messages,
    atLeast: 100,
  },
  {
    name: 's2: bytes of ours ÷ the floor',
    against: 'packs are no longer deflated, or documents travel twice',
    // measured: 0.87
    ratio: ({ s2 }) => bytesOf(s2.chungtay) / bytesOf(s2.floor),
    atMost: 1.3,
  },
  {
    name: 's2: Hub CPU of the first device ÷ the second',
    against: 'packs are made anew for every device',
    // measured: 18
    ratio: ({ s2 }) => (s2.chungtay.firstServerCpuS ?? 0) / s2.chungtay.serverCpuS,
    atLeast: 2.5,
  },
  {
    name: 's3: Hub CPU of ours ÷ y-websocket',
    against: 'a change costs far more with every reader',
    // measured: 5.1
    ratio: ({ s3 }) => s3.chungtay.serverCpuS / s3['y-websocket'].serverCpuS,
    atMost: 8,
  },
  {
    name: 's4: KB of the Hub that one more silent device takes',
    against: 'a session keeps what only its beginning needs',
    ratio: ({ s4 }) => s4.chungtay.kbPerClient ?? NaN,
    // measured: 14–21; a session that kept what it had sent took 58
    atMost: 35,
  },
  {
    name: 's4: messages to or from silent devices',
    against: 'the Hub talks to those that have nothing to do',
    // three seconds long; a heartbeat comes later
    ratio: ({ s4 }) => s4.chungtay.messages,
    atMost: 0,
  },
  {
    name: 's3: messages of ours ÷ y-websocket',
    against: 'every reader answers every change',
    // measured: 1.1; answered one by one it was 1.96
    ratio: ({ s3 }) => s3.chungtay.messages / s3['y-websocket'].messages,
    atMost: 1.5,
  },
  {
    name: 's5: Hub CPU on its event loop ÷ all of it',
    against: 'signatures are checked, or the disk is written, on the event loop',
    ratio: ({ s5 }) => (s5.chungtay.serverLoopCpuS ?? NaN) / s5.chungtay.serverCpuS,
    // measured: 0.34–0.40
    atMost: 0.55,
  },
  {
    name: 's5: Hub CPU of ours ÷ the floor',
    against: 'admission costs far more',
    ratio: ({ s5 }) => s5.chungtay.serverCpuS / s5.floor.serverCpuS,
    // measured: 9–11
    atMost: 18,
  },
  {
    name: 's5: strokes lost by a kill behind their acknowledgement',
    against: 'an acknowledgement comes before the disk',
    ratio: ({ s5 }) => s5.chungtay.lost ?? NaN,
    atMost: 0,
  },
];

/** Says whether a ratio is good. */
export function isGood({ atLeast = -Infinity, atMost = Infinity }: Limit, ratio: number): boolean {
  return ratio >= atLeast && ratio <= atMost;
}

function bytesOf({ bytesUp, bytesDown }: { readonly bytesUp: number; readonly bytesDown: number }): number {
  return bytesUp + bytesDown;
}
