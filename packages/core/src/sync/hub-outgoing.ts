/** What a session sends, one frame after another: a small frame must not overtake one that is still being deflated. */
import type { DeflatePort } from '../base/world.ts';
import { encodeFrame } from '../wire/codec.ts';
import type { DownFrame } from '../wire/frames.ts';
import type { StillRight } from './feed-rights.ts';
import type { HubSocket } from './ports.ts';

/** One session's way out. */
export class Outgoing {
  readonly #socket: HubSocket;
  readonly #deflate: DeflatePort;
  readonly #failed: (error: unknown) => void;
  #last: Promise<unknown> = Promise.resolve();

  constructor(socket: HubSocket, deflate: DeflatePort, failed: (error: unknown) => void) {
    this.#socket = socket;
    this.#deflate = deflate;
    this.#failed = failed;
  }

  /** Sends a frame in its turn. Resolves when the socket has it, with false when `mayGo` said no in that very moment, or it failed. */
  send(frame: DownFrame, mayGo: StillRight = always): Promise<boolean> {
    const sent = this.#last.then(async () => {
      const bytes = await encodeFrame(frame, this.#deflate);
      const isGoing = mayGo();
      if (isGoing) this.#socket.send(bytes);
      return isGoing;
    });
    const safe = sent.catch((error: unknown) => {
      this.#failed(error);
      return false;
    });
    this.#last = safe;
    return safe;
  }

  /** Closes the socket after what was asked before. */
  close(code: number, reason: string): void {
    void this.#last.then(() => this.#socket.close(code, reason));
  }
}

function always(): boolean {
  return true;
}
