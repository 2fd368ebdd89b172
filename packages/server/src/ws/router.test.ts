import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { DeviceId, FolderId, MemberNumber } from '@chungtay/core/model/ids';
import type { HubSocket, SocketEvents } from '@chungtay/core/sync/ports';
import { FRAME_LIMITS } from '@chungtay/core/wire/frames';
import { closeCodeOf } from '@chungtay/core/wire/refusal';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { createSealer } from '../auth/sealer.ts';
import { TICKET_PREFIX, Tickets } from '../auth/tickets.ts';
import { inWords, sendAnswer } from '../http/answer.ts';
import { listen } from '../http/serve.ts';
import { originCheck } from '../ops/origins.ts';
import type { DirectoryStore } from '../store/directory-sqlite.ts';
import { ConnectionCount } from './connection-count.ts';
import { DirectoryRoom } from './directory-room.ts';
import { SOCKET_LIMITS } from './guarded-socket.ts';
import { createHeartbeat } from './heartbeat.ts';
import { askMissing } from './room-frames.ts';
import { createSocketRouter } from './router.ts';

const FOLDER = '01JTAB00000000000000000001' as FolderId;
const OTHER_FOLDER = '01JTAB00000000000000000002' as FolderId;
const LEAD = { member: 3 as MemberNumber, device: '01JTAB000000000000000000A1' as DeviceId };
const clock = { nowMs: () => Date.now() };
const closers: (() => Promise<void>)[] = [];

interface Door {
  readonly url: string;
  readonly tickets: Tickets;
  /** Frames that reached the Feed. */
  readonly frames: Uint8Array[];
  readonly sockets: HubSocket[];
  readonly closes: number[];
}

interface DoorOptions {
  readonly maxPerAddress?: number;
  readonly pingEveryMs?: number;
}

/** Opens a door with a Feed that only remembers what it hears. */
async function openDoor({ maxPerAddress = 50, pingEveryMs = 60_000 }: DoorOptions = {}): Promise<Door> {
  const [frames, sockets, closes]: [Uint8Array[], HubSocket[], number[]] = [[], [], []];
  const acceptFeed = (socket: HubSocket): SocketEvents => {
    sockets.push(socket);
    return { onFrame: (frame) => void frames.push(frame), onClose: (code) => void closes.push(code) };
  };
  const tickets = new Tickets(createSealer(new Uint8Array(32)), clock);
  const nothing: DirectoryStore = {
    load: async () => [],
    append: async () => undefined,
    compact: async () => undefined,
  };
  const directory = await DirectoryRoom.open({
    store: nothing,
    clock,
    mayWrite: () => false,
    onChange: () => undefined,
  });
  const heartbeat = createHeartbeat(pingEveryMs);
  const router = createSocketRouter({
    clock,
    isAllowedOrigin: originCheck(['https://tre-em.xa.vn']),
    isBehindProxy: false,
    connections: new ConnectionCount(100, maxPerAddress),
    heartbeat,
    tickets,
    acceptFeed,
    directory,
    presence: {
      personOf: () => ({ name: 'Lò Văn Pản', role: 'lead', agency: 'cultureSociety' }),
      mayReadFolder: (_member, folder) => folder === FOLDER,
      mayReadDocument: () => true,
      nowMs: () => 0,
    },
  });
  const listener = (request: Parameters<typeof sendAnswer>[0], response: Parameters<typeof sendAnswer>[1]): void =>
    sendAnswer(request, response, inWords(404, 'x'), {});
  const server = await listen('127.0.0.1', 0, { inAll: 1_000, perAddress: null }, () => ({
    listener,
    upgrade: (...ask) => router.upgrade(...ask),
  }));
  closers.push(async () => {
    heartbeat.stop();
    await server.close(0);
  });
  return { url: `ws://127.0.0.1:${server.port}`, tickets, frames, sockets, closes };
}

/** Returns how a connection attempt ended: `open`, an HTTP status, or a close code with its reason. */
async function attempt(url: string, protocols: string[] = [], options: ClientOptions = {}): Promise<string> {
  const ws = new WebSocket(url, protocols, options);
  return new Promise((resolve) => {
    ws.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    ws.on('error', () => resolve('error'));
    ws.on('close', (code, reason) => resolve(`${code} ${reason.toString()}`));
    // the Hub says no right after the upgrade, or something of its own
    ws.on('open', () => ws.ping());
    ws.on('pong', () => {
      resolve('open');
      ws.terminate();
    });
  });
}

