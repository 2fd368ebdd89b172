import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/** Finds connections whose other end is gone without a word: a tablet that left the signal. */
export interface Heartbeat {
  /** Watches a socket and the stream that carries it: of a frame that comes slowly the stream tells first. */
  watch(ws: WebSocket, stream: Pick<Socket, 'bytesRead'>): void;
  stop(): void;
}

interface Watched {
  readonly stream: Pick<Socket, 'bytesRead'>;
  bytesHeard: number;
  silentRounds: number;
}

/** An answer comes behind whatever is under way to the tablet: half a megabyte, over a slow line. */
const ROUNDS_TO_ANSWER = 3;

/**
 * Returns a heartbeat with one timer for all sockets. Only one of which no byte came since the last round is asked, and one that stays
 * silent for so many rounds more is cut: no periodic traffic but this. Rule HUB-5.
 */
export function createHeartbeat(everyMs: number): Heartbeat {
  const watched = new Map<WebSocket, Watched>();
  const timer = setInterval(() => {
    for (const [ws, one] of watched) {
      listen(one);
      if (one.silentRounds > ROUNDS_TO_ANSWER) ws.terminate();
      else if (one.silentRounds > 0) ws.ping();
      one.silentRounds += 1;
    }
  }, everyMs);
  return {
    watch(ws, stream) {
      watched.set(ws, { stream, bytesHeard: stream.bytesRead, silentRounds: 0 });
      ws.on('close', () => watched.delete(ws));
    },
    stop: () => clearInterval(timer),
  };
}

function listen(one: Watched): void {
  const { bytesRead } = one.stream;
  if (bytesRead === one.bytesHeard) return;
  one.bytesHeard = bytesRead;
  one.silentRounds = 0;
}
