import { decodeDown, decodeUp } from '@chungtay/core/wire/codec';
import type { DownFrame, UpFrame } from '@chungtay/core/wire/frames';
import { nodeDeflate } from '../../fixtures/world.ts';
import { FrameReader } from './socket-frames.ts';

/** Which way something passes, seen from the tablet. */
export type Direction = 'up' | 'down';

/** Something that passes between a tablet and its Hub, by what it is: a frame of the Feed, or an enrolment and its answer. */
export interface PassingFrame {
  readonly direction: Direction;
  readonly type: UpFrame[0] | DownFrame[0] | 'enrol' | 'enrolled';
}

/** Bytes to pass on together, and what they are; null where nobody needs to know. */
export interface Passing {
  readonly raw: Buffer;
  readonly frame: PassingFrame | null;
}

/** Reads one connection as it passes: a Feed frame by frame, everything else as it comes. */
export class ConnectionReader {
  #isFeed: boolean | null = null;
  #isEnrolling = false;
  readonly #frames = { up: new FrameReader(), down: new FrameReader() };

  /** Returns what `chunk` completes. */
  async read(direction: Direction, chunk: Buffer): Promise<readonly Passing[]> {
    this.#isFeed ??= chunk.toString('latin1', 0, 10) === 'GET /feed ';
    if (!this.#isFeed) return [{ raw: chunk, frame: this.#enrolment(direction, chunk) }];
    const passing: Passing[] = [];
    for (const piece of this.#frames[direction].push(chunk)) {
      const message = piece.is === 'frame' ? piece.message : null;
      passing.push({ raw: piece.raw, frame: message && (await frameOf(direction, message)) });
    }
    return passing;
  }

  #enrolment(direction: Direction, chunk: Buffer): PassingFrame | null {
    if (direction === 'up') {
      this.#isEnrolling = chunk.toString('latin1', 0, 12) === 'POST /enrol ';
      return this.#isEnrolling ? { direction, type: 'enrol' } : null;
    }
    const isAnswer = this.#isEnrolling;
    this.#isEnrolling = false;
    return isAnswer ? { direction, type: 'enrolled' } : null;
  }
}

async function frameOf(direction: Direction, message: Buffer): Promise<PassingFrame> {
  const decoded = await (direction === 'up' ? decodeUp : decodeDown)(new Uint8Array(message), nodeDeflate);
  if (!decoded.ok) throw new Error(`not a frame of the Feed: ${decoded.error}`);
  return { direction, type: decoded.value[0] };
}
