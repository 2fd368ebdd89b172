import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../fixtures/world.ts';
import { FrameReader, type Piece } from './socket-frames.ts';

const REQUEST = 'GET /feed HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n';
const ANSWER = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';

interface Written {
  readonly opcode?: number;
  readonly isFinal?: boolean;
  readonly mask?: readonly number[];
}

/** One frame as RFC 6455 § 5.2 draws it. */
function frame(payload: Buffer, { opcode = 2, isFinal = true, mask }: Written = {}): Buffer {
  const flag = mask ? 0x80 : 0;
  const length = payload.length;
  const head =
    length < 126
      ? [flag | length]
      : length < 65_536
        ? [flag | 126, length >> 8, length & 255]
        : [flag | 127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];
  const masked = mask ? payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0)) : payload;
  return Buffer.concat([Buffer.from([(isFinal ? 0x80 : 0) | opcode, ...head, ...(mask ?? [])]), masked]);
}

function read(stream: Buffer, chunkBytes: () => number): readonly Piece[] {
  const reader = new FrameReader();
  const pieces: Piece[] = [];
  for (let at = 0; at < stream.length;) {
    const end = at + chunkBytes();
    pieces.push(...reader.push(stream.subarray(at, end)));
    at = end;
  }
  return pieces;
}

function messagesOf(pieces: readonly Piece[]): readonly Buffer[] {
  return pieces.flatMap((piece) => (piece.is === 'frame' && piece.message ? [piece.message] : []));
}

describe('the frames of a connection', () => {
  const random = seededRandom(7);
  const messages = [0, 1, 125, 126, 4_000, 65_535, 65_536].map((bytes) =>
    Buffer.from(Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256))),
  );

  it.each([
    ['some hundred bytes at a time', () => 311],
    ['in chunks of any length', () => 1 + Math.floor(random() * 3_000)],
    ['all at once', () => 1_000_000],
  ])('are read whole and unmasked, however TCP cuts the stream: %s', (_how, chunkBytes) => {
    for (const mask of [undefined, [0x37, 0xfa, 0x21, 0x3d]]) {
      const frames = messages.map((message) => frame(message, mask ? { mask } : {}));
      const stream = Buffer.concat([Buffer.from(mask ? REQUEST : ANSWER), ...frames]);
      const pieces = read(stream, chunkBytes);
      expect(pieces.map(({ is }) => is)).toEqual(['head', ...messages.map(() => 'frame')]);
      expect(messagesOf(pieces).map((message, at) => message.equals(messages[at] ?? stream))).toEqual(
        messages.map(() => true),
      );
      expect(Buffer.concat(pieces.map(({ raw }) => raw)).equals(stream)).toBe(true);
    }
  });

  it('are read whole a byte at a time, their heads too', () => {
    const short = messages.slice(0, 5);
    const stream = Buffer.concat([Buffer.from(ANSWER), ...short.map((message) => frame(message))]);
    const said = messagesOf(read(stream, () => 1)).map(String);
    expect(said).toEqual(short.map(String));
  });

  it('make one message of its parts, though a ping stands between them', () => {
    const parts = [
      frame(Buffer.from('Giàng '), { opcode: 2, isFinal: false }),
      frame(Buffer.from('ping'), { opcode: 9 }),
      frame(Buffer.from('Thị '), { opcode: 0, isFinal: false }),
      frame(Buffer.from('Pa Chía'), { opcode: 0 }),
      frame(Buffer.from('sau'), { opcode: 2 }),
    ];
    const pieces = read(Buffer.concat([Buffer.from(ANSWER), ...parts]), () => 5);
    const said = pieces.map((piece) => (piece.is === 'frame' ? String(piece.message) : piece.is));
    expect(said).toEqual(['head', 'null', 'null', 'null', 'Giàng Thị Pa Chía', 'sau']);
  });

  it('are unmasked as in the example of RFC 6455 § 5.7', () => {
    const masked = Buffer.from([0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]);
    expect(messagesOf(read(Buffer.concat([Buffer.from(REQUEST), masked]), () => 3)).map(String)).toEqual(['Hello']);
  });

  it('are not looked for where no WebSocket was opened', () => {
    const refusal = Buffer.from('HTTP/1.1 503 Service Unavailable\r\n\r\n\u0001\u0002later');
    const pieces = read(refusal, () => 1_000);
    expect(pieces.map(({ is }) => is)).toEqual(['head', 'body']);
    expect(Buffer.concat(pieces.map(({ raw }) => raw)).equals(refusal)).toBe(true);
  });

  it('wait for their last byte', () => {
    const whole = Buffer.concat([Buffer.from(ANSWER), frame(Buffer.from('đủ'))]);
    const reader = new FrameReader();
    expect(reader.push(whole.subarray(0, -1)).map(({ is }) => is)).toEqual(['head']);
    expect(messagesOf(reader.push(whole.subarray(-1))).map(String)).toEqual(['đủ']);
  });
});
