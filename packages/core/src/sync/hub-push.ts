/** A session's pushes on their way to the commit loop: a window of bytes in flight, beyond which the Hub stops reading. Holds ADM-1, ADM-14. */
import type { Verdict } from '../wire/frames.ts';
import { CLOSE } from '../wire/refusal.ts';
import type { RefusalCode } from '../wire/refusal.ts';
import { refusal } from './admission-order.ts';
import { receiveEnvelopes, unitsOf } from './admission.ts';
import type { Unit } from './admission.ts';
import type { Reader } from './feed-plan.ts';
import type { HubCore } from './hub-core.ts';
import { documentsNeeded } from './hub-record.ts';
import type { HubSocket } from './ports.ts';
import { parseSealed } from './sealed-row.ts';

/** Whom the intake tells. */
export interface PushEars {
  sendVerdicts(verdicts: readonly Verdict[]): void;
  refuse(code: RefusalCode): void;
  close(code: number, reason: string): void;
  failed(error: unknown): void;
}

/** Whose pushes they are, and how far the Hub's clock was ahead of his when he said hello. */
export interface Writer {
  readonly reader: Reader;
  readonly skewMs: number;
}

/** Bytes of a session that may wait for their verdicts before the Hub stops reading; and at most, should the network not listen. */
const WINDOW = { pauseBytes: 1024 * 1024, resumeBytes: 512 * 1024, maxBytes: 16 * 1024 * 1024 } as const;
/** Envelopes taken in one turn of a lane. */
const TURN = 32;
/** What opening a sealed envelope costs, in bytes of the session's pace: as much as reading so many. */
const UNSEAL_COST_BYTES = 2_048;
/** A device whose work leans on what others have to hand in again is sent away for a while after this time. */
const WAIT_MS = 10_000;

/** One session's door. */
export class PushIntake {
  readonly #core: HubCore;
  readonly #reader: Reader;
  readonly #skewMs: number;
  readonly #socket: HubSocket;
  readonly #ears: PushEars;
  #inFlightBytes = 0;
  #isPaused = false;
  /** Nothing more of this session is judged. */
  #isOver = false;

  constructor(core: HubCore, writer: Writer, socket: HubSocket, ears: PushEars) {
    this.#core = core;
    this.#reader = writer.reader;
    this.#skewMs = writer.skewMs;
    this.#socket = socket;
    this.#ears = ears;
  }

  /** Says whether nothing of the session waits for its verdict. */
  get isIdle(): boolean {
    return this.#inFlightBytes === 0;
  }

  /** Counts a frame in; says whether it may be read. */
  admit(sizeBytes: number): boolean {
    this.#inFlightBytes += sizeBytes;
    // the second: verdicts that the device does not read
    if (this.#inFlightBytes > WINDOW.maxBytes || this.#socket.bufferedBytes > WINDOW.maxBytes) {
      this.#ears.close(CLOSE.later, 'busy');
      return false;
    }
    if (!this.#isPaused && this.#inFlightBytes > WINDOW.pauseBytes) {
      this.#isPaused = true;
      this.#socket.pause?.();
    }
    return true;
  }

  /** Counts a frame out. */
  release(sizeBytes: number): void {
    this.#inFlightBytes -= sizeBytes;
    if (!this.#isPaused || this.#inFlightBytes > WINDOW.resumeBytes) return;
    this.#isPaused = false;
    this.#socket.resume?.();
  }

  /**
   * Checks the signatures of a push and queues it; the frame counts as in flight until its last verdict. `afterN` bounds a push that was
   * made before the welcome: one that begins later was made for a Hub that has since been put back, and is not answered (RES-5).
   */
  async take(items: readonly Uint8Array[], sizeBytes: number, afterN: number | null = null): Promise<void> {
    const { world } = this.#core.options;
    const { device } = this.#reader;
    const key = this.#core.index().device(device)?.signKey ?? null;
    const { envelopes, unopened } = await this.#unseal(items);
    const received = await receiveEnvelopes(envelopes, (of) => (of === device ? key : null), world.crypto);
    if (!received.ok) return this.#ears.refuse(received.error);
    if (received.value.some(({ signed }) => signed.envelope.device !== device)) return this.#ears.refuse('not-author');
    const firstN = received.value[0]?.signed.envelope.n ?? 0;
    if (afterN !== null && firstN > afterN + 1) return this.release(sizeBytes);
    const nowMs = world.nowMs();
    if (unopened.length > 0) this.#ears.sendVerdicts(unopened.map((n) => refusal(n, 'bad-signature', nowMs)));
    const turns = turnsOf(unitsOf(received.value));
    let left = turns.length;
    const settle = (): void => {
      left -= 1;
      if (left === 0) this.release(sizeBytes);
    };
    for (const turn of turns) this.#queue(turn, settle);
    if (left === 0) this.release(sizeBytes);
    return undefined;
  }

  /** Opens what was sealed to this Hub; what it cannot open is answered at once, as what carries no signature of its device. */
  async #unseal(
    items: readonly Uint8Array[],
  ): Promise<{ readonly envelopes: readonly Uint8Array[]; readonly unopened: readonly number[] }> {
    const envelopes: Uint8Array[] = [];
    const unopened: number[] = [];
    for (const item of items) {
      const sealed = parseSealed(item);
      if (sealed) this.#socket.charge?.(UNSEAL_COST_BYTES);
      const opened = sealed && ((await this.#core.options.unseal?.(sealed.box)) ?? null);
      if (sealed && !opened) unopened.push(sealed.n);
      else envelopes.push(opened ?? item);
    }
    return { envelopes, unopened };
  }

  /** Nothing of this session is judged any more: its order must hold, and the first of it cannot be judged yet (RES-4). */
  #wait(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#core.options.world.after(WAIT_MS, () => this.#ears.close(CLOSE.restart, 'busy'));
  }

  #queue(turn: readonly Unit[], settle: () => void): void {
    const { admission, loop, options } = this.#core;
    const arrived = turn.flat();
    const verdicts: Verdict[] = [];
    loop.push({
      lane: this.#reader.device,
      weight: arrived.length,
      needs: (index) => arrived.flatMap(({ signed }) => documentsNeeded(signed.envelope.document, index)),
      decide: async (overlay) => {
        const atMs = options.world.nowMs();
        for (const unit of turn) {
          const decided = this.#isOver ? null : await admission.decide(unit, overlay, atMs, this.#skewMs);
          if (decided) verdicts.push(...decided);
          else this.#wait();
        }
      },
      done: () => {
        if (verdicts.length > 0) this.#ears.sendVerdicts(verdicts);
        if (verdicts.some(({ code }) => code === 'device-forked')) this.#ears.refuse('device-forked');
        settle();
      },
      failed: (error) => {
        // what follows would leap over what was not committed, and a Hub that was put back lets leap (RES-2)
        this.#isOver = true;
        this.#ears.failed(error);
      },
    });
  }
}

/** Cuts units into turns, so that a long queue of one device does not make the others wait. */
function turnsOf(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const turns: Unit[][] = [];
  let weight = TURN;
  for (const unit of units) {
    const last = turns.at(-1);
    if (last && weight + unit.length <= TURN) {
      last.push(unit);
      weight += unit.length;
    } else {
      turns.push([unit]);
      weight = unit.length;
    }
  }
  return turns;
}
