/** The process of a crowd: many devices of one peer, moved by the harness. The same for every peer but for its devices. */
import { setTimeout as pause } from 'node:timers/promises';
import { answer, instantMs } from '../answer.ts';
import { traffic } from '../meter.ts';
import { Board } from './board.ts';
import type { CrowdDevice, Meeting, OpenDevice } from './device.ts';
import { percentile } from './figures.ts';
import type { Seat } from './seats.ts';

/** What `beat` and `pour` found. Null: the peer acknowledges nothing, or nobody reads. */
export interface Delays {
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly ackP50Ms: number | null;
  readonly ackP99Ms: number | null;
  /** From the first stroke to the last acknowledgement, or to the last arrival where there are none. */
  readonly tookMs: number;
  /** The instant of the first stroke. */
  readonly beganAtMs: number;
  readonly arrivals: number;
}

interface Place {
  readonly place: number;
  readonly seat: Seat;
  readonly device: CrowdDevice;
}

const OPENED_AT_ONCE = 25;
/** Of a flood: what may wait in the socket, and how often it looks. */
const FLOOD = { waitingBytes: 1 << 20, burst: 10 } as const;

/** Offers a crowd of the peer's devices to the harness. `isAcknowledged`: its devices hear `stored`. */
export function offerCrowd(open: OpenDevice, { isAcknowledged }: { readonly isAcknowledged: boolean }): void {
  const crowd = new Crowd(open, isAcknowledged);
  answer({
    gather: (call: Parameters<Crowd['gather']>[0]) => crowd.gather(call),
    beat: (call: Parameters<Crowd['beat']>[0]) => crowd.beat(call),
    pour: (call: Parameters<Crowd['pour']>[0]) => crowd.pour(call),
    prepareStorm: (call: { readonly strokes: number }) => crowd.prepareStorm(call),
    storm: (call: { readonly strokes: number }) => crowd.storm(call),
    flood: (call: Parameters<Crowd['flood']>[0]) => crowd.flood(call),
    flooding: () => crowd.flooding,
    acked: () => ({ strokes: crowd.board.storedStrokes(), count: crowd.board.acked }),
    traffic,
  });
}

class Crowd {
  readonly board = new Board();
  /** Resolves once a flood has begun. */
  get flooding(): Promise<void> {
    return this.#flooding.promise;
  }

  readonly #flooding = Promise.withResolvers<void>();
  readonly #open: OpenDevice;
  readonly #isAcknowledged: boolean;
  readonly #places: Place[] = [];
  /** The last stroke of every document. */
  #stroke = 0;

  constructor(open: OpenDevice, isAcknowledged: boolean) {
    this.#open = open;
    this.#isAcknowledged = isAcknowledged;
  }

