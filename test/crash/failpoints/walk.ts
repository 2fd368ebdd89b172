/** Every write, sync and cut of a Hub's commit made to fail, or to be the last thing it does: one after another until none is left. */
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../fixtures/world.ts';
import type { Failpoint } from '../disk.ts';
import { HubBooks } from '../hub/books.ts';
import { LoadedCommune } from '../hub/commune.ts';
import type { LoadDevice } from '../hub/device.ts';
import type { Outcome } from '../outcome.ts';

/** What happens at a point. */
export const FATES = {
  'disk full': { fate: 'fail', error: 'ENOSPC', isLasting: true },
  'disk full in the middle': { fate: 'half-fail', error: 'ENOSPC', isLasting: true },
  'I/O error': { fate: 'fail', error: 'EIO' },
  'killed before': { fate: 'kill-before' },
  'killed after': { fate: 'kill-after' },
  'killed in the middle': { fate: 'half-kill' },
} as const satisfies Readonly<Record<string, Omit<Failpoint, 'on' | 'nth'>>>;

/** Names one of them. */
export type FateName = keyof typeof FATES;

/** What came of a walk. */
export interface WalkOutcome extends Outcome {
  /** How many points were met. */
  readonly points: number;
  /** Met without an answer to the writer; the others came when everything was durable already. */
  readonly unanswered: number;
  /** Points where the Hub lived on, took nothing, and told its health otherwise. */
  readonly silent: number;
  /** Restarts it needed. */
  readonly restarts: number;
}

type Counts = { -readonly [Name in keyof WalkOutcome]: number };

const JUDGED_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 5;
const MOST_POINTS = 400;
/** What a Hub says of a disk that may yet take its writes. */
const PASSING = ['ok', 'full', 'busy'];

/** Walks the points 1, 2, 3 … of a commit; `fateOf` says what happens at each. Returns when a commit ends before its point. */
export async function walkCommit(fateOf: (point: number) => FateName, seed: number): Promise<WalkOutcome> {
  const sum: Counts = {
    points: 0,
    unanswered: 0,
    silent: 0,
    restarts: 0,
    lost: 0,
    twice: 0,
    damages: 0,
    undelivered: 0,
  };
  const commune = await LoadedCommune.found(1, 'checkpoint-often');
  const walk = new Walk(commune, seededRandom(seed), sum);
  try {
    let point = 1;
    while (point <= MOST_POINTS && (await walk.meet(point, fateOf(point)))) point += 1;
    await walk.count();
  } finally {
    await commune.remove();
  }
  return sum;
}

class Walk {
  readonly #commune: LoadedCommune;
  readonly #device: LoadDevice;
  readonly #random: () => number;
  readonly #sum: Counts;

  constructor(commune: LoadedCommune, random: () => number, sum: Counts) {
    const [device] = commune.devices;
    if (!device) throw new Error('nobody writes');
    this.#commune = commune;
    this.#device = device;
    this.#random = random;
    this.#sum = sum;
  }

  /** Lets one commit meet its point; false when it has none of that number. */
  async meet(point: number, name: FateName): Promise<boolean> {
    const { disk, hub } = this.#commune;
    disk.arm({ on: ['write', 'sync', 'truncate'], nth: point, ...FATES[name] });
    await this.#device.write(`${point}`, this.#random);
    const isAnswered = await this.#judged();
    const isMet = disk.hits.fired > 0;
    if (isMet && !isAnswered && hub.isRunning() && (await storageOf(hub.port())) === 'ok') this.#sum.silent += 1;
    disk.disarm();
    this.#sum.points += isMet ? 1 : 0;
    this.#sum.unanswered += isAnswered ? 0 : 1;
    if (!hub.isRunning() || !(await this.#recovers())) await this.#restart();
    await this.#device.comeBack();
    return isMet;
  }

  /** Everything again: what was acknowledged, once; the Hub's own verification. */
  async count(): Promise<void> {
    const { hub } = this.#commune;
    const books = new HubBooks(hub.dataDirectory);
    const stored = books.stored();
    this.#sum.damages = (await books.damages()).length;
    books.close();
    this.#sum.twice = [...stored.values()].filter((times) => times > 1).length;
    this.#sum.undelivered = this.#device.refused + this.#missing(this.#device.written);
  }

  /** Resolves when the Hub answered (true), or sent the writer away, or died. */
  async #judged(): Promise<boolean> {
    for (let waitedMs = 0; waitedMs < JUDGED_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
      if (this.#device.acknowledged === this.#device.written) return true;
      if (!this.#commune.hub.isRunning() || this.#device.isAway) return false;
      await pause(LOOK_EVERY_MS);
    }
    throw new Error('the Hub says nothing');
  }

  /** Says whether the Hub goes on by itself once the disk does: after a full one, not after one that failed. */
  async #recovers(): Promise<boolean> {
    return Promise.race([this.#device.comeBack().then(() => true), this.#givesUp()]);
  }

  async #givesUp(): Promise<boolean> {
    const { hub } = this.#commune;
    do await pause(100);
    while (PASSING.includes(await storageOf(hub.port())));
    return false;
  }

  async #restart(): Promise<void> {
    const { hub, disk } = this.#commune;
    if (hub.isRunning()) await hub.stop();
    else if (this.#random() < 0.5) disk.cutPower(this.#random);
    this.#sum.lost += this.#missing(this.#device.acknowledged);
    this.#sum.restarts += 1;
    await hub.start();
  }

  /** Returns how many of the first `upTo` envelopes the Hub's database does not hold. */
  #missing(upTo: number): number {
    const books = new HubBooks(this.#commune.hub.dataDirectory);
    const stored = books.stored();
    books.close();
    const numbers = Array.from({ length: upTo }, (_, at) => `${this.#device.id} ${at + 1}`);
    return numbers.filter((number) => !stored.has(number)).length;
  }
}

/** Returns what the Hub says of its disk to whoever asks; nothing when it is dead. */
async function storageOf(port: number): Promise<string> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`);
    return ((await answer.json()) as { readonly storage: string }).storage;
  } catch {
    return '';
  }
}
