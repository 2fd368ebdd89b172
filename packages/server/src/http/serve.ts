import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectionCount } from '../ws/connection-count.ts';

/** A listening server. */
export interface Listening {
  readonly port: number;
  /** Takes no more connections; resolves once those that are open have ended, or `withinMs` later. */
  close(withinMs: number): Promise<void>;
}

/** What answers, made once the port is known: origins depend on it. */
export interface Doors {
  readonly listener: RequestListener;
  readonly upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer) => void;
}

const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 30_000;
const KEEP_ALIVE_MS = 65_000;
// how often Node looks for those that are late; its own 30 s would treble the first of them
const LATE_FOUND_WITHIN_MS = 2_000;
// of no byte in either direction: somebody who asked for a file and does not read it
const STILL_WITHIN_MS = 60_000;
const MAX_HEADERS = 64;
const MAX_HEADER_BYTES = 16 * 1024;
// a whole commune comes back at once after a power cut; Node's 511 would make the rest wait a second each
const BACKLOG = 4_096;

/** How many connections may be open, sockets of the Feed and the rooms among them. */
export interface ConnectionBounds {
  readonly inAll: number;
  /** Of one address; null behind a proxy, which is the only address there is. */
  readonly perAddress: number | null;
}

/** Listens, then opens the doors. Rejects when the address is taken. Rule HUB-4. */
export function listen(
  host: string,
  port: number,
  bounds: ConnectionBounds,
  openDoors: (port: number) => Doors,
): Promise<Listening> {
  const server = createServer({
    headersTimeout: HEADERS_WITHIN_MS,
    requestTimeout: REQUEST_WITHIN_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: LATE_FOUND_WITHIN_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    noDelay: true,
  });
  server.maxHeadersCount = MAX_HEADERS;
  server.timeout = STILL_WITHIN_MS;
  boundConnections(server, bounds);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.off('error', reject);
      const bound = (server.address() as AddressInfo).port;
      const { listener, upgrade } = openDoors(bound);
      server.on('request', listener);
      server.on('upgrade', upgrade);
      server.on('clientError', (_error, stream) => stream.destroy());
      resolve({ port: bound, close: (withinMs) => closeServer(server, withinMs) });
    });
  });
}

/** Whoever connects beyond the bounds is cut before a byte of his is read. */
function boundConnections(server: Server, { inAll, perAddress }: ConnectionBounds): void {
  const connections = new ConnectionCount(inAll, perAddress ?? inAll);
  server.on('connection', (stream) => {
    const leave = connections.enter(stream.remoteAddress ?? 'unknown');
    if (leave) stream.on('close', leave);
    else stream.destroy();
  });
}

function closeServer(server: Server, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.closeAllConnections();
      resolve();
    }, withinMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
