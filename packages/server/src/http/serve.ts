import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

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
const MAX_HEADERS = 64;
const MAX_HEADER_BYTES = 16 * 1024;
// a whole commune comes back at once after a power cut; Node's 511 would make the rest wait a second each
const BACKLOG = 4_096;

/** Listens, then opens the doors. Rejects when the address is taken. Rule HUB-4. */
export function listen(host: string, port: number, openDoors: (port: number) => Doors): Promise<Listening> {
  const server = createServer({
    headersTimeout: HEADERS_WITHIN_MS,
    requestTimeout: REQUEST_WITHIN_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    noDelay: true,
  });
  server.maxHeadersCount = MAX_HEADERS;
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
