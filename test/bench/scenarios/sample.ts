/** What one measurement found. */

/** Bytes are of the whole connection: handshakes, frame headers, and what trails behind. */
export interface Sample {
  /** What the scenario is about: docs/performance.md says of each from when to when. */
  readonly ms: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly messages: number;
  readonly sockets: number;
  readonly serverCpuS: number;
  /** Of it, what the event loop used. */
  readonly serverLoopCpuS?: number;
  readonly clientCpuS: number;
  readonly serverRssMb: number;
  /** Filling a device: until the first screen of the list could be shown; `ms` is until all of it could. */
  readonly firstRowsMs?: number;
  /** Filling a device: the same for the one before it. */
  readonly firstMs?: number;
  readonly firstServerCpuS?: number;
  /** Delivery to readers; `ms` is its median. */
  readonly p99Ms?: number;
  readonly ackP50Ms?: number;
  readonly ackP99Ms?: number;
  /** Acknowledged each second, and really on the server's disk. */
  readonly ackedPerS?: number;
  readonly updatesPerS?: number;
  /** Acknowledged, and not there after all. */
  readonly lost?: number;
  /** Devices that were on line, and what one more of them costs the server in memory. */
  readonly devices?: number;
  readonly kbPerClient?: number;
  /** 99 of 100 waited at most so long, while nobody flooded and while one device did; how much the flooder sent each second. */
  readonly quietP99Ms?: number;
  readonly floodedP99Ms?: number;
  readonly floodPerS?: number;
}

/** Digits that are kept of each. */
export const DIGITS: Readonly<Record<keyof Sample, number>> = {
  firstMs: 1,
  firstServerCpuS: 3,
  ms: 1,
  firstRowsMs: 1,
  p99Ms: 1,
  ackP50Ms: 1,
  ackP99Ms: 1,
  ackedPerS: 0,
  updatesPerS: 0,
  lost: 0,
  devices: 0,
  kbPerClient: 1,
  quietP99Ms: 1,
  floodedP99Ms: 1,
  floodPerS: 0,
  bytesUp: 0,
  bytesDown: 0,
  messages: 0,
  sockets: 0,
  serverCpuS: 3,
  serverLoopCpuS: 3,
  clientCpuS: 3,
  serverRssMb: 0,
};
