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
} as const;

const UNSUPPORTED = 1003;
const ABNORMAL = 1006;

/**
 * Returns a `ws` connection as a Socket, its frames given to what `open` returns. Frames are bytes: text closes it. Whoever sends too
 * fast is read more slowly, never refused; whoever reads too slowly is cut. Rules HUB-3, HUB-4.
 */
export function guardSocket(ws: WebSocket, clock: Clock, open: (socket: HubSocket) => SocketEvents): void {
  const reading = readingOf(ws);
  const socket: HubSocket = {
    send(frame) {
      if (ws.readyState !== ws.OPEN) return;
      ws.send(frame);
      if (ws.bufferedAmount > SOCKET_LIMITS.maxBufferedBytes) ws.terminate();
    },
    get bufferedBytes() {
      return ws.bufferedAmount;
    },
    close: (code, reason) => ws.close(code, reason),
    pause: () => reading.stop('hub'),
    resume: () => reading.go('hub'),
  };
  const pace = paceOf(ws, clock, reading);
  const events = open(socket);
  ws.on('message', (frame: Buffer, isBinary) => {
    pace(frame.length);
    if (!isBinary) ws.close(UNSUPPORTED, 'bytes only');
    else if (ws.readyState === ws.OPEN) events.onFrame(new Uint8Array(frame));
  });
  ws.on('ping', () => pace(1));
  // ws reports a broken frame here and then closes with its code: nothing more to do
  ws.on('error', () => undefined);
  ws.once('close', (code) => events.onClose(code || ABNORMAL));
}

type Reason = 'hub' | 'pace';

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

/** Returns a function that counts what came in and stops reading while it is too much. */
function paceOf(ws: WebSocket, clock: Clock, reading: Reading): (lengthBytes: number) => void {
  const frames = new TokenBucket(clock, SOCKET_LIMITS.framesPerSecond, SOCKET_LIMITS.framesAtOnce);
  const bytes = new TokenBucket(clock, SOCKET_LIMITS.bytesPerSecond, SOCKET_LIMITS.bytesAtOnce);
  let timer: NodeJS.Timeout | undefined;
  ws.once('close', () => clearTimeout(timer));
  return (lengthBytes) => {
    const waitMs = Math.max(frames.take(1), bytes.take(lengthBytes));
    if (waitMs === 0) return;
    reading.stop('pace');
    clearTimeout(timer);
    timer = setTimeout(() => reading.go('pace'), waitMs);
  };
}
