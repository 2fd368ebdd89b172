/** What a session sends, one frame after another: a small frame must not overtake one that is still being deflated. */
import type { World } from '../base/world.ts';
import { encodeFrame, encodeSmallFrame } from '../wire/codec.ts';
import type { DownFrame } from '../wire/frames.ts';
import type { FeedLine } from './feed-pump-ports.ts';
import type { StillRight } from './feed-rights.ts';
import type { HubSocket } from './ports.ts';

const HIGH_WATER_BYTES = 512 * 1024;
const ROOM_MS = 20;

/** One session's way out. */
export class Outgoing {
  readonly #socket: HubSocket;
  readonly #world: Pick<World, 'deflate' | 'after'>;
  readonly #owner: Pick<FeedLine, 'failed'>;
  #last: Promise<unknown> = Promise.resolve();
  /** Frames that were asked for and are not with the socket yet. */
  #waiting = 0;

  constructor(socket: HubSocket, world: Pick<World, 'deflate' | 'after'>, owner: Pick<FeedLine, 'failed'>) {
    this.#socket = socket;
    this.#world = world;
    this.#owner = owner;
  }

  /** Says whether the socket has room for the next frame. */
  get hasRoom(): boolean {
    return this.#socket.bufferedBytes <= HIGH_WATER_BYTES;
  }

  /** Resolves when the socket has room for the next frame, or `isOver` says that nobody waits any more. */
  async room(isOver: () => boolean): Promise<void> {
    while (!isOver() && !this.hasRoom) {
      await new Promise<void>((resolve) => void this.#world.after(ROOM_MS, resolve));
    }
  }

  /** Sends a frame in its turn. Resolves when the socket has it, with false when `mayGo` said no in that very moment, or it failed. */
  send(frame: DownFrame, mayGo: StillRight = always): Promise<boolean> {
    this.#waiting += 1;
    const sent = this.#last.then(async () => {
      const bytes = await encodeFrame(frame, this.#world.deflate);
      const isGoing = mayGo();
      if (isGoing) this.#socket.send(bytes);
      return isGoing;
    });
    const safe = sent
      .catch((error: unknown) => {
        this.#owner.failed(error);
        return false;
      })
      .finally(() => void (this.#waiting -= 1));
    this.#last = safe;
    return safe;
  }

  /** Sends a small frame in this very turn; false when others wait before it, it has to be deflated, `mayGo` says no, or it failed. */
  sendAtOnce(frame: DownFrame, mayGo: StillRight = always): boolean {
    try {
      const bytes = this.#waiting === 0 ? encodeSmallFrame(frame) : null;
      if (!bytes || !mayGo()) return false;
      this.#socket.send(bytes);
      return true;
    } catch (error) {
      // the commit that is told here is not to blame
      this.#owner.failed(error);
      return false;
    }
  }

  /** Closes the socket after what was asked before. */
  close(code: number, reason: string): void {
    void this.#last.then(() => this.#socket.close(code, reason));
  }
}

function always(): boolean {
  return true;
}
