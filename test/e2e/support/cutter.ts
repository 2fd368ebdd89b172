import type { PassingFrame } from './feed-frames.ts';
import type { Cut, Gate } from './link.ts';

/** A cut that waits for its frame. */
export interface PlannedCut extends Cut {
  /** Which frames are counted. */
  readonly of: PassingFrame['type'] | 'any';
  /** The how manieth of them is hit; 1 = the next. */
  readonly nth: number;
}

/** Open connections that were really broken, by where that was for the tablet. */
export interface CutCounts {
  /** The Hub had stored and said so; the tablet did not hear it, or only half. */
  before: number;
  /** Right behind a verdict. */
  after: number;
  /** At a hello, a push, a download, an enrolment. */
  elsewhere: number;
}

/** Returns the sum of counts. */
export function sumOf(counts: Iterable<CutCounts>): CutCounts {
  const sum = { before: 0, after: 0, elsewhere: 0 };
  for (const { before, after, elsewhere } of counts) {
    sum.before += before;
    sum.after += after;
    sum.elsewhere += elsewhere;
  }
  return sum;
}

/** Returns counts in words: `12 cuts (4 before a verdict, 3 after, 5 elsewhere)`. */
export function wordsOf({ before, after, elsewhere }: CutCounts): string {
  return `${before + after + elsewhere} cuts (${before} before a verdict, ${after} after, ${elsewhere} elsewhere)`;
}

/** Breaks the network of one tablet where its plan says, one cut after another, and counts what really broke. */
export class Cutter implements Gate {
  readonly counts: CutCounts = { before: 0, after: 0, elsewhere: 0 };
  readonly #onBroke: () => void;
  #plan: readonly PlannedCut[] = [];
  #seen = 0;

  /** `onBroke` is told of every connection that broke. */
  constructor(onBroke: () => void = () => undefined) {
    this.#onBroke = onBroke;
  }

  /** Replaces the plan; an empty one lets everything pass. */
  arm(plan: readonly PlannedCut[]): void {
    this.#plan = plan;
    this.#seen = 0;
  }

  /** Says whether a cut still waits for its frame. */
  get isArmed(): boolean {
    return this.#plan.length > 0;
  }

  cutAt(frame: PassingFrame): Cut | null {
    const [next, ...rest] = this.#plan;
    if (!next || (next.of !== 'any' && next.of !== frame.type)) return null;
    this.#seen += 1;
    if (this.#seen < next.nth) return null;
    this.arm(rest);
    return next;
  }

  broke({ type }: PassingFrame, { how }: Cut): void {
    if (type !== 'verdicts') this.counts.elsewhere += 1;
    else if (how === 'after') this.counts.after += 1;
    else this.counts.before += 1;
    this.#onBroke();
  }
}

const HOWS = ['before', 'inside', 'after'] as const;
const UNHEARD = ['before', 'inside'] as const;
const MOST_FRAMES = 8;
const LONGEST_DOWN_MS = 500;

/** Draws the cuts for somebody who has something to send: any frame, one before a verdict is heard, any frame, one after it. */
export function drawSendingPlan(random: () => number): readonly PlannedCut[] {
  const chance = (share: number, cut: () => PlannedCut): readonly PlannedCut[] => (random() < share ? [cut()] : []);
  return [
    ...chance(0.5, () => drawAnywhere(random)),
    ...chance(0.8, () => ({ of: 'verdicts', nth: 1, how: pick(UNHEARD, random), downMs: drawDownMs(random) })),
    ...chance(0.3, () => drawAnywhere(random)),
    ...chance(0.7, () => ({ of: 'verdicts', nth: 1, how: 'after', downMs: drawDownMs(random) })),
  ];
}

/** Draws the cuts for somebody who enrols: often the Hub's answer is lost, then the first download is broken twice. */
export function drawEnrollingPlan(random: () => number): readonly PlannedCut[] {
  const lost: PlannedCut = { of: 'enrolled', nth: 1, how: pick(UNHEARD, random), downMs: drawDownMs(random) };
  const download: PlannedCut = { of: 'feed', nth: 1, how: pick(HOWS, random), downMs: drawDownMs(random) };
  return [...(random() < 0.6 ? [lost] : []), drawAnywhere(random, 4), download];
}

function drawAnywhere(random: () => number, mostFrames = MOST_FRAMES): PlannedCut {
  const nth = 1 + Math.floor(random() * mostFrames);
  return { of: 'any', nth, how: pick(HOWS, random), downMs: drawDownMs(random) };
}

function drawDownMs(random: () => number): number {
  return Math.round(random() * LONGEST_DOWN_MS);
}

function pick<T>(choices: readonly [T, ...T[]], random: () => number): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}
