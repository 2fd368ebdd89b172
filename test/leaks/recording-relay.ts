/** The wire between one device and the Hub, over real sockets: everything that comes down is kept, and read back layer by layer. */
import net from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { type Wire, decodeAny } from '@chungtay/core/base/any';

/** A relay that keeps what comes down. */
export interface RecordingRelay {
  readonly port: number;
  /** Returns the bytes of each connection since the last `forget`, oldest first. */
  received(): readonly Buffer[];
  /** Forgets what came down until now; connections stay open. */
  forget(): void;
  close(): Promise<void>;
}

interface Recorded {
  parts: Buffer[];
}

/** Opens a relay to the Hub's port of the moment. */
export async function openRelay(hubPort: () => number): Promise<RecordingRelay> {
  const sockets = new Set<net.Socket>();
  let connections: Recorded[] = [];
  const server = net.createServer((near) => {
    const far = net.connect(hubPort(), '127.0.0.1');
    const recorded: Recorded = { parts: [] };
    connections.push(recorded);
    const end = (): void => {
      for (const socket of [near, far]) {
        socket.destroy();
        sockets.delete(socket);
      }
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => {
      recorded.parts.push(chunk);
      near.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    received: () => connections.map(({ parts }) => Buffer.concat(parts)),
    forget() {
      // what a connection says later goes on a frame's boundary: it is quiet when this is called
      connections = connections.slice(-1);
      for (const recorded of connections) recorded.parts = [];
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** What came down, at every depth that somebody with the device in hand can reach. */
export interface Layers {
  /** The bytes of the sockets. */
  readonly raw: readonly Buffer[];
  /** WebSocket messages, unmasked and whole. */
  readonly messages: readonly Buffer[];
  /** The same, inflated. */
  readonly frames: readonly Buffer[];
  /** Packs inside them, inflated. */
  readonly packs: readonly Buffer[];
  /** Every feed item, those in packs too. */
  readonly items: readonly (readonly Wire[])[];
}

const LIMITS = { maxDepth: 8, maxNodes: 1_000_000, maxBytes: 8 * 1024 * 1024, bytes: true };

/** Returns the layers of what was received. Throws when something in it is not of the protocol: a scan of half a capture proves nothing. */
export function layersOf(raw: readonly Buffer[]): Layers {
  const messages = raw.flatMap(messagesIn);
  const frames = messages.map(bodyOf);
  const packs: Buffer[] = [];
  const items: (readonly Wire[])[] = [];
  for (const frame of frames) {
    const [type, content] = anyOf(frame) as readonly [string, Readonly<Record<string, Wire>>];
    if (type !== 'feed') continue;
    for (const item of content['items'] as readonly (readonly Wire[])[]) {
      if (item[0] === 'p') {
        const pack = inflateRawSync(item[1] as Uint8Array);
        packs.push(pack);
        items.push(...(anyOf(pack) as readonly (readonly Wire[])[]));
      } else items.push(item);
    }
  }
  return { raw, messages, frames, packs, items };
}

/** WebSocket messages of one connection: RFC 6455 § 5.2. A plain HTTP answer has none. */
function messagesIn(stream: Buffer): readonly Buffer[] {
  const isHttp = stream.subarray(0, 5).toString('latin1') === 'HTTP/';
  if (isHttp && !stream.subarray(0, 12).toString('latin1').endsWith('101')) return [];
  let at = isHttp ? stream.indexOf('\r\n\r\n') + 4 : 0;
  const messages: Buffer[] = [];
  let open: Buffer[] = [];
  while (at + 2 <= stream.length) {
    const [first, second] = [stream[at] ?? 0, stream[at + 1] ?? 0];
    const short = second & 0x7f;
    const start = at + 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
    if (start > stream.length) break;
    const length =
      short === 126 ? stream.readUInt16BE(at + 2) : short === 127 ? Number(stream.readBigUInt64BE(at + 2)) : short;
    const isMasked = (second & 0x80) !== 0;
    const from = start + (isMasked ? 4 : 0);
    if (from + length > stream.length) break;
    const payload = Buffer.from(stream.subarray(from, from + length));
    if (isMasked) for (let i = 0; i < length; i += 1) payload[i] = (payload[i] ?? 0) ^ (stream[start + (i % 4)] ?? 0);
    const opcode = first & 0x0f;
    if (opcode <= 2) open.push(payload);
    if (opcode <= 2 && (first & 0x80) !== 0) {
      messages.push(Buffer.concat(open));
      open = [];
    }
    at = from + length;
  }
  return messages;
}

function bodyOf(message: Buffer): Buffer {
  return message[0] === 1 ? inflateRawSync(message.subarray(1)) : message.subarray(1);
}

function anyOf(bytes: Buffer): Wire {
  const decoded = decodeAny(new Uint8Array(bytes), LIMITS);
  if (!decoded.ok) throw new Error(`not of the protocol: ${decoded.error}`);
  return decoded.value;
}
