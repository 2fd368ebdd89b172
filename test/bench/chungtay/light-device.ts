/**
 * A device of a crowd: speaks the protocol and keeps nothing on a disk. It signs and chains what it writes and acknowledges what it
 * receives; envelopes are made before the clock runs, so that a process can play hundreds of tablets.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Signer } from '@chungtay/core/base/world';
import { editDocument } from '@chungtay/core/doc/edit';
import { emptyState, type DocState } from '@chungtay/core/doc/state';
import type { DocumentId } from '@chungtay/core/model/ids';
import { Acks } from '@chungtay/core/sync/client-session-acks';
import { Serial } from '@chungtay/core/sync/device-serial';
import { NO_PREVIOUS, envelopeHash, minutesOf, signEnvelope } from '@chungtay/core/sync/envelope';
import { decodeDown, encodeFrame } from '@chungtay/core/wire/codec';
import type { DownFrame, FeedItem, UpFrame, Verdict } from '@chungtay/core/wire/frames';
import { signHello } from '@chungtay/core/wire/hello';
import { decodePack } from '@chungtay/core/wire/pack';
import { PROTOCOL } from '@chungtay/core/wire/version';
import { createNodeWorld } from '@chungtay/server/ops/world';
import { WebSocket } from 'ws';
import type { EnrolledAtDoor } from '../../fixtures/enrol.ts';
import { testSigner } from '../../fixtures/world.ts';
import type { CrowdDevice, Hears } from '../crowd/device.ts';
import { STROKE_FIELD, firstStroke, recordIndexOf, textOfStroke, type Seat } from '../crowd/seats.ts';
import { documentEdit, documentOf } from './documents.ts';
import { strokeOfState, strokeOfUpdate } from './strokes.ts';
import { enrol } from './tablet.ts';

/** Who it is and whose documents it knows. */
interface Standing {
  readonly enrolment: EnrolledAtDoor;
  readonly signer: Signer;
  readonly seat: Seat;
  readonly village: string;
  readonly port: number;
  readonly hears: Hears;
}

interface Kept {
  readonly bytes: Uint8Array;
  readonly n: number;
  readonly number: number;
  readonly stroke: number;
}

const world = createNodeWorld();
const MAX_PUSH = 256;
const MAX_PUSH_BYTES = 200 * 1024;
const ENDED = 1_000;

/** Enrols a device with a code and brings it on line. */
export async function openLightDevice(
  seat: Seat,
  given: { readonly code: string; readonly village: string; readonly port: number },
  hears: Hears,
): Promise<CrowdDevice> {
  const signer = testSigner(randomInt(2 ** 47));
  const enrolment = await enrol(given.port, given.code, signer.publicKey);
  const device = new LightDevice({ enrolment, signer, seat, village: given.village, port: given.port, hears });
  await device.come();
  return device;
}

class LightDevice implements CrowdDevice {
  readonly #standing: Standing;
  readonly #client: number;
  readonly #numbers: ReadonlyMap<DocumentId, number>;
  readonly #states = new Map<number, DocState>();
  /** Made and not handed over yet; handed over and not answered yet. */
  readonly #made: Kept[] = [];
  readonly #handed: Kept[] = [];
  #n = 0;
  #prev: Uint8Array = NO_PREVIOUS;
  readonly #acks = new Acks(world, (cursor) => void this.#say(['ack', { cursor }]));
  #cursor: Uint8Array = new Uint8Array(0);
  #socket: WebSocket | null = null;
  #isOpen = false;
  /** Handed over so far, of `#handed`, on this connection. */
  #sentN = 0;
  #taking: Promise<void> = Promise.resolve();
  readonly #saying = new Serial();

  constructor(standing: Standing) {
    this.#standing = standing;
    this.#client = standing.enrolment.leases[0]?.[0] ?? 0;
    this.#numbers = new Map(standing.seat.reads.map((number) => [documentOf(recordIndexOf(number)), number]));
  }

