import { assert } from '../base/assert.ts';
import type { Dial, HubSocket, Socket, SocketEvents } from './ports.ts';

/** What the other end does with a new connection: gets its socket, returns its ears. */
export type Accept = (socket: HubSocket) => SocketEvents;

/** Which way a frame goes. */
export type Direction = 'up' | 'down';

const LOST = 1006;

/**
 * Connections in memory whose every frame waits until the test lets it through. In order until a connection ends, as TCP; what is
 * undelivered then is lost; a half-open one swallows frames and says nothing, as a tablet leaving the signal.
 */
export class MemoryNetwork {
  /** True: frames go through by themselves, each in a turn of its own. */
  isFlowing = true;
  readonly #links = new Set<MemoryLink>();

  /** Returns the open connections, oldest first. */
  get links(): readonly MemoryLink[] {
    return [...this.#links];
  }

  /** Returns a Dial that connects to `accept`, or fails with 1006 while it answers null. */
  dialTo(accept: () => Accept | null): Dial {
    return (events) => {
      const link = new MemoryLink(this, events);
      const answer = accept();
      soon(() => {
        if (answer === null) link.cut();
        else link.open(answer);
      });
      this.#links.add(link);
      return link.near;
    };
  }

  /** Forgets a connection that ended. */
  drop(link: MemoryLink): void {
    this.#links.delete(link);
  }
}

/** One connection: `near` is the dialler's end, `far` the acceptor's. */
export class MemoryLink {
  readonly near: Socket;
  readonly far: HubSocket;
  /** Bytes delivered each way, for counting what a catch-up costs. */
  readonly deliveredBytes = { up: 0, down: 0 };
  #isOpen = true;
  #isHalfOpen = false;
  #isPaused = false;
  #isLingering = false;
  #farEvents: SocketEvents | null = null;
  readonly #nearEvents: SocketEvents;
  readonly #network: MemoryNetwork;
  readonly #queues: Record<Direction, Uint8Array[]> = { up: [], down: [] };

  constructor(network: MemoryNetwork, nearEvents: SocketEvents) {
    this.#network = network;
    this.#nearEvents = nearEvents;
    this.near = this.#endOf('up');
    const far = this.#endOf('down');
    this.far = Object.assign(far, { pause: () => this.#pause(true), resume: () => this.#pause(false) });
  }

  /** Connects the far end. */
  open(accept: Accept): void {
    if (this.#isOpen) this.#farEvents = accept(this.far);
  }

  /** Says whether nothing arrives any more and nobody was told. */
  get isHalfOpen(): boolean {
    return this.#isHalfOpen;
  }

  /** Says whether only the far end still believes in it. */
  get isLingering(): boolean {
    return this.#isLingering;
  }

  /** Returns how many frames wait. */
  waiting(direction: Direction): number {
    return this.#queues[direction].length;
  }

  /** Returns the frames that wait, oldest first. */
  undelivered(direction: Direction): readonly Uint8Array[] {
    return this.#queues[direction];
  }

  /** Lets the oldest waiting frame through; says whether there was one. */
  deliver(direction: Direction): boolean {
    if (direction === 'up' && (this.#farEvents === null || this.#isPaused)) return false;
    const frame = this.#queues[direction].shift();
    if (frame === undefined) return false;
    this.deliveredBytes[direction] += frame.length;
    if (direction === 'up') this.#farEvents?.onFrame(frame);
    else this.#nearEvents.onFrame(frame);
    return true;
  }

  /** Makes the oldest waiting frame arrive twice; says whether there was one. */
  duplicate(direction: Direction): boolean {
    const frame = this.#queues[direction][0];
    if (frame === undefined) return false;
    this.#queues[direction].unshift(frame.slice());
    return true;
  }

  /** Ends the connection at both ends; what waits is lost. */
  cut(code: number = LOST): void {
    this.#end(code, true, true);
  }

  /** From now on nothing arrives and nobody is told. */
  halfOpen(): void {
    this.#isHalfOpen = true;
    this.#queues.up.length = 0;
    this.#queues.down.length = 0;
  }

  /** Ends the connection for the far end alone: the dialler's process is gone, or its end of a half-open one gave up. */
  cutFar(): void {
    this.#end(LOST, false, true);
  }

  /** Ends the connection for the dialler alone: what he sent is still under way and arrives late, behind what he says on his next one. */
  linger(): void {
    if (!this.#isOpen || this.#isLingering) return;
    this.#isLingering = true;
    this.#queues.down.length = 0;
    soon(() => this.#nearEvents.onClose(LOST));
  }

  #endOf(direction: Direction): Socket {
    const queue = this.#queues[direction];
    return {
      send: (frame) => this.#accept(direction, frame),
      get bufferedBytes() {
        return queue.reduce((sum, frame) => sum + frame.length, 0);
      },
      close: (code) => this.#close(direction, code),
    };
  }

  #pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (!isPaused && this.#network.isFlowing)
      for (let left = this.waiting('up'); left > 0; left -= 1) soon(() => this.deliver('up'));
  }

  #accept(direction: Direction, frame: Uint8Array): void {
    assert(frame.length > 0, 'an empty frame');
    if (!this.#isOpen || this.#isHalfOpen || this.#isLingering) return;
    this.#queues[direction].push(frame.slice());
    if (this.#network.isFlowing) soon(() => this.deliver(direction));
  }

  /** The closing end's last frames still arrive, then the code: as a WebSocket's close follows its frames. */
  #close(from: Direction, code: number): void {
    // the dialler has left it already
    if (!this.#isOpen || (this.#isLingering && from === 'up')) return;
    while (this.deliver(from));
    const isHeard = !this.#isHalfOpen;
    this.#end(code, from === 'up' || isHeard, from === 'down' || isHeard);
  }

  #end(code: number, tellNear: boolean, tellFar: boolean): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#queues.up.length = 0;
    this.#queues.down.length = 0;
    this.#network.drop(this);
    if (tellNear && !this.#isLingering) soon(() => this.#nearEvents.onClose(code));
    if (tellFar) soon(() => this.#farEvents?.onClose(code));
  }
}

function soon(act: () => void): void {
  void Promise.resolve().then(act);
}
