/** A TCP connection to the Hub that keeps no rule of HTTP or WebSocket unless it is told to: what an attacker's program is made of. */
import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { FrameReader } from '../../e2e/support/socket-frames.ts';

/** A WebSocket frame, each part of which may be a lie. */
export interface HostileFrame {
  /** 0 continued, 1 text, 2 bytes, 8 close, 9 ping, 10 pong; bytes when left out. */
  readonly opcode?: number;
  /** Whether it ends its message; it does when left out. */
  readonly isFinal?: boolean;
  /** The reserved bits, 0–7; 4 says "compressed". */
  readonly reserved?: number;
  readonly isMasked?: boolean;
  readonly payload?: Uint8Array;
  /** What the header claims the payload's length to be, when that is not the truth. */
  readonly claimedBytes?: bigint;
}

/** How a connection was ended by the Hub: the close frame's code, 1006 when there was none. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** Where to connect. */
export interface Target {
  readonly port: number;
  /** The address of this machine to come from: anything in 127.0.0.0/8. */
  readonly from?: string;
}

const CLOSE = 8;
const EXTENDED = 126;
const HUGE = 127;
const FINAL = 0x80;
const MASKED = 0x80;
const ABNORMAL = 1006;

/** Returns the bytes of a frame as its parts say. */
export function frameBytes({ opcode = 2, isFinal = true, reserved = 0, ...rest }: HostileFrame): Buffer {
  const { isMasked = true, payload = Buffer.of(), claimedBytes = BigInt(payload.length) } = rest;
  const short = claimedBytes < EXTENDED ? Number(claimedBytes) : claimedBytes > 0xff_ffn ? HUGE : EXTENDED;
  const length = Buffer.alloc(short === HUGE ? 8 : short === EXTENDED ? 2 : 0);
  if (short === HUGE) length.writeBigUInt64BE(claimedBytes);
  else if (short === EXTENDED) length.writeUInt16BE(Number(claimedBytes));
  const head = Buffer.of((isFinal ? FINAL : 0) | (reserved << 4) | opcode, (isMasked ? MASKED : 0) | short);
  // a mask of zeros is a mask: the payload stays as it is
  return Buffer.concat([head, length, Buffer.alloc(isMasked ? 4 : 0), payload]);
}

/** See the file's head. */
export class RawLine {
  /** Everything that came before a WebSocket was opened, or instead of one. */
  text = '';
  /** Whole messages from the Hub, unmasked. */
  readonly messages: Buffer[] = [];
  /** Bytes that came. */
  receivedBytes = 0;
  ending: Ending | null = null;
  /** Whether the connection itself is gone, not only said goodbye to. */
  isGone = false;
  readonly #socket: net.Socket;
  readonly #frames = new FrameReader();
  #waiting: (() => void)[] = [];

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#hear(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.ending ??= { code: ABNORMAL, reason: '' };
      this.isGone = true;
      this.#look();
    });
  }

  /** Connects; says nothing. */
  static open({ port, from }: Target): Promise<RawLine> {
    const socket = net.connect({ host: '127.0.0.1', port, ...(from === undefined ? {} : { localAddress: from }) });
    const line = new RawLine(socket);
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(line));
      socket.once('error', reject);
    });
  }

  /** Connects and opens a WebSocket at `path`; rejects with the status line when the Hub does not. */
  static async upgrade(target: Target, path: string, headers: Readonly<Record<string, string>> = {}): Promise<RawLine> {
    const line = await RawLine.open(target);
    await line.write(upgradeRequest(path, headers));
    await line.until(() => line.text.includes('\r\n\r\n') || line.ending !== null);
    if (!line.text.startsWith('HTTP/1.1 101')) throw new Error(line.text.split('\r\n')[0]);
    return line;
  }

  /** This side's port. */
  get port(): number {
    return this.#socket.localPort ?? 0;
  }

  /** Writes bytes as they are; resolves when the network took them, at once when it is gone. */
  write(bytes: Uint8Array | string): Promise<void> {
    return new Promise((resolve) => this.#socket.write(bytes, () => resolve()));
  }

  /** Writes a frame. */
  send(frame: HostileFrame): Promise<void> {
    return this.write(frameBytes(frame));
  }

  /** Reads nothing any more: what the Hub sends piles up on its side. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Reads again. */
  readOn(): void {
    this.#socket.resume();
  }

  /** Hangs up without a word. */
  drop(): void {
    this.#socket.destroy();
  }

  /** Resolves as soon as it is so, looking again whenever something came; rejects when the Hub ended the connection before. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (isSo()) resolve();
        else if (this.ending) reject(new Error(`${this.ending.code} ${this.ending.reason}`));
        else this.#waiting.push(look);
      };
      look();
    });
  }

  /** Resolves when the connection is gone. */
  gone(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isGone) resolve();
      else this.#socket.once('close', () => resolve());
    });
  }

  /** Resolves to how the Hub ended the session, as soon as it says so; this side says nothing to that. */
  async ended(): Promise<Ending> {
    await this.until(() => this.ending !== null);
    return this.ending ?? { code: ABNORMAL, reason: '' };
  }

  #hear(chunk: Buffer): void {
    this.receivedBytes += chunk.length;
    for (const piece of this.#frames.push(chunk)) {
      if (piece.is !== 'frame') this.text += piece.raw.toString('latin1');
      else if (piece.message) this.messages.push(piece.message);
      else if (((piece.raw[0] ?? 0) & 0x0f) === CLOSE) this.ending ??= endingIn(piece.raw);
    }
    this.#look();
  }

  #look(): void {
    for (const look of this.#waiting.splice(0)) look();
  }
}

/** Returns the words that open a WebSocket; `headers` add to them or replace them, and leave out those that are empty. */
function upgradeRequest(path: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = {
    Host: 'hub.test',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== '');
  return `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** The Hub's frames are short and unmasked where they say goodbye. */
function endingIn(raw: Buffer): Ending {
  const payload = raw.subarray(2);
  return { code: payload.length < 2 ? 1005 : payload.readUInt16BE(0), reason: payload.toString('utf8', 2) };
}
