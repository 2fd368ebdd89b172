/** A device written from docs/protocol.md alone: it enrols, opens the Feed, keeps what it is given, and hands in signed envelopes. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { type Value, decode, encode } from './any.ts';
import { type Document, EMPTY, apply, setFields, valuesOf } from './document.ts';
import { type Keys, isSignedBy, makeSealKey, makeSignKeys } from './keys.ts';

const PROTOCOL = 1;
const DEFLATE_ABOVE_BYTES = 1024;
type Fields = Readonly<Record<string, Value>>;

/** The code it came with, and its own keys. */
interface DeviceKeys {
  readonly code: string;
  readonly sign: Keys;
  readonly sealKey: string;
}

/** A signed envelope, and the document as it was before. */
interface Envelope {
  readonly n: number;
  readonly bytes: Buffer;
  readonly document: string;
  readonly before: Document;
}

/** What the Hub said of one envelope. */
export interface Verdict {
  readonly n: number;
  readonly verdict: string;
  readonly code?: string;
}

/** What enrolment gave. */
export interface Enrolled {
  readonly member: number;
  readonly device: string;
  readonly leases: readonly (readonly [number, number])[];
  readonly hub: { readonly signKey: string };
}

/** One device and everything it keeps between connections. */
export class Device {
  readonly documents = new Map<string, Document>();
  readonly extracts = new Map<string, Fields>();
  /** The documents that this connection said something of, in order. */
  heard: readonly string[] = [];
  /** How many packs were opened. */
  packs = 0;
  readonly url: string;
  /** What the Hub said at enrolment. */
  readonly self: Enrolled;
  readonly #keys: DeviceKeys;
  #cursor: Uint8Array = Buffer.of();
  #n = 0;
  #prev: Uint8Array = Buffer.alloc(32);
  #socket: WebSocket | null = null;
  #waiting: (() => void)[] = [];
  #isCaughtUp = false;
  #failure: Error | null = null;
  readonly #verdicts = new Map<number, Verdict>();

  private constructor(url: string, keys: DeviceKeys, self: Enrolled) {
    this.url = url;
    this.#keys = keys;
    this.self = self;
  }

  /** Turns an invitation into a device; rejects with the status and the body of a no. */
  static async enrol(url: string, code: string): Promise<Device> {
    const keys = { code, sign: makeSignKeys(), sealKey: makeSealKey() };
    return new Device(url, keys, await enrolWith(url, keys));
  }

