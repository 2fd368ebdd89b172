import type { Dial, HubSocket, Socket, SocketEvents } from '@chungtay/core/sync/ports';

/** One direction of a link: frames go through in order, a few each turn of the event loop, so that the sockets outside are served too. */
class Lane {
  #frames: Uint8Array[] = [];
  #isPaused = false;
  #isScheduled = false;
  readonly #deliver: (frame: Uint8Array) => void;

  constructor(deliver: (frame: Uint8Array) => void) {
    this.#deliver = deliver;
  }

  get waitingBytes(): number {
    return this.#frames.reduce((sum, frame) => sum + frame.length, 0);
  }

  push(frame: Uint8Array): void {
    this.#frames.push(frame);
    this.#schedule();
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#schedule();
  }

  /** Delivers what waits, then nothing more. */
  flush(): void {
    for (const frame of this.#frames.splice(0)) this.#deliver(frame);
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isPaused || this.#frames.length === 0) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      const frame = this.#isPaused ? undefined : this.#frames.shift();
      if (frame) this.#deliver(frame);
      this.#schedule();
    });
  }
}

/** Returns a Dial to a Hub in this very process: a device of the Hub's own machine goes the way of every other, without the network. */
export function dialLocally(accept: (socket: HubSocket) => SocketEvents): Dial {
  return (near) => new LocalLink(near, accept).nearEnd;
}

/** One connection; ends at both ends once, after what was sent. */
class LocalLink {
  readonly nearEnd: Socket;
  readonly #up: Lane;
  readonly #down: Lane;
  readonly #near: SocketEvents;
  #far: SocketEvents | null = null;
  #isOpen = true;

  constructor(near: SocketEvents, accept: (socket: HubSocket) => SocketEvents) {
    this.#near = near;
    this.#up = new Lane((frame) => this.#far?.onFrame(frame));
    this.#down = new Lane((frame) => near.onFrame(frame));
    this.nearEnd = this.#endOf(this.#up);
    setImmediate(() => {
      if (this.#isOpen) this.#far = accept(this.#hubEnd());
    });
  }

  #hubEnd(): HubSocket {
    const [up, end] = [this.#up, this.#endOf(this.#down)];
    return Object.assign(end, { pause: () => up.pause(true), resume: () => up.pause(false) });
  }

  #endOf(lane: Lane): Socket {
    return {
      send: (frame) => {
        if (this.#isOpen) lane.push(frame.slice());
      },
      get bufferedBytes() {
        return lane.waitingBytes;
      },
      close: (code) => this.#end(code),
    };
  }

  #end(code: number): void {
    if (!this.#isOpen) return;
    this.#up.flush();
    this.#down.flush();
    this.#isOpen = false;
    setImmediate(() => {
      this.#far?.onClose(code);
      this.#near.onClose(code);
    });
  }
}
