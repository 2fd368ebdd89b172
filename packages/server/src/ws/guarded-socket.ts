import type { Duplex } from 'node:stream';
import type { Clock } from '@chungtay/core/base/world';
import type { HubSocket, SocketEvents } from '@chungtay/core/sync/ports';
import type { RawData, WebSocket } from 'ws';
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
 * Gives a `ws` connection as a Socket to `open`, and its frames to what that returns, a few each turn of the event loop. Frames are bytes:
 * text closes it. Whoever sends too fast is read more slowly, never refused; whoever reads too slowly is cut. Rules HUB-3, HUB-4.
 */
export function guardSocket(ws: WebSocket, clock: Clock, open: (socket: HubSocket) => SocketEvents): void {
  const socket = new GuardedSocket(ws, clock);
  socket.listen(open(socket));
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

/** Who may have a reason against reading a socket: one bit each. */
const READER = { hub: 1, pace: 2, turn: 4 } as const;
type Reason = (typeof READER)[keyof typeof READER];

/** One connection with its guards: one object with few listeners, since a thousand tablets are on line and silent most of the time. */
class GuardedSocket implements HubSocket {
  readonly #ws: WebSocket;
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;
  /** It is not read while anyone has a reason against it. */
  #against = 0;
  #paceTimer: NodeJS.Timeout | null = null;
  /** What came in and has to wait for a later turn, in order: one chunk from the network may hold thousands of frames. */
  readonly #waiting: (() => void)[] = [];
  #leftInTurn: number = SOCKET_LIMITS.framesPerTurn;
  #isTurnScheduled = false;
  /** The Hub itself has ended it: what still comes is not for anybody. */
  #isEnded = false;

  constructor(ws: WebSocket, clock: Clock) {
    this.#ws = ws;
    this.#frames = new TokenBucket(clock, SOCKET_LIMITS.framesPerSecond, SOCKET_LIMITS.framesAtOnce);
    this.#bytes = new TokenBucket(clock, SOCKET_LIMITS.bytesPerSecond, SOCKET_LIMITS.bytesAtOnce);
  }

  get bufferedBytes(): number {
    return this.#ws.bufferedAmount;
  }

  /** Gives what comes from now on to `events`. */
  listen(events: SocketEvents): void {
    const ws = this.#ws;
    ws.on('message', (frame: RawData, isBinary) => this.#heard(frame as Buffer, isBinary, events));
    // ws answers each ping, whether or not anybody reads the answers, and gives up by itself when too many wait
    const count = (): void => this.#pace(1, 1);
    ws.on('ping', count);
    ws.on('pong', count);
    ws.on('error', ignore);
    ws.on('close', (code) => {
      clearTimeout(this.#paceTimer ?? undefined);
      this.#inTurn(() => events.onClose(code || ABNORMAL));
    });
  }

  send(frame: Uint8Array): void {
    const ws = this.#ws;
    if (ws.readyState !== ws.OPEN) return;
    ws.send(frame);
    if (ws.bufferedAmount <= SOCKET_LIMITS.maxBufferedBytes) return;
    this.#isEnded = true;
    ws.terminate();
  }

  close(code: number, reason: string): void {
    this.#isEnded = true;
    this.#ws.close(code, reason);
  }

  pause(): void {
    this.#stopReading(READER.hub);
  }

  resume(): void {
    this.#goOnReading(READER.hub);
  }

  charge(costBytes: number): void {
    this.#pace(0, costBytes);
  }

  #heard(frame: Buffer, isBinary: boolean, events: SocketEvents): void {
    this.#pace(1, frame.length);
    this.#inTurn(() => {
      if (this.#isEnded) return;
      if (isBinary) events.onFrame(new Uint8Array(frame));
      else this.close(UNSUPPORTED, 'bytes only');
    });
  }

  /** Counts frames and what they cost in bytes, and stops reading while it is too much. */
  #pace(frames: number, costBytes: number): void {
    const waitMs = Math.max(this.#frames.take(frames), this.#bytes.take(costBytes));
    if (waitMs === 0) return;
    this.#stopReading(READER.pace);
    clearTimeout(this.#paceTimer ?? undefined);
    this.#paceTimer = setTimeout(() => this.#goOnReading(READER.pace), waitMs);
  }

  /** Does a thing in its order, a few of them each turn of the event loop. */
  #inTurn(task: () => void): void {
    this.#scheduleTurn();
    if (this.#leftInTurn > 0 && this.#waiting.length === 0) {
      this.#leftInTurn -= 1;
      task();
      return;
    }
    this.#waiting.push(task);
    this.#stopReading(READER.turn);
  }

  #scheduleTurn(): void {
    if (this.#isTurnScheduled) return;
    this.#isTurnScheduled = true;
    setImmediate(() => this.#takeTurn());
  }

  #takeTurn(): void {
    this.#isTurnScheduled = false;
    this.#leftInTurn = SOCKET_LIMITS.framesPerTurn;
    for (const task of this.#waiting.splice(0, this.#leftInTurn)) {
      this.#leftInTurn -= 1;
      task();
    }
    if (this.#waiting.length > 0) this.#scheduleTurn();
    else this.#goOnReading(READER.turn);
  }

  #stopReading(reason: Reason): void {
    this.#against |= reason;
    this.#ws.pause();
  }

  #goOnReading(reason: Reason): void {
    this.#against &= ~reason;
    if (this.#against === 0) this.#ws.resume();
  }
}

/** ws reports a broken frame as an error and then closes with its code: nothing more to do. */
function ignore(): void {}