  /** Asks again with the same code and keys, as after an answer that was lost. */
  enrolAgain(): Promise<Enrolled> {
    return enrolWith(this.url, this.#keys);
  }

  /** Returns what stands in a register: more than one value is a conflict. */
  read(document: string, field: string): readonly Value[] {
    return valuesOf(this.documents.get(document) ?? EMPTY, field);
  }

  /** Opens the Feed and resolves once everything that this device may see is here. */
  async connect(): Promise<void> {
    this.heard = [];
    this.#isCaughtUp = false;
    const socket = new WebSocket(`${this.url.replace('http', 'ws')}/feed`);
    socket.on('message', (frame: Buffer) => this.#hear(socket, frame));
    socket.on('close', (code, reason) => this.#fail(socket, new Error(`${code} ${reason.toString()}`)));
    this.#socket = socket;
    this.#failure = null;
    await this.until(() => this.#isCaughtUp);
  }

  /** Leaves, and keeps what it has. */
  async leave(): Promise<void> {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.close();
    await once(socket, 'close');
  }

  /** Sets registers of a document in one envelope; resolves to the Hub's verdict. */
  write(document: string, fields: Fields): Promise<Verdict> {
    return this.push(this.sign(document, fields));
  }

  /** Sets registers of a document here, and returns the signed envelope that says so. */
  sign(document: string, fields: Fields): Envelope {
    const atMs = Date.now();
    const { member, device, leases } = this.self;
    const client = leases[0]?.[0] ?? 0;
    const held = this.documents.get(document) ?? EMPTY;
    const update = setFields(held, { client, member, atMs }, fields);
    const n = this.#n + 1;
    const value = encode([PROTOCOL, member, device, client, n, this.#prev, document, atMs, this.#cursor, null, update]);
    const bytes = Buffer.concat([value, this.#keys.sign.sign('chungtay/envelope/1\n', value)]);
    this.#n = n;
    this.#prev = createHash('sha256').update(bytes).digest();
    this.documents.set(document, apply(held, update));
    return { n, bytes, document, before: held };
  }

  /** Hands an envelope in; what is refused is undone here. */
  async push({ n, bytes, document, before }: Envelope): Promise<Verdict> {
    this.#send(['push', [bytes]]);
    await this.until(() => this.#verdicts.has(n));
    const verdict = this.#verdicts.get(n) ?? { n, verdict: 'lost' };
    if (verdict.verdict === 'refused') this.#put(document, before);
    return verdict;
  }

  /** Resolves as soon as it is so, looking again whenever the Hub said something; rejects when the Hub ended the connection. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (this.#failure) reject(this.#failure);
        else if (isSo()) resolve();
        else this.#waiting.push(look);
      };
      look();
    });
  }

  #send(frame: Value): void {
    const plain = encode(frame);
    const isLong = plain.length > DEFLATE_ABOVE_BYTES;
    this.#socket?.send(Buffer.concat([Buffer.from([isLong ? 1 : 0]), isLong ? deflateRawSync(plain) : plain]));
  }

  #fail(socket: WebSocket, why: Error): void {
    if (socket === this.#socket) this.#failure = why;
    this.#look();
  }

  #look(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  #hear(socket: WebSocket, frame: Buffer): void {
    try {
      this.#read(frame);
    } catch (error) {
      this.#fail(socket, error as Error);
    }
    this.#look();
  }

  #read(frame: Buffer): void {
    const body = frame.subarray(1);
    const [type, content] = decode(frame[0] === 1 ? inflateRawSync(body) : body) as [string, Value];
    if (type === 'challenge') this.#prove(content as Fields);
    if (type === 'feed') this.#take(content as Fields);
    if (type === 'verdicts')
      for (const verdict of content as unknown as Verdict[]) this.#verdicts.set(verdict.n, verdict);
  }

  #prove({ hub, nonce }: Fields): void {
    const key = hub as Uint8Array;
    if (Buffer.from(key).toString('base64url') !== this.self.hub.signKey) throw new Error('this is another Hub');
    const said = { protocol: PROTOCOL, device: this.self.device, cursor: this.#cursor, lastN: this.#n };
    const signed = encode([said.protocol, said.device, said.cursor, said.lastN]);
    const proof = this.#keys.sign.sign('chungtay/hello/1\n', key, nonce as Uint8Array, signed);
    this.#send(['hello', { ...said, nowMs: Date.now(), proof }]);
  }

  #take({ items, cursor, more }: Fields): void {
    for (const item of items as readonly Value[][]) {
      if (item[0] === 'p') this.#takePack(item[1] as Uint8Array, item[2] as Uint8Array);
      else {
        // those of a pack are covered by its signature
        if (item[0] === 'x') this.#checkExtract(item);
        this.#takeItem(item);
      }
    }
    this.#cursor = cursor as Uint8Array;
    this.#isCaughtUp = more === false;
    this.#send(['ack', { cursor: this.#cursor }]);
  }

  #takeItem(item: readonly Value[]): void {
    const document = item[1] as string;
    this.heard = [...this.heard, document];
    if (item[0] === 'x') return void this.extracts.set(document, JSON.parse(item[4] as string) as Fields);
    if (item[0] === 'c') return this.#put(document, EMPTY);
    const held = item[0] === 's' ? EMPTY : (this.documents.get(document) ?? EMPTY);
    return this.#put(document, apply(held, item[4] as Uint8Array));
  }

  #checkExtract([, document, extract, atMs, json, signature]: readonly Value[]): void {
    const signed = encode([document, extract, atMs, json] as Value);
    if (!isSignedBy(this.self.hub.signKey, signature as Uint8Array, 'chungtay/extract/1\n', signed))
      throw new Error('an extract that the Hub did not sign');
  }

  #takePack(block: Uint8Array, signature: Uint8Array): void {
    if (!isSignedBy(this.self.hub.signKey, signature, 'chungtay/pack/1\n', block))
      throw new Error('a pack that the Hub did not sign');
    this.packs += 1;
    for (const item of decode(inflateRawSync(block)) as Value[][]) this.#takeItem(item);
  }

  #put(document: string, held: Document): void {
    if (held === EMPTY) this.documents.delete(document);
    else this.documents.set(document, held);
  }
}

async function enrolWith(url: string, { code, sign, sealKey }: DeviceKeys): Promise<Enrolled> {
  const answer = await fetch(`${url}/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, signKey: sign.publicKey, sealKey }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Enrolled;
}
