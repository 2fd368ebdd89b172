/** The days of the commune, one after another: who is at work, who has a network, when a program is started again, what of the day's work is done. */
import type { Words } from './agenda.ts';
import type { Agenda, Job } from './agenda.ts';
import type { Commune } from './commune.ts';
import type { Tablet } from './tablet.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const WEEK = 7;
const SUNDAY = 6;
/** After so many days in vain a job is given up: what it builds on will not come. */
const TRIES = 45;
/** Who holds the whole commune starts his program once a week here, to spare minutes: everybody else on every day of work. */
const MANY_DOCUMENTS = 2_000;

/** What the year came to, beside what is stored. */
export interface YearSums {
  jobs: number;
  dropped: number;
  offlineDays: number;
}

/** See the file's head. Day 0 is over when it begins. */
export class Year {
  readonly sums: YearSums = { jobs: 0, dropped: 0, offlineDays: 0 };
  readonly #commune: Commune;
  readonly #agenda: Agenda;
  readonly #words: Words;
  readonly #startMs: number;
  readonly #tries = new Map<Job, number>();

  constructor(commune: Commune, agenda: Agenda, words: Words) {
    this.#commune = commune;
    this.#agenda = agenda;
    this.#words = words;
    this.#startMs = commune.clockwork.timeline.nowMs;
  }

  /** Moves the time to an hour of a day, from eight in the morning on. Nobody is connected meanwhile. */
  async moveTo(day: number, hour: number): Promise<void> {
    await this.#commune.clockwork.leapTo(this.#startMs + day * DAY_MS + hour * HOUR_MS);
  }

  /** Puts the work of a day off. */
  postpone(day: number): void {
    for (const job of this.#agenda.take(day)) this.#agenda.add(day + 1, job);
  }

  /** Lets a day pass. */
  async work(day: number): Promise<void> {
    if (day % WEEK === SUNDAY) return this.postpone(day);
    const present = this.#commune.tablets.filter((tablet) => this.#words.chance(presenceOf(tablet)));
    const online = present.filter(() => this.#words.chance(0.85));
    this.sums.offlineDays += present.length - online.length;
    const mine = this.#share(day, present);
    for (const half of [0, 1]) {
      await this.moveTo(day, half * 5);
      await this.#startAll(present, day, half === 0 ? 0.9 : 0.4);
      await this.#meetAll(online);
      await this.#do(mine, day, half);
      await this.#settle(online);
      for (const tablet of present) tablet.leave();
      for (const tablet of present) await tablet.rest();
    }
    return undefined;
  }

  /** Brings every tablet up to now, hangs up and lets them rest. */
  async gather(): Promise<void> {
    const { tablets } = this.#commune;
    // what the last one brings reaches the others when they come again
    for (let round = 0; round < 2; round += 1) {
      await this.#meetAll(tablets);
      for (const tablet of tablets) tablet.leave();
    }
    for (const tablet of this.#commune.tablets) await tablet.rest();
  }

  async #startAll(present: readonly Tablet[], day: number, share: number): Promise<void> {
    for (const [i, tablet] of present.entries()) {
      const isLarge = tablet.replica.documents().size > MANY_DOCUMENTS;
      const isDue = isLarge ? share > 0.5 && (day + i) % WEEK === 0 : this.#words.chance(share);
      if (isDue) await tablet.start();
    }
  }

  async #meetAll(tablets: readonly Tablet[]): Promise<void> {
    for (const tablet of tablets) tablet.connect();
    await this.#settle(tablets);
  }

  #settle(tablets: readonly Tablet[]): Promise<void> {
    return this.#commune.clockwork.until(() => tablets.every((tablet) => tablet.isSettled));
  }

  #share(day: number, present: readonly Tablet[]): readonly Job[] {
    const here = new Set(present);
    const jobs = this.#agenda.take(day);
    for (const job of jobs) if (!here.has(job.by)) this.#agenda.add(day + 1, job);
    return jobs.filter((job) => here.has(job.by));
  }

  async #do(jobs: readonly Job[], day: number, half: number): Promise<void> {
    for (const [i, job] of jobs.entries()) {
      if (i % 2 !== half) continue;
      const edits = job.make(job.by, day);
      if (edits === null) this.#again(job, day);
      else if (edits.length > 0) {
        await job.by.save(edits);
        this.sums.jobs += 1;
      }
    }
  }

  #again(job: Job, day: number): void {
    const tries = (this.#tries.get(job) ?? 0) + 1;
    this.#tries.set(job, tries);
    if (tries > TRIES) this.sums.dropped += 1;
    else this.#agenda.add(day + 1, job);
  }
}

function presenceOf({ parts: { role } }: Tablet): number {
  return role === 'collaborator' ? 0.6 : role === 'teacher' ? 0.7 : 0.9;
}
