import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '@chungtay/core/base/world';
import { parseFolderId } from '@chungtay/core/model/ids';
import type { FolderId } from '@chungtay/core/model/ids';
import type { HubSocket, SocketEvents } from '@chungtay/core/sync/ports';
import { FRAME_LIMITS } from '@chungtay/core/wire/frames';
import { CLOSE, closeCodeOf } from '@chungtay/core/wire/refusal';
import type { RefusalCode } from '@chungtay/core/wire/refusal';
import { WebSocketServer } from 'ws';
import type { ServerOptions, WebSocket } from 'ws';
import { TICKET_PREFIX } from '../auth/tickets.ts';
import type { TicketHolder, Tickets } from '../auth/tickets.ts';
import { addressOf } from '../ops/caller.ts';
import type { OriginCheck } from '../ops/origins.ts';
import type { ConnectionCount } from './connection-count.ts';
import type { DirectoryRoom } from './directory-room.ts';
import { boundFirstMessage, guardSocket } from './guarded-socket.ts';
import type { Heartbeat } from './heartbeat.ts';
import { PresenceRoom } from './presence-room.ts';
import type { PresenceNeeds } from './presence-room.ts';

/** What stands behind the sockets. */
export interface RouterNeeds {
  readonly clock: Clock;
  readonly isAllowedOrigin: OriginCheck;
  readonly isBehindProxy: boolean;
  readonly connections: ConnectionCount;
  readonly heartbeat: Heartbeat;
  readonly tickets: Tickets;
  /** Opens a session of the Feed. */
  readonly acceptFeed: (socket: HubSocket) => SocketEvents;
  readonly directory: DirectoryRoom;
  readonly presence: PresenceNeeds;
}

/** The sockets of the Hub. */
export interface SocketRouter {
  /** Answers an HTTP upgrade. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** Takes no more sockets, and closes those of the rooms: come back soon. */
  close(): Promise<void>;
}

type Place =
  | { readonly at: 'feed' }
  | { readonly at: 'directory' }
  | { readonly at: 'presence'; readonly folder: FolderId };

const PRESENCE = '/rooms/presence/';
// a browser sends a frame in a few fragments of tens of kilobytes; a flood of tiny ones would cost far more memory than its bytes
const LIMITS = { maxFragments: 256, maxBufferedChunks: 4_096 } as const;
const PROTOCOL_WITHOUT_TICKET = 'chungtay';
// a reader of the directory says where his replica stands and which of its values are gone, and nothing more
const MAX_STRANGER_BYTES = 64 * 1024;
// header and mask of a frame, and a ping or two
const AROUND_HELLO_BYTES = 512;
const CLOSE_WITHIN_MS = 4_000;

/**
 * Returns the router of upgrades. Nothing of a socket is read before its Origin, its path and the caps on connections were checked. A
 * ticket comes as a subprotocol, never in the URL. Rules HUB-2, HUB-4, ROOM-2.
 */
export function createSocketRouter(needs: RouterNeeds): SocketRouter {
  const members = socketServer(FRAME_LIMITS.maxFrameBytes);
  const strangers = socketServer(MAX_STRANGER_BYTES);
  const rooms = new Map<FolderId, PresenceRoom>();
  let isOpen = true;
  return {
    upgrade(request, stream, head) {
      stream.on('error', destroyed);
      const place = placeOf(request.url ?? '');
      const isAllowed = needs.isAllowedOrigin(request.headers.origin);
      if (!isOpen || !place || !isAllowed) {
        refuseUpgrade(stream, isOpen ? (isAllowed ? '404 Not Found' : '403 Forbidden') : '503 Service Unavailable');
        return;
      }
      const leave = needs.connections.enter(addressOf(request, needs.isBehindProxy));
      if (!leave) {
        refuseUpgrade(stream, '503 Service Unavailable');
        return;
      }
      stream.on('close', leave);
      const ticket = ticketIn(request, needs.tickets);
      const isStranger = place.at !== 'feed' && typeof ticket === 'string';
      (isStranger ? strangers : members).handleUpgrade(request, stream, head, (ws) => {
        needs.heartbeat.watch(ws, request.socket);
        if (place.at === 'feed') boundFirstMessage(ws, stream, FRAME_LIMITS.maxHelloBytes + AROUND_HELLO_BYTES);
        join(needs, rooms, ws, place, ticket);
      });
    },
    async close() {
      isOpen = false;
      for (const room of rooms.values()) room.close(CLOSE.restart, 'restarting');
      await needs.directory.close(CLOSE.restart, 'restarting');
    },
  };
}

function socketServer(maxPayload: number): WebSocketServer {
  const options: ServerOptions & typeof LIMITS & { readonly closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload,
    handleProtocols: chooseProtocol,
    // whoever was told to go and does not is cut: he reads nothing more, and holds nothing here
    closeTimeout: CLOSE_WITHIN_MS,
    ...LIMITS,
  };
  return new WebSocketServer(options);
}

function join(
  needs: RouterNeeds,
  rooms: Map<FolderId, PresenceRoom>,
  ws: WebSocket,
  place: Place,
  ticket: TicketHolder | 'none' | 'invalid',
): void {
  if (place.at === 'feed') {
    guardSocket(ws, needs.clock, needs.acceptFeed);
    return;
  }
  // told after the upgrade: a browser hides from its page why an upgrade failed, and a provider would try for ever
  if (ticket === 'invalid') {
    refuseSocket(ws, 'bad-proof');
    return;
  }
  if (place.at === 'directory') {
    guardSocket(ws, needs.clock, (socket) => needs.directory.join(socket, ticket === 'none' ? null : ticket));
    return;
  }
  const { folder } = place;
  if (ticket === 'none' || !needs.presence.personOf(ticket) || !needs.presence.mayReadFolder(ticket.member, folder)) {
    refuseSocket(ws, ticket === 'none' ? 'bad-proof' : 'no-grant');
    return;
  }
  const room = rooms.get(folder) ?? new PresenceRoom(folder, needs.presence, () => void rooms.delete(folder));
  rooms.set(folder, room);
  guardSocket(ws, needs.clock, (socket) => room.join(socket, ticket));
}

function placeOf(url: string): Place | null {
  const path = url.split('?')[0] ?? '';
  if (path === '/feed') return { at: 'feed' };
  if (path === '/rooms/directory') return { at: 'directory' };
  const folder = path.startsWith(PRESENCE) ? parseFolderId(path.slice(PRESENCE.length)) : null;
  return folder ? { at: 'presence', folder } : null;
}

function ticketIn(request: IncomingMessage, tickets: Tickets): TicketHolder | 'none' | 'invalid' {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((text) => text.trim());
  const ticket = offered.find((text) => text.startsWith(TICKET_PREFIX));
  if (ticket === undefined) return 'none';
  return tickets.read(ticket.slice(TICKET_PREFIX.length)) ?? 'invalid';
}

/** A browser that offered subprotocols fails unless one of them is chosen; a ticket is only repeated when nothing else was offered. */
function chooseProtocol(offered: Set<string>): string | false {
  if (offered.has(PROTOCOL_WITHOUT_TICKET)) return PROTOCOL_WITHOUT_TICKET;
  return [...offered].find((text) => text.startsWith(TICKET_PREFIX)) ?? false;
}

function refuseSocket(ws: WebSocket, refusal: RefusalCode): void {
  ws.on('error', () => undefined);
  ws.close(closeCodeOf(refusal), refusal);
}

/** Of a stream that failed. One function for all: a closure would keep what else its scope knows. */
function destroyed(this: Duplex): void {
  this.destroy();
}

function refuseUpgrade(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
}
