/** What may be sent next: in order, whole groups, within a window of what the Hub has not answered yet. Rules CSE-5, CSE-6. */
import type { Ulid } from '../model/ids.ts';

/** An envelope as far as sending it goes. */
export interface PushRow {
  readonly n: number;
  readonly group: Ulid | null;
  /** What travels: the signed bytes, or those sealed to the Hub. */
  readonly bytes: Uint8Array;
}

/** Most bytes of envelopes in one push: with its frame below the frame's bound. */
export const MAX_PUSH_BYTES = 200 * 1024;
/** Most envelopes in one push: the Hub decides a push in one go. */
const MAX_PUSH_ROWS = 256;
/** Most bytes sent and not yet answered. */
export const WINDOW_BYTES = 2 * MAX_PUSH_BYTES;

/** Envelopes sent on this connection and not judged yet. */
export class PushWindow {
  #firstN = 0;
  #sentN = 0;
  #unansweredBytes = 0;
  readonly #unanswered = new Map<number, number>();

  /** Returns the `n` of the last envelope sent on this connection. */
  get sentN(): number {
    return this.#sentN;
  }

  /** Says whether the Hub owes an answer. */
  get isOwed(): boolean {
    return this.#unanswered.size > 0;
  }

  /** How many bytes the Hub has not answered. */
  get owedBytes(): number {
    return this.#unansweredBytes;
  }

  /** Returns the next push of `rows`, which follow `sentN`; empty when there is nothing to send or the window is full. */
  next(rows: readonly PushRow[]): readonly PushRow[] {
    const push: PushRow[] = [];
    let pushBytes = 0;
    for (const unit of unitsOf(rows)) {
      const unitBytes = unit.reduce((sum, row) => sum + row.bytes.length, 0);
      const isFirst = push.length === 0;
      const fits = pushBytes + unitBytes <= MAX_PUSH_BYTES && push.length + unit.length <= MAX_PUSH_ROWS;
      const isInWindow = this.#unansweredBytes + pushBytes + unitBytes <= WINDOW_BYTES || !this.isOwed;
      if (!isInWindow || !(fits || isFirst)) break;
      push.push(...unit);
      pushBytes += unitBytes;
    }
    return push;
  }

  /** Follows the welcome: what was sent before it and does not follow the Hub's last number is left unanswered, and goes in its turn (RES-5). */
  welcomed(lastN: number): void {
    if (this.#firstN <= lastN + 1) return;
    this.#sentN = 0;
    this.#unansweredBytes = 0;
    this.#unanswered.clear();
  }

  /** Notes that a push was sent. */
  sent(push: readonly PushRow[]): void {
    if (this.#firstN === 0) this.#firstN = push[0]?.n ?? 0;
    for (const { n, bytes } of push) {
      this.#sentN = Math.max(this.#sentN, n);
      this.#unanswered.set(n, bytes.length);
      this.#unansweredBytes += bytes.length;
    }
  }

  /** Notes the Hub's answers. */
  answered(ns: Iterable<number>): void {
    for (const n of ns) {
      this.#unansweredBytes -= this.#unanswered.get(n) ?? 0;
      this.#unanswered.delete(n);
    }
  }
}

/** Single envelopes, and groups as wholes. */
function* unitsOf(rows: readonly PushRow[]): Generator<readonly PushRow[]> {
  let unit: PushRow[] = [];
  for (const row of rows) {
    const isSame = unit.length > 0 && row.group !== null && unit[0]?.group === row.group;
    if (!isSame && unit.length > 0) {
      yield unit;
      unit = [];
    }
    unit.push(row);
  }
  if (unit.length > 0) yield unit;
}
