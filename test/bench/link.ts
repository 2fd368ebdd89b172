/** A line such as a tablet has: bytes queue at a rate, then travel half a round trip. Between device and server when asked for. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** How slow the line is. */
export interface LinkSpeed {
  readonly rttMs: number;
  readonly bitsPerS: number;
}

/** An open line: fast until it is slowed. */
export interface Link {
  readonly port: number;
  slow(speed: LinkSpeed): void;
  close(): void;
}

const SEGMENT_BYTES = 1_400;
const HEADER_BYTES = 40;

/** Opens a line to a port of this machine. Both directions have the rate each; all connections share it. */
export async function openLink(toPort: number): Promise<Link> {
  let speed: LinkSpeed = { rttMs: 0, bitsPerS: Infinity };
  const up = lane(() => speed);
  const down = lane(() => speed);
  const server = createServer({ noDelay: true }, (near) => {
    // connecting costs a round trip of its own
    setTimeout(() => join(near, toPort, up, down), speed.rttMs);
    near.pause();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    slow: (to) => void (speed = to),
    close: () => closeAll(server),
  };
}

type Lane = (bytes: number, arrive: () => void) => void;

function lane(speedNow: () => LinkSpeed): Lane {
  const waiting: { readonly atMs: number; readonly arrive: () => void }[] = [];
  let freeAtMs = 0;
  let timer: NodeJS.Timeout | null = null;
  const deliver = () => {
    timer = null;
    while (waiting[0] && waiting[0].atMs <= performance.now() + 0.5) waiting.shift()?.arrive();
    if (waiting[0]) timer = setTimeout(deliver, Math.max(1, waiting[0].atMs - performance.now()));
  };
  return (bytes, arrive) => {
    const onWire = bytes + Math.ceil(bytes / SEGMENT_BYTES) * HEADER_BYTES;
    const { rttMs, bitsPerS } = speedNow();
    freeAtMs = Math.max(freeAtMs, performance.now()) + (onWire * 8_000) / bitsPerS;
    waiting.push({ atMs: freeAtMs + rttMs / 2, arrive });
    timer ??= setTimeout(deliver, Math.max(1, freeAtMs + rttMs / 2 - performance.now()));
  };
}

function join(near: Socket, toPort: number, up: Lane, down: Lane): void {
  const far = connect({ port: toPort, host: '127.0.0.1', noDelay: true });
  carry(near, far, up);
  carry(far, near, down);
  near.resume();
}

function carry(from: Socket, to: Socket, by: Lane): void {
  from.on('data', (bytes) => by(bytes.length, () => to.writable && to.write(bytes)));
  from.on('close', () => by(0, () => to.end()));
  from.on('error', () => from.destroy());
}

function closeAll(server: Server): void {
  server.close();
  server.unref();
}