  /** Resolves with the welcome. */
  come(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${this.#standing.port}/feed`, { perMessageDeflate: false });
      this.#socket = socket;
      socket.on('message', (bytes: Buffer) => {
        this.#taking = this.#taking.then(() => this.#take(new Uint8Array(bytes), socket, resolve));
        this.#taking.catch((error: unknown) => this.#fail(error, reject));
      });
      socket.on('close', (code) => {
        this.#isOpen = false;
        if (code !== ENDED) this.#fail(new Error(`the Hub closed with ${code}`), reject);
      });
      socket.on('error', () => undefined);
    });
  }

  async leave(): Promise<void> {
    this.#acks.end();
    this.#socket?.close(ENDED);
    while (this.#socket?.readyState !== WebSocket.CLOSED) await pause(5);
  }

  async write(number: number, stroke: number): Promise<void> {
    const { enrolment, signer, village } = this.#standing;
    const { device, member } = enrolment.identity;
    const atMs = world.nowMs();
    const document = documentOf(recordIndexOf(number));
    const edit = stroke === 0 ? documentEdit(document, firstStroke(number)) : strokeOn(document, stroke);
    const sets = edit.sets?.map((set) => (set.name === 'village' ? { ...set, value: village } : set));
    const author = { client: this.#client, member, minutes: minutesOf(atMs) };
    const edited = editDocument(this.#states.get(number) ?? emptyState(), { ...edit, ...author, sets: sets ?? [] });
    if (!edited.ok) throw new Error(edited.error);
    this.#states.set(number, edited.value.state);
    this.#n += 1;
    const { update } = edited.value;
    const chained = { n: this.#n, prev: this.#prev, seen: this.#cursor, group: null };
    const signed = await signEnvelope(
      { ...chained, member, device, client: this.#client, document, atMs, update },
      signer,
    );
    this.#prev = envelopeHash(signed, world.crypto);
    this.#made.push({ bytes: signed.bytes, n: this.#n, number, stroke });
  }

  send(count: number): void {
    this.#handed.push(...this.#made.splice(0, count));
    if (this.#isOpen) void this.#push();
  }

  waitingBytes(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  async #push(): Promise<void> {
    const rest = this.#handed.filter(({ n }) => n > this.#sentN);
    this.#sentN = rest.at(-1)?.n ?? this.#sentN;
    while (rest.length > 0) {
      let sizeBytes = 0;
      const fits = rest.findIndex(({ bytes }, at) => at >= MAX_PUSH || (sizeBytes += bytes.length) > MAX_PUSH_BYTES);
      const part = rest.splice(0, fits < 0 ? rest.length : Math.max(1, fits));
      await this.#say(['push', part.map(({ bytes }) => bytes)]);
    }
  }

  /** In the order of the calls: a short frame is deflated before a long one that was begun earlier. */
  #say(frame: UpFrame): Promise<void> {
    const bytes = encodeFrame(frame, world.deflate);
    return this.#saying.run(async () => {
      const ready = await bytes;
      if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(ready);
      return undefined;
    });
  }

  /** Before the welcome who opened it hears of it; later the whole crowd ends: one device that stands still would be waited for, for ever. */
  #fail(error: unknown, reject: (error: unknown) => void): void {
    if (!this.#isOpen) return reject(error);
    setImmediate(() => {
      throw error;
    });
    return undefined;
  }

  async #take(bytes: Uint8Array, socket: WebSocket, opened: () => void): Promise<void> {
    const frame = await decodeDown(bytes, world.deflate);
    if (!frame.ok) throw new Error(`a frame of the Hub is ${frame.error}`);
    if (socket !== this.#socket) return;
    const [type, content] = frame.value;
    if (type === 'challenge') await this.#hello(content);
    else if (type === 'welcome') await this.#welcomed(content.lastN, opened);
    else if (type === 'verdicts') this.#judged(content);
    else if (type === 'feed') await this.#feed(content);
  }

  async #hello(challenge: Extract<DownFrame, readonly ['challenge', unknown]>[1]): Promise<void> {
    const { device } = this.#standing.enrolment.identity;
    const claim = { protocol: PROTOCOL, device: device as string, cursor: this.#cursor, lastN: this.#n };
    const proof = await signHello(challenge, claim, this.#standing.signer);
    await this.#say(['hello', { ...claim, nowMs: world.nowMs(), proof }]);
  }

  async #welcomed(lastN: number, opened: () => void): Promise<void> {
    this.#isOpen = true;
    this.#sentN = lastN;
    opened();
    await this.#push();
  }

  #judged(verdicts: readonly Verdict[]): void {
    for (const { n, verdict, code, field } of verdicts) {
      const at = this.#handed.findIndex((kept) => kept.n === n);
      const [kept] = this.#handed.splice(at, 1);
      if (verdict !== 'stored' && verdict !== 'duplicate') throw new Error(`refused: ${code} ${field}`);
      if (kept) this.#standing.hears.stored(kept.number, kept.stroke);
    }
  }

  async #feed({ items, cursor }: Extract<DownFrame, readonly ['feed', unknown]>[1]): Promise<void> {
    for (const item of items) await this.#read(item);
    this.#cursor = cursor;
    this.#acks.durable(cursor);
  }

  async #read(item: FeedItem): Promise<void> {
    if (item[0] === 'p') {
      const packed = await decodePack(item[1], world.deflate);
      if (!packed.ok) throw new Error('a pack is malformed');
      for (const inner of packed.value) await this.#read(inner);
      return;
    }
    const number = this.#numbers.get(item[1] as DocumentId);
    if (number === undefined) return;
    const stroke = item[0] === 'u' ? strokeOfUpdate(item[4]) : item[0] === 's' ? strokeOfState(item[4]) : -1;
    if (stroke >= 0) this.#standing.hears.arrived(number, stroke);
  }
}

function strokeOn(document: DocumentId, stroke: number) {
  return documentEdit(document, { registers: { [STROKE_FIELD]: textOfStroke(stroke) }, rows: {}, logs: {} });
}
