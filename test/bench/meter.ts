/** Counts what a device sends and receives: every socket of its process, handshakes and frame headers included. */
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Totals since the meter began. `messages` = WebSocket messages and HTTP requests and answers, both ways. */
export interface Traffic {
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly messages: number;
  readonly sockets: number;
}

/** The prototype of the `ws` client that a device uses. */
interface WebSocketPrototype {
  send: (this: unknown, ...words: unknown[]) => void;
  emit: (this: unknown, event: string, ...words: unknown[]) => boolean;
}

const sockets: Socket[] = [];
let messages = 0;

subscribe('net.client.socket', (event) => sockets.push((event as { readonly socket: Socket }).socket));
subscribe('http.client.request.start', countMessage);
subscribe('http.client.response.finish', countMessage);

/** Makes the messages of a WebSocket class count. */
export function countMessagesOf(prototype: WebSocketPrototype): void {
  const { send, emit } = prototype;
  prototype.send = function sendCounted(this: unknown, ...words) {
    countMessage();
    send.apply(this, words);
  };
  prototype.emit = function emitCounted(this: unknown, event, ...words) {
    if (event === 'message') countMessage();
    return emit.call(this, event, ...words);
  };
}

/** Returns the totals so far. */
export function traffic(): Traffic {
  const bytesUp = sockets.reduce((sum, socket) => sum + socket.bytesWritten, 0);
  const bytesDown = sockets.reduce((sum, socket) => sum + socket.bytesRead, 0);
  return { bytesUp, bytesDown, messages, sockets: sockets.length };
}

function countMessage(): void {
  messages += 1;
}