async function opened(url: string, options: ClientOptions = {}): Promise<WebSocket> {
  const ws = new WebSocket(url, options);
  ws.on('error', () => undefined);
  await once(ws, 'open');
  return ws;
}

async function closeOf(ws: WebSocket): Promise<number> {
  const [code] = (await once(ws, 'close')) as [number];
  return code;
}

const until = (isSo: () => boolean): Promise<unknown> => vi.waitUntil(isSo, { timeout: 8_000, interval: 5 });

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

describe('the door of the sockets', () => {
  it.each([
    ['the Hub’s own page', { origin: 'https://tre-em.xa.vn' }, 'open'],
    ['a program without Origin', {}, 'open'],
    ['a page from elsewhere', { origin: 'https://evil.example' }, '403'],
    ['a page whose name only begins alike', { origin: 'https://tre-em.xa.vn.evil.example' }, '403'],
    ['a file on the disk', { origin: 'null' }, '403'],
  ])('[HUB-2] %s: %o → %s', async (_name, options, outcome) => {
    const { url, sockets } = await openDoor();
    expect(await attempt(`${url}/feed`, [], options)).toBe(outcome);
    expect(sockets).toHaveLength(outcome === 'open' ? 1 : 0);
  });

  it.each(['/', '/feeds', '/rooms', '/rooms/other', '/rooms/presence/', '/rooms/directory/x', '/rooms/presence/x'])(
    '[HUB-2] %s is no place to connect to',
    async (path) => {
      const { url } = await openDoor();
      expect(await attempt(url + path)).toBe('404');
    },
  );

  it('[HUB-3] a frame beyond the bound is not read: closed with 1009', async () => {
    const { url, frames } = await openDoor();
    const ws = await opened(`${url}/feed`);
    ws.send(new Uint8Array(FRAME_LIMITS.maxHelloBytes));
    ws.send(new Uint8Array(FRAME_LIMITS.maxFrameBytes));
    await until(() => frames.length === 2);
    ws.send(new Uint8Array(FRAME_LIMITS.maxFrameBytes + 1));
    expect(await closeOf(ws)).toBe(1009);
    expect(frames).toHaveLength(2);
  });

  it('[HUB-3] a stranger may park no more than a hello: whose first message is longer is cut while it comes', async () => {
    const { url, frames } = await openDoor();
    const ws = await opened(`${url}/feed`);
    ws.send(new Uint8Array(FRAME_LIMITS.maxFrameBytes));
    expect(await closeOf(ws)).toBe(1006);
    expect(frames).toHaveLength(0);
  });

  it('[HUB-3] a flood of tiny fragments is cut', async () => {
    const { url, frames } = await openDoor();
    const ws = await opened(`${url}/feed`);
    for (let i = 0; i < 5_000; i += 1) ws.send('x', { fin: false, binary: true });
    expect(await closeOf(ws)).toBe(1008);
    expect(frames).toHaveLength(0);
  });

  it('[HUB-3] compression is not offered, and text is no frame', async () => {
    const { url, frames } = await openDoor();
    const ws = await opened(`${url}/feed`, { perMessageDeflate: true });
    expect(ws.extensions).toBe('');
    ws.send('text');
    expect(await closeOf(ws)).toBe(1003);
    expect(frames).toHaveLength(0);
  });

  it('[HUB-4] one address has its cap, and a closed connection gives its place back', async () => {
    const { url } = await openDoor({ maxPerAddress: 3 });
    const three = await Promise.all([1, 2, 3].map(() => opened(`${url}/feed`)));
    expect(await attempt(`${url}/feed`)).toBe('503');
    three[0]?.terminate();
    let outcome = '503';
    await until(() => {
      void attempt(`${url}/feed`).then((now) => (outcome = now));
      return outcome === 'open';
    });
    for (const ws of three) ws.terminate();
  });

  it('[HUB-4] a flooder is read more slowly: nothing of it is lost, nothing refused', async () => {
    const { url, frames } = await openDoor();
    const ws = await opened(`${url}/feed`);
    const startedAtMs = Date.now();
    const count = SOCKET_LIMITS.framesAtOnce + SOCKET_LIMITS.framesPerSecond;
    for (let i = 0; i < count; i += 1) ws.send(new Uint8Array(1_024).fill(i % 256));
    await until(() => frames.length === count);
    // unhindered this takes some 20 ms; the second beyond the burst is shortened by timers that wake early, never by half
    expect(Date.now() - startedAtMs).toBeGreaterThan(500);
    expect(frames.map(([first]) => first)).toEqual(Array.from({ length: count }, (_, i) => i % 256));
    ws.terminate();
  });

  it('[HUB-4] pongs nobody asked for count as well', async () => {
    const { url, frames } = await openDoor();
    const ws = await opened(`${url}/feed`);
    const startedAtMs = Date.now();
    for (let i = 0; i < SOCKET_LIMITS.framesAtOnce + SOCKET_LIMITS.framesPerSecond; i += 1) ws.pong();
    await until(() => ws.bufferedAmount === 0);
    // in a chunk of its own: what has been read is read
    await new Promise((resolve) => setTimeout(resolve, 50));
    ws.send(new Uint8Array([1]));
    await until(() => frames.length === 1);
    expect(Date.now() - startedAtMs).toBeGreaterThan(700);
  });

  it('[HUB-4] what the Hub charges for a frame slows its sender down', async () => {
    const { url, frames, sockets } = await openDoor();
    const ws = await opened(`${url}/feed`);
    ws.send(new Uint8Array([1]));
    await until(() => frames.length === 1);
    const startedAtMs = Date.now();
    sockets[0]?.charge?.(SOCKET_LIMITS.bytesAtOnce + SOCKET_LIMITS.bytesPerSecond);
    ws.send(new Uint8Array([2]));
    await until(() => frames.length === 2);
    expect(Date.now() - startedAtMs).toBeGreaterThan(700);
  });

  it('[HUB-4] of a chunk full of frames a few are taken each turn of the event loop', async () => {
    const { url, frames } = await openDoor();
    const stream = connect(Number(new URL(url).port), '127.0.0.1');
    stream.write(
      `GET /feed HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`,
    );
    await once(stream, 'data');
    stream.write(Buffer.concat(Array<Buffer>(300).fill(Buffer.from('82810000000007', 'hex'))));
    const atOnce: number[] = [];
    for (let seen = 0; seen < 300;) {
      await new Promise((resolve) => setImmediate(resolve));
      atOnce.push(frames.length - seen);
      seen = frames.length;
    }
    expect(Math.max(...atOnce)).toBeLessThanOrEqual(SOCKET_LIMITS.framesPerTurn * 2);
    stream.destroy();
  });

  it('[HUB-4] a reader that stopped reading is cut once too much waits for it', async () => {
    const { url, sockets, closes } = await openDoor();
    const ws = await opened(`${url}/feed`);
    await until(() => sockets.length === 1);
    ws.pause();
    const frame = new Uint8Array(FRAME_LIMITS.maxFrameBytes);
    for (let i = 0; i < 200 && closes.length === 0; i += 1) {
      sockets[0]?.send(frame);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => closes.length === 1);
    expect(sockets[0]?.bufferedBytes).toBeLessThan(SOCKET_LIMITS.maxBufferedBytes * 2);
    ws.terminate();
  });

  it('[HUB-4] what comes after the Hub itself has ended a connection is not heard', async () => {
    const { url, sockets, frames } = await openDoor();
    const ws = await opened(`${url}/feed`);
    await until(() => sockets.length === 1);
    sockets[0]?.close(closeCodeOf('bad-proof'), 'bad-proof');
    ws.send(new Uint8Array([1]));
    expect(await closeOf(ws)).toBe(closeCodeOf('bad-proof'));
    const after = await opened(`${url}/feed`);
    after.send(new Uint8Array([2]));
    await until(() => frames.length > 0);
    expect(frames.map(([first]) => first)).toEqual([2]);
    after.terminate();
  });

  it('[HUB-4] the Hub’s own pause holds however the pace goes', async () => {
    const { url, sockets, frames } = await openDoor();
    const ws = await opened(`${url}/feed`);
    await until(() => sockets.length === 1);
    sockets[0]?.pause?.();
    ws.send(new Uint8Array([1]));
    await once(ws, 'pong', { signal: AbortSignal.timeout(50) }).catch(() => undefined);
    expect(frames).toHaveLength(0);
    sockets[0]?.resume?.();
    await until(() => frames.length === 1);
    ws.terminate();
  });

  it('[HUB-5] one who is gone without a word is found; one who answers stays', async () => {
    const { url, closes } = await openDoor({ pingEveryMs: 40 });
    const alive = await opened(`${url}/feed`);
    const gone = await opened(`${url}/feed`, { autoPong: false });
    await until(() => closes.length === 1);
    expect(gone.readyState).not.toBe(WebSocket.OPEN);
    expect(alive.readyState).toBe(WebSocket.OPEN);
    alive.terminate();
  });

  it('[HUB-5] a long frame that comes piece by piece is a sign of life, though no message is whole', async () => {
    const { url, closes, frames } = await openDoor({ pingEveryMs: 40 });
    const slow = new WebSocket(`${url}/feed`, { autoPong: false });
    const [{ socket: stream }] = (await once(slow, 'upgrade')) as [IncomingMessage];
    slow.send(new Uint8Array([1]));
    const payload = new Uint8Array(60_000).fill(7);
    // masked with zeros: the payload stays as it is
    stream.write(Buffer.of(0x82, 0x80 | 126, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0));
    let sentBytes = 0;
    const drip = setInterval(() => stream.write(payload.subarray(sentBytes, (sentBytes += 300))), 5);
    const gone = await opened(`${url}/feed`, { autoPong: false });
    await until(() => gone.readyState !== WebSocket.OPEN);
    clearInterval(drip);
    expect(closes).toHaveLength(1);
    stream.write(payload.subarray(sentBytes));
    await until(() => frames.length === 2);
    expect(frames[1]).toEqual(payload);
    slow.terminate();
  });

  it('[HUB-4] a broken request ends its connection at once', async () => {
    const { url } = await openDoor();
    const stream = connect(Number(new URL(url).port), '127.0.0.1');
    stream.write('GET /feed HTTP/1.1\r\nHost: x\r\n');
    stream.write('\0\r\n\r\n');
    await once(stream, 'close');
    expect(stream.destroyed).toBe(true);
  });
});

