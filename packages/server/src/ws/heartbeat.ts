import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** Finds connections whose other end is gone without a word: a tablet that left the signal. */
export interface Heartbeat {
  /** Watches a socket and the stream that carries it: of a frame that comes slowly the stream tells first. */
  watch(ws: WebSocket, stream: Duplex): void;
  stop(): void;
}

/** An answer comes behind whatever is under way to the tablet: half a megabyte, over a slow line. */
const ROUNDS_TO_ANSWER = 3;

/**
 * Returns a heartbeat with one timer for all sockets. Only one of which no byte came since the last round is asked, and one that stays
 * silent for so many rounds more is cut: no periodic traffic but this. Rule HUB-5.
 */
export function createHeartbeat(everyMs: number): Heartbeat {
  const silentRounds = new Map<WebSocket, number>();
  const timer = setInterval(() => {
    for (const [ws, rounds] of silentRounds) {
      if (rounds > ROUNDS_TO_ANSWER) ws.terminate();
      else if (rounds > 0) ws.ping();
      silentRounds.set(ws, rounds + 1);
    }
  }, everyMs);
  return {
    watch(ws, stream) {
      const heard = (): void => void silentRounds.set(ws, 0);
      heard();
      stream.on('data', heard);
      ws.once('close', () => {
        stream.off('data', heard);
        silentRounds.delete(ws);
      });
    },
    stop: () => clearInterval(timer),
  };
}
