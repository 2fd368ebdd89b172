import type { Duplex } from 'node:stream';
import type { Clock } from '@chungtay/core/base/world';
import type { HubSocket, SocketEvents } from '@chungtay/core/sync/ports';
import type { WebSocket } from 'ws';
import { TokenBucket } from '../ops/rate-limit.ts';

/** Bounds of one connection. A reader this far behind is cut: it comes back and catches up by its cursor. */
export const SOCKET_LIMITS = {
  maxBufferedBytes: 4 * 1024 * 1024,
  framesPerSecond: 200,
  framesAtOnce: 400,
  bytesPerSecond: 4 * 1024 * 1024,
  bytesAtOnce: 8 * 1024 * 1024,
  framesPerTurn: 8,
} as const;

const UNSUPPORTED = 1003;
const ABNORMAL = 1006;

/**
 * Returns a `ws` connection as a Socket, its frames given to what `open` returns, a few each turn of the event loop. Frames are bytes:
 * text closes it. Whoever sends too fast is read more slowly, never refused; whoever reads too slowly is cut. Rules HUB-3, HUB-4.
 */
export function guardSocket(ws: WebSocket, clock: Clock, open: (socket: HubSocket) => SocketEvents): void {
  const reading = readingOf(ws);
  const pace = paceOf(ws, clock, reading);
  const ending = { isOurs: false };
  const socket = hubSocketOf(ws, ending, { reading, pace });
  const events = open(socket);
  const inTurn = turnsOf(reading);
  ws.on('message', (frame: Buffer, isBinary) => {
    pace(1, frame.length);
    inTurn(() => {
      if (ending.isOurs) return;
      if (isBinary) events.onFrame(new Uint8Array(frame));
      else socket.close(UNSUPPORTED, 'bytes only');
    });
  });
  // ws answers each ping, whether or not anybody reads the answers, and gives up by itself when too many wait
  ws.on('ping', () => pace(1, 1));
  ws.on('pong', () => pace(1, 1));
  // ws reports a broken frame here and then closes with its code: nothing more to do
  ws.on('error', () => undefined);
  ws.once('close', (code) => inTurn(() => events.onClose(code || ABNORMAL)));
}

interface Guards {
  readonly reading: Reading;
  readonly pace: Pace;
}

/** Returns the connection as the Hub uses it; `ending` tells once the Hub itself has ended it. */
function hubSocketOf(ws: WebSocket, ending: { isOurs: boolean }, { reading, pace }: Guards): HubSocket {
  return {
    send(frame) {
      if (ws.readyState !== ws.OPEN) return;
      ws.send(frame);
      if (ws.bufferedAmount <= SOCKET_LIMITS.maxBufferedBytes) return;
      ending.isOurs = true;
      ws.terminate();
    },
    get bufferedBytes() {
      return ws.bufferedAmount;
    },
    close(code, reason) {
      ending.isOurs = true;
      ws.close(code, reason);
    },
    pause: () => reading.stop('hub'),
    resume: () => reading.go('hub'),
    charge: (costBytes) => pace(0, costBytes),
  };
}

/** Ends a connection that says more than `maxBytes` before its first message is whole: a stranger may not park bytes here. Rule HUB-3. */
export function boundFirstMessage(ws: WebSocket, stream: Duplex, maxBytes: number): void {
  let unreadBytes = 0;
  const cut = (): void => {
    // ws may have refused the frame meanwhile, with a code of its own
    if (unreadBytes > maxBytes && ws.readyState === ws.OPEN) ws.terminate();
  };
  const count = (chunk: Buffer): void => {
    unreadBytes += chunk.length;
    if (unreadBytes > maxBytes) setImmediate(cut);
  };
  stream.on('data', count);
  ws.once('message', () => {
    unreadBytes = Number.NEGATIVE_INFINITY;
    stream.off('data', count);
  });
}

/** Counts frames and what they cost in bytes, and stops reading while it is too much. */
type Pace = (frames: number, costBytes: number) => void;

type Reason = 'hub' | 'pace' | 'turn';

/** Whether the socket is read: not while anyone has a reason against it. */
interface Reading {
  stop(reason: Reason): void;
  go(reason: Reason): void;
}

function readingOf(ws: WebSocket): Reading {
  const against = new Set<Reason>();
  return {
    stop(reason) {
      against.add(reason);
      ws.pause();
    },
    go(reason) {
      against.delete(reason);
      if (against.size === 0) ws.resume();
    },
  };
}

/** Returns a function that does things in order, a few each turn of the event loop: one chunk from the network may hold thousands of frames. */
function turnsOf(reading: Reading): (task: () => void) => void {
  const waiting: (() => void)[] = [];
  let left: number = SOCKET_LIMITS.framesPerTurn;
  let isScheduled = false;
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      left = SOCKET_LIMITS.framesPerTurn;
      for (const task of waiting.splice(0, left)) {
        left -= 1;
        task();
      }
      if (waiting.length > 0) schedule();
      else reading.go('turn');
    });
  };
  return (task) => {
    schedule();
    if (left > 0 && waiting.length === 0) {
      left -= 1;
      task();
      return;
    }
    waiting.push(task);
    reading.stop('turn');
  };
}

/** Returns a function that counts what came in and stops reading while it is too much. */
function paceOf(ws: WebSocket, clock: Clock, reading: Reading): Pace {
  const frames = new TokenBucket(clock, SOCKET_LIMITS.framesPerSecond, SOCKET_LIMITS.framesAtOnce);
  const bytes = new TokenBucket(clock, SOCKET_LIMITS.bytesPerSecond, SOCKET_LIMITS.bytesAtOnce);
  let timer: NodeJS.Timeout | undefined;
  ws.once('close', () => clearTimeout(timer));
  return (count, costBytes) => {
    const waitMs = Math.max(frames.take(count), bytes.take(costBytes));
    if (waitMs === 0) return;
    reading.stop('pace');
    clearTimeout(timer);
    timer = setTimeout(() => reading.go('pace'), waitMs);
  };
}