describe('tickets', () => {
  it('[ROOM-2] presence wants a ticket, of somebody who may read the folder', async () => {
    const { url, tickets } = await openDoor();
    const ticket = TICKET_PREFIX + tickets.issue(LEAD);
    const room = `${url}/rooms/presence/${FOLDER}`;
    expect(await attempt(room)).toBe(`${closeCodeOf('bad-proof')} bad-proof`);
    expect(await attempt(room, [`${TICKET_PREFIX}forged`])).toBe(`${closeCodeOf('bad-proof')} bad-proof`);
    expect(await attempt(`${url}/rooms/presence/${OTHER_FOLDER}`, [ticket])).toBe(
      `${closeCodeOf('no-grant')} no-grant`,
    );
    expect(await attempt(room, [ticket])).toBe('open');
  });

  it('[ROOM-2] a ticket is not repeated to where others might read it, and none in a URL counts', async () => {
    const { url, tickets } = await openDoor();
    const ticket = TICKET_PREFIX + tickets.issue(LEAD);
    const ws = new WebSocket(`${url}/rooms/directory`, ['chungtay', ticket]);
    await once(ws, 'open');
    expect(ws.protocol).toBe('chungtay');
    ws.terminate();
    expect(await attempt(`${url}/rooms/presence/${FOLDER}?ticket=${ticket}`)).toBe(
      `${closeCodeOf('bad-proof')} bad-proof`,
    );
  });

  it('[ROOM-2] a ticket ends, and one of another Hub is none', () => {
    const time = { ms: 1_000_000, nowMs: () => time.ms };
    const tickets = new Tickets(createSealer(new Uint8Array(32)), time);
    const ticket = tickets.issue(LEAD);
    const challenge = tickets.challenge();
    expect(tickets.read(ticket)).toEqual(LEAD);
    expect(tickets.isOpenChallenge(challenge)).toBe(true);
    expect(tickets.read(challenge)).toBeNull();
    expect(tickets.isOpenChallenge(ticket)).toBe(false);
    expect(new Tickets(createSealer(new Uint8Array(32).fill(1)), time).read(ticket)).toBeNull();
    time.ms += 6 * 60_000;
    expect(tickets.read(ticket)).toBeNull();
    expect(tickets.isOpenChallenge(challenge)).toBe(false);
  });

  it('[ROOM-1] a reader of the directory needs none, and gets the whole', async () => {
    const { url } = await openDoor();
    const ws = await opened(`${url}/rooms/directory`);
    const answer = once(ws, 'message');
    ws.send(askMissing(new Uint8Array([0])));
    const [frame] = (await answer) as [Buffer];
    expect(frame[0]).toBe(0);
    ws.terminate();
  });
});
