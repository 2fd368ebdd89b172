// A crowd of floor devices: documents as bytes of Yjs updates made ahead, read by nothing but their newest stroke.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { recordOf } from '../../corpus.ts';
import { offerCrowd } from '../../crowd/offer.ts';
import { recordIndexOf } from '../../crowd/seats.ts';
import { countMessagesOf } from '../../meter.ts';
import { strokeIn, writeStroke } from '../y-stroke.mjs';
import { decodeMessage, encodeMessage } from './frames.mjs';

countMessagesOf(WebSocket.prototype);
offerCrowd(
  async (seat, place, { port }, hears) => {
    const device = new FloorDevice(seat, port, hears);
    await device.come();
    return device;
  },
  { isAcknowledged: true },
);

class FloorDevice {
  #docs = new Map();
  #made = [];
  #handed = [];
  #sent = 0;
  #answered = 0;
  #cursor = 0;
  #socket = null;

  constructor(seat, port, hears) {
    this.port = port;
    this.hears = hears;
    this.numbers = new Map(seat.reads.map((number) => [nameOf(number), number]));
    for (const number of [...seat.writes, ...seat.reads]) this.#docs.set(number, new Y.Doc());
  }

  write(number, stroke) {
    const doc = this.#docs.get(number);
    const before = Y.encodeStateVector(doc);
    writeStroke(doc, number, stroke);
    this.#made.push({ number, stroke, pair: [nameOf(number), Y.encodeStateAsUpdate(doc, before)] });
  }

  send(count) {
    this.#handed.push(...this.#made.splice(0, count));
    if (this.#socket?.readyState === WebSocket.OPEN) this.#push();
  }

  async leave() {
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  async come() {
    this.#sent = this.#answered;
    this.#socket = new WebSocket(`ws://127.0.0.1:${this.port}`, { perMessageDeflate: false });
    this.#socket.on('message', (bytes) => this.#take(decodeMessage(bytes)));
    this.#socket.on('error', () => undefined);
    await once(this.#socket, 'open');
    const names = [...this.numbers.keys()].map((name) => [name, new Uint8Array(0)]);
    this.#socket.send(encodeMessage('join', [this.#cursor], names));
    this.#push();
  }

  waitingBytes() {
    return this.#socket.bufferedAmount;
  }

  #push() {
    const rest = this.#handed.slice(this.#sent - this.#answered);
    if (rest.length === 0) return;
    this.#sent += rest.length;
    this.#socket.send(
      encodeMessage(
        'push',
        [rest.length],
        rest.map(({ pair }) => pair),
      ),
    );
  }

  #take({ type, numbers, pairs }) {
    if (type === 'ack') {
      this.#answered += numbers[0];
      for (const { number, stroke } of this.#handed.splice(0, numbers[0])) this.hears.stored(number, stroke);
      return;
    }
    [this.#cursor] = numbers;
    for (const [name, update] of pairs) {
      const number = this.numbers.get(name);
      if (number === undefined) continue;
      const doc = this.#docs.get(number);
      Y.applyUpdate(doc, update);
      this.hears.arrived(number, strokeIn(doc));
    }
  }
}

function nameOf(number) {
  return recordOf(recordIndexOf(number)).name;
}
