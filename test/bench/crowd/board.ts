/** Who has which stroke: what devices of a crowd tell is entered here, with the time it took since the stroke was sent. */
import type { Seat } from './seats.ts';

/** See the file's head. All instants are `performance.now()`. */
export class Board {
  readonly arrivalsMs: number[] = [];
  readonly acksMs: number[] = [];
  /** Strokes acknowledged since the last start. */
  acked = 0;
  lastAckAtMs = 0;
  readonly #held = new Map<string, number>();
  readonly #stored = new Map<number, number>();
  readonly #sentAtMs = new Map<string, number>();
  readonly #waiting: { readonly isDone: () => boolean; readonly resolve: () => void }[] = [];

  /** Forgets delays measured so far. */
  start(): void {
    this.arrivalsMs.length = 0;
    this.acksMs.length = 0;
    this.acked = 0;
    this.#sentAtMs.clear();
  }

  sent(number: number, stroke: number, atMs = performance.now()): void {
    this.#sentAtMs.set(`${number} ${stroke}`, atMs);
  }

  stored(number: number, stroke: number): void {
    const before = this.#stored.get(number) ?? -1;
    if (stroke <= before) return;
    this.#stored.set(number, stroke);
    this.lastAckAtMs = performance.now();
    this.acked += stroke - before;
    this.#note(this.acksMs, number, before, stroke);
    this.#look();
  }

  arrived(place: number, number: number, stroke: number): void {
    const key = `${place} ${number}`;
    const before = this.#held.get(key) ?? -1;
    if (stroke <= before) return;
    this.#held.set(key, stroke);
    this.#note(this.arrivalsMs, number, before, stroke);
    this.#look();
  }

  /** Resolves when every reader among `seats` has `stroke` of all it reads. */
  whenArrived(seats: ReadonlyMap<number, Seat>, stroke: number): Promise<void> {
    const missing = [...seats].flatMap(([place, seat]) => seat.reads.map((number) => `${place} ${number}`));
    return this.#when(missing, (key) => (this.#held.get(key) ?? -1) >= stroke);
  }

  /** Resolves when everything that `seats` write is acknowledged up to `stroke`. */
  whenStored(seats: ReadonlyMap<number, Seat>, stroke: number): Promise<void> {
    const missing = [...seats.values()].flatMap((seat) => seat.writes);
    return this.#when(missing, (number) => (this.#stored.get(number) ?? -1) >= stroke);
  }

  /** Returns the last acknowledged stroke of every document. */
  storedStrokes(): readonly (readonly [number, number])[] {
    return [...this.#stored];
  }

  #when<Key>(keys: readonly Key[], isHere: (key: Key) => boolean): Promise<void> {
    const missing = keys.slice();
    const isDone = (): boolean => {
      for (let last = missing.at(-1); last !== undefined && isHere(last); last = missing.at(-1)) missing.pop();
      return missing.length === 0;
    };
    return new Promise((resolve) => {
      this.#waiting.push({ isDone, resolve });
      this.#look();
    });
  }

  #note(delays: number[], number: number, before: number, stroke: number): void {
    const nowMs = performance.now();
    for (let one = before + 1; one <= stroke; one += 1) {
      const sentAtMs = this.#sentAtMs.get(`${number} ${one}`);
      if (sentAtMs !== undefined) delays.push(nowMs - sentAtMs);
    }
  }

  #look(): void {
    for (let at = this.#waiting.length - 1; at >= 0; at -= 1) {
      if (this.#waiting[at]?.isDone()) this.#waiting.splice(at, 1)[0]?.resolve();
    }
  }
}
