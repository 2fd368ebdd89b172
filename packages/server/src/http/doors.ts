import type { DeviceId, MemberNumber } from '@chungtay/core/model/ids';
import { agencyOf } from '@chungtay/core/model/role';
import { Tickets } from '../auth/tickets.ts';
import { isLoopback } from '../config.ts';
import type { Config } from '../config.ts';
import { personNow } from '../jobs/open-hub.ts';
import type { OpenHub } from '../jobs/open-hub.ts';
import type { Log } from '../ops/log.ts';
import { loopbackOrigins, originCheck } from '../ops/origins.ts';
import type { OriginCheck } from '../ops/origins.ts';
import { RateLimit } from '../ops/rate-limit.ts';
import { ConnectionCount } from '../ws/connection-count.ts';
import { createHeartbeat } from '../ws/heartbeat.ts';
import type { Heartbeat } from '../ws/heartbeat.ts';
import type { PresenceNeeds } from '../ws/presence-room.ts';
import { createSocketRouter } from '../ws/router.ts';
import type { SocketRouter } from '../ws/router.ts';
import { securityHeaders } from './headers.ts';
import type { HealthNeeds } from './health.ts';
import { createHttpListener } from './router.ts';
import type { HttpNeeds } from './router.ts';
import { listen } from './serve.ts';
import type { ConnectionBounds } from './serve.ts';
import { loadClientFiles } from './static.ts';

/** The doors of a Hub: HTTP, the Feed, the rooms. */
export interface OpenDoors {
  /** Where browsers find it. */
  readonly urls: readonly string[];
  /** Takes nobody in any more and sees everybody out, within `withinMs`. The Hub itself is drained by its owner. */
  close(withinMs: number): Promise<void>;
}

const TICKETS_PER_ENROLMENT = 20;
/** Of every kind of connection, to one socket: a browser asks for files beside it. */
const CONNECTIONS_PER_SOCKET = 2;

/** What the Hub says of itself. */
export type SelfReport = Pick<HealthNeeds, 'version' | 'soundness'>;

/** Opens the doors of a Hub. Rejects when the address is taken. */
export async function openDoors(open: OpenHub, config: Config, log: Log, report: SelfReport): Promise<OpenDoors> {
  const heartbeat = createHeartbeat(config.pingEveryMs);
  const tickets = new Tickets(open.keys.tickets, open.world);
  const sockets: { router?: SocketRouter; urls?: readonly string[] } = {};
  const server = await listen(config.host, config.port, boundsOf(config), (port) => {
    const origins = [...config.publicUrls, ...(isLoopback(config.host) ? loopbackOrigins(port) : [])];
    const isAllowedOrigin = originCheck(origins);
    sockets.urls = origins;
    const router = routerOf(open, config, { heartbeat, tickets, isAllowedOrigin });
    sockets.router = router;
    const listener = createHttpListener(httpNeeds(open, config, log, { report, tickets, origins, isAllowedOrigin }));
    return { listener, upgrade: (request, stream, head) => router.upgrade(request, stream, head) };
  });
  return {
    urls: sockets.urls ?? [],
    async close(withinMs) {
      heartbeat.stop();
      await Promise.all([sockets.router?.close(), server.close(withinMs)]);
    },
  };
}

function boundsOf({ maxConnections, maxConnectionsPerIp, isBehindProxy }: Config): ConnectionBounds {
  return {
    inAll: maxConnections * CONNECTIONS_PER_SOCKET,
    perAddress: isBehindProxy ? null : maxConnectionsPerIp * CONNECTIONS_PER_SOCKET,
  };
}

function routerOf(
  open: OpenHub,
  config: Config,
  parts: { readonly heartbeat: Heartbeat; readonly tickets: Tickets; readonly isAllowedOrigin: OriginCheck },
): SocketRouter {
  return createSocketRouter({
    ...parts,
    clock: open.world,
    isBehindProxy: config.isBehindProxy,
    connections: new ConnectionCount(config.maxConnections, config.maxConnectionsPerIp),
    acceptFeed: (socket) => open.hub.accept(socket),
    directory: open.directory,
    presence: presenceNeeds(open),
  });
}

function presenceNeeds({ hub, world }: OpenHub): PresenceNeeds {
  return {
    personOf({ device }) {
      const person = personNow(hub, device, world.nowMs());
      if (!person) return null;
      const { role } = person.principal;
      return { name: person.name, role, agency: agencyOf(role) };
    },
    mayReadFolder: (member, folder) => hub.mayRead(member, folder),
    mayReadDocument: (member, document) => hub.mayRead(member, document),
    nowMs: () => world.nowMs(),
  };
}

function httpNeeds(
  { hub, world, commune, keys, feed, trouble, recoveries }: OpenHub,
  config: Config,
  log: Log,
  parts: {
    readonly report: SelfReport;
    readonly tickets: Tickets;
    readonly origins: readonly string[];
    readonly isAllowedOrigin: OriginCheck;
  },
): HttpNeeds {
  const startedAtMs = world.nowMs();
  const { report, tickets, origins, isAllowedOrigin } = parts;
  return {
    log,
    isBehindProxy: config.isBehindProxy,
    isAllowedOrigin,
    headers: securityHeaders(origins),
    enrolLimit: new RateLimit(world, config.enrolmentsPerMinute),
    ticketLimit: new RateLimit(world, config.enrolmentsPerMinute * TICKETS_PER_ENROLMENT),
    recoverLimit: new RateLimit(world, config.enrolmentsPerMinute * TICKETS_PER_ENROLMENT),
    files: loadClientFiles(config.clientFolder),
    health: {
      ...report,
      uptimeMs: () => world.nowMs() - startedAtMs,
      probe: () => feed.readEntries(0, 1, 1),
      trouble,
      damaged: () => hub.lostDocuments(),
    },
    enrol: { hub, commune },
    recover: { book: recoveries, keys },
    device: { hub, tickets },
    ticket: {
      tickets,
      crypto: world.crypto,
      hubKey: keys.signer.publicKey,
      deviceOf: (device) => enrolledDevice(hub, device, world.nowMs()),
    },
  };
}

function enrolledDevice(
  hub: OpenHub['hub'],
  device: DeviceId,
  nowMs: number,
): { readonly member: MemberNumber; readonly signKey: Uint8Array } | null {
  const person = personNow(hub, device, nowMs);
  const signKey = hub.signKeyOf(device);
  return person && signKey ? { member: person.member, signKey } : null;
}