  /** Brings devices on line: writers bring their documents, readers come to hold them. */
  async gather({ seats, from, ...meeting }: Meeting & { readonly seats: readonly Seat[]; readonly from: number }) {
    const places = seats.map((seat, at) => [from + at, seat] as const);
    for (let at = 0; at < places.length; at += OPENED_AT_ONCE) {
      await Promise.all(places.slice(at, at + OPENED_AT_ONCE).map(([place, seat]) => this.#join(place, seat, meeting)));
    }
    await this.board.whenArrived(new Map(places), 0);
    if (this.#isAcknowledged) await this.board.whenStored(new Map(places), 0);
  }

  /** Every writer makes `strokes` strokes, one every `everyMs`, the writers spread over that time. */
  async beat({ strokes, everyMs }: { readonly strokes: number; readonly everyMs: number }): Promise<Delays> {
    const writers = this.#writers();
    const first = this.#begin(strokes);
    const beganAtMs = performance.now();
    await Promise.all(
      writers.map(async ({ seat, device }, at) => {
        for (let k = 0; k < strokes; k += 1) {
          const dueAtMs = beganAtMs + (k + at / writers.length) * everyMs;
          const earlyMs = dueAtMs - performance.now();
          if (earlyMs > 0) await pause(earlyMs);
          for (const number of seat.writes) {
            // from the moment it should have been: a crowd that falls behind must not look quick
            this.board.sent(number, first + k, Math.max(dueAtMs, beganAtMs));
            await device.write(number, first + k);
            device.send(1);
          }
        }
      }),
    );
    return this.#settle(beganAtMs);
  }

  /** Every writer sends `strokes` strokes of each document as fast as `window` unacknowledged ones allow. */
  async pour({ strokes, window }: { readonly strokes: number; readonly window: number }): Promise<Delays> {
    const first = this.#begin(strokes);
    await this.#writeAll(first, strokes);
    const beganAtMs = performance.now();
    await Promise.all(this.#writers().map((writer) => this.#pourOne(writer, first, strokes, window)));
    return this.#settle(beganAtMs);
  }

  /** Takes everybody off the network and lets each writer make `strokes` strokes meanwhile. */
  async prepareStorm({ strokes }: { readonly strokes: number }): Promise<void> {
    await Promise.all(this.#places.map(({ device }) => device.leave()));
    await pause(500);
    const first = this.#begin(strokes);
    await this.#writeAll(first, strokes);
    for (const { device, seat } of this.#writers()) device.send(strokes * seat.writes.length);
  }

  /** Everybody comes back at once: delays count from that moment. */
  async storm({ strokes }: { readonly strokes: number }): Promise<Delays> {
    const beganAtMs = performance.now();
    for (const { seat } of this.#writers()) {
      for (const number of seat.writes) {
        for (let k = 0; k < strokes; k += 1) this.board.sent(number, this.#stroke - k, beganAtMs);
      }
    }
    await Promise.all(this.#places.map(({ device }) => device.come()));
    return this.#settle(beganAtMs);
  }

  /** Sends prepared strokes one by one for `forMs`, waiting for no answer; returns how many went. */
  async flood({ strokes, forMs }: { readonly strokes: number; readonly forMs: number }): Promise<number> {
    const first = this.#begin(strokes);
    await this.#writeAll(first, strokes);
    this.#flooding.resolve();
    const endsAtMs = performance.now() + forMs;
    let sent = 0;
    for (; sent < strokes && performance.now() < endsAtMs;) {
      for (const { device } of this.#writers()) {
        if ((device.waitingBytes?.() ?? 0) > FLOOD.waitingBytes) continue;
        for (let k = 0; k < FLOOD.burst; k += 1) device.send(1);
        sent += FLOOD.burst;
      }
      await pause(1);
    }
    return sent;
  }

  async #join(place: number, seat: Seat, meeting: Meeting): Promise<void> {
    const device = await this.#open(seat, place, meeting, {
      stored: (number, stroke) => this.board.stored(number, stroke),
      arrived: (number, stroke) => this.board.arrived(place, number, stroke),
    });
    this.#places.push({ place, seat, device });
    for (const number of seat.writes) await device.write(number, 0);
    if (seat.writes.length > 0) device.send(seat.writes.length);
  }

  async #pourOne({ seat, device }: Place, first: number, strokes: number, window: number): Promise<void> {
    const total = strokes * seat.writes.length;
    // half a window always on its way, so that nobody stands still for a round trip
    const chunk = Math.max(seat.writes.length, window >> 1);
    for (let sent = 0; sent < total;) {
      const count = Math.min(chunk, total - sent);
      for (let k = sent; k < sent + count; k += 1) {
        this.board.sent(seat.writes[k % seat.writes.length] ?? 0, first + Math.floor(k / seat.writes.length));
      }
      device.send(count);
      const reached = first + Math.floor(sent / seat.writes.length) - 1;
      sent += count;
      if (this.#isAcknowledged) await this.board.whenStored(new Map([[0, seat]]), reached);
    }
  }

  async #writeAll(first: number, strokes: number): Promise<void> {
    for (const { seat, device } of this.#writers()) {
      for (let k = 0; k < strokes; k += 1) for (const number of seat.writes) await device.write(number, first + k);
    }
  }

  #begin(strokes: number): number {
    this.board.start();
    const first = this.#stroke + 1;
    this.#stroke += strokes;
    return first;
  }

  /** Waits for what the peer can tell, and returns the delays. */
  async #settle(beganAtMs: number): Promise<Delays> {
    const { board } = this;
    const seats = new Map(this.#places.map(({ place, seat }) => [place, seat]));
    if (this.#isAcknowledged) await board.whenStored(seats, this.#stroke);
    const storedAtMs = performance.now();
    await board.whenArrived(seats, this.#stroke);
    const { arrivalsMs, acksMs } = board;
    return {
      p50Ms: percentile(arrivalsMs, 0.5),
      p99Ms: percentile(arrivalsMs, 0.99),
      ackP50Ms: percentile(acksMs, 0.5),
      ackP99Ms: percentile(acksMs, 0.99),
      tookMs: (this.#isAcknowledged ? storedAtMs : performance.now()) - beganAtMs,
      beganAtMs: instantMs() - (performance.now() - beganAtMs),
      arrivals: arrivalsMs.length,
    };
  }

  #writers(): readonly Place[] {
    return this.#places.filter(({ seat }) => seat.writes.length > 0);
  }
}
