import type { WebSocket } from 'ws';

/** Finds connections whose other end is gone without a word: a tablet that left the signal. */
export interface Heartbeat {
  watch(ws: WebSocket): void;
  stop(): void;
}

/**
 * Returns a heartbeat with one timer for all sockets. Only one that was silent since the last round is pinged, and one that does not
 * answer until the next round is cut: no periodic traffic but this. Rule HUB-5.
 */
export function createHeartbeat(everyMs: number): Heartbeat {
  const silentRounds = new Map<WebSocket, number>();
  const timer = setInterval(() => {
    for (const [ws, rounds] of silentRounds) {
      if (rounds >= 2) ws.terminate();
      else if (rounds === 1) ws.ping();
      silentRounds.set(ws, rounds + 1);
    }
  }, everyMs);
  return {
    watch(ws) {
      const heard = (): void => void silentRounds.set(ws, 0);
      heard();
      ws.on('message', heard);
      ws.on('pong', heard);
      ws.once('close', () => {
        ws.off('message', heard);
        ws.off('pong', heard);
        silentRounds.delete(ws);
      });
    },
    stop: () => clearInterval(timer),
  };
}
