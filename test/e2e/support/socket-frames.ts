/** One direction of a connection, read from whatever chunks TCP makes of it: an HTTP head, then WebSocket frames (RFC 6455 § 5.2). */

/** What a stream is made of; `raw` of all pieces, one after another, is the stream byte for byte. */
export type Piece =
  /** the request or the answer, up to its blank line */
  | { readonly is: 'head'; readonly raw: Buffer }
  /** a frame; `message` is what it completes, unmasked and whole, null in a frame of control or one that is continued */
  | { readonly is: 'frame'; readonly raw: Buffer; readonly message: Buffer | null }
  /** what follows an answer that opened no WebSocket */
  | { readonly is: 'body'; readonly raw: Buffer };

const BLANK_LINE = '\r\n\r\n';
const EMPTY = Buffer.alloc(0);
const FINAL = 0x80;
const MASKED = 0x80;
const LAST_OF_CONTENT = 2;
const MASK_BYTES = 4;

/** See the file's head. */
export class FrameReader {
  #held: Buffer = EMPTY;
  #phase: 'head' | 'frames' | 'body' = 'head';
  #begun: Buffer[] = [];

  /** Returns the pieces that `chunk` completes; keeps the rest for the next. */
  push(chunk: Buffer): readonly Piece[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const pieces: Piece[] = [];
    for (let piece = this.#next(); piece; piece = this.#next()) {
      pieces.push(piece);
      this.#held = this.#held.subarray(piece.raw.length);
    }
    return pieces;
  }

  #next(): Piece | null {
    if (this.#held.length === 0) return null;
    if (this.#phase === 'body') return { is: 'body', raw: this.#held };
    return this.#phase === 'head' ? this.#head() : this.#frame();
  }

  #head(): Piece | null {
    const end = this.#held.indexOf(BLANK_LINE);
    if (end < 0) return null;
    const raw = this.#held.subarray(0, end + BLANK_LINE.length);
    this.#phase = /^HTTP\/1\.1 (?!101)/u.test(raw.toString('latin1')) ? 'body' : 'frames';
    return { is: 'head', raw };
  }

  #frame(): Piece | null {
    const shape = shapeOf(this.#held);
    if (!shape || this.#held.length < shape.end) return null;
    const raw = this.#held.subarray(0, shape.end);
    const payload = Buffer.from(raw.subarray(shape.start));
    if (shape.mask) for (const [at, byte] of payload.entries()) payload[at] = byte ^ (shape.mask[at % MASK_BYTES] ?? 0);
    return { is: 'frame', raw, message: this.#complete(raw[0] ?? 0, payload) };
  }

  #complete(first: number, payload: Buffer): Buffer | null {
    // frames of control may stand between the parts of a message
    if ((first & 0x0f) > LAST_OF_CONTENT) return null;
    this.#begun.push(payload);
    if ((first & FINAL) === 0) return null;
    const message = Buffer.concat(this.#begun);
    this.#begun = [];
    return message;
  }
}

interface FrameShape {
  readonly mask: Buffer | null;
  /** Where the payload begins and the frame ends. */
  readonly start: number;
  readonly end: number;
}

function shapeOf(bytes: Buffer): FrameShape | null {
  const [, second = 0] = bytes;
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskBytes = (second & MASKED) === 0 ? 0 : MASK_BYTES;
  const start = 2 + lengthBytes + maskBytes;
  if (bytes.length < start) return null;
  const length = lengthBytes === 0 ? short : Number(BigInt(`0x${bytes.toString('hex', 2, 2 + lengthBytes)}`));
  return { mask: maskBytes === 0 ? null : bytes.subarray(start - MASK_BYTES, start), start, end: start + length };
}
