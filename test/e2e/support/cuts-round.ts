import { expect, type Page } from '@playwright/test';
import { seededRandom } from '../../fixtures/world.ts';
import { roundWords, type RoundWords } from './cuts-words.ts';
import { type CutCounts, Cutter, drawEnrollingPlan, drawSendingPlan, sumOf } from './cutter.ts';
import type { Link } from './link.ts';
import type { Newcomer } from './newcomer.ts';
import {
  addWeight,
  choose,
  findAll,
  findReport,
  findSchooling,
  findWeights,
  handInReport,
  noteSchooling,
  writeCase,
} from './story-acts.ts';
import { CAST, type Part } from './story-cast.ts';
import type { Stage } from './story-stage.ts';
import { findHousehold, surveyHousehold } from './story-survey.ts';

/** Who plays. */
export const PARTS = Object.keys(CAST) as readonly Part[];

/** What came of a round. */
export interface RoundOutcome {
  readonly counts: CutCounts;
  readonly isHubKilled: boolean;
  /** From the first tablet's return until everything was found everywhere. */
  readonly tookMs: number;
}

/** What stays the same from round to round. */
export interface RoundParts {
  readonly stage: Stage;
  readonly newcomer: Newcomer;
  /** Rounds played before this one. */
  readonly former: readonly number[];
}

const JOIN_EVERY = 5;
const KILL_TABLET_EVERY = 3;
const KILL_HUB_EVERY = 2;
const ACT_WITHIN_MS = 30_000;
const EVERY_CUT_WITHIN_MS = 5_000;
const CONVERGE_WITHIN_MS = 60_000;

/**
 * One seed: the story's writing with fresh words, the network of every tablet breaking at frames that the seed draws, a tablet or the Hub
 * killed in between; then it heals, and all of it must be where it belongs, once.
 */
export class Round {
  readonly #seed: number;
  readonly #random: () => number;
  readonly #words: RoundWords;
  readonly #parts: RoundParts;
  readonly #cutters = new Map<Link, Cutter>();
  #cutsUntilKill = Number.POSITIVE_INFINITY;
  #hubIsBack: Promise<void> | null = null;

  constructor(seed: number, parts: RoundParts) {
    this.#seed = seed;
    this.#random = seededRandom(seed);
    this.#words = roundWords(seed);
    this.#parts = parts;
    for (const part of PARTS) this.#watch(parts.stage.link(part));
    this.#watch(parts.stage.spare);
  }

  /** Plays it. */
  async play(): Promise<RoundOutcome> {
    for (const part of PARTS) this.#parts.stage.page(part).setDefaultTimeout(ACT_WITHIN_MS);
    if (this.#seed % KILL_HUB_EVERY === 0) this.#cutsUntilKill = 1 + Math.floor(this.#random() * 6);
    if (this.#parts.former.length % JOIN_EVERY === 0) await this.#join();
    await this.#write();
    if (this.#seed % KILL_TABLET_EVERY === 0) await this.#killTablet();
    const returnedAtMs = performance.now();
    await this.#comeBack();
    await this.#settle();
    await this.#choose();
    await this.#settle();
    await this.#findEverything();
    const tookMs = performance.now() - returnedAtMs;
    const counts = sumOf([...this.#cutters.values()].map((cutter) => cutter.counts));
    return { counts, isHubKilled: this.#hubIsBack !== null, tookMs };
  }

  get #isFirst(): boolean {
    return this.#parts.former.length === 0;
  }

  #watch(link: Link): void {
    const cutter = new Cutter(() => this.#broke());
    link.gate = cutter;
    this.#cutters.set(link, cutter);
  }

  #cutter(link: Link): Cutter {
    const cutter = this.#cutters.get(link);
    if (!cutter) throw new Error('a link that nobody watches');
    return cutter;
  }

  #broke(): void {
    this.#cutsUntilKill -= 1;
    if (this.#cutsUntilKill !== 0) return;
    const { hub } = this.#parts.stage;
    this.#hubIsBack = hub.kill().then(() => hub.start());
  }

  async #join(): Promise<void> {
    const { stage, newcomer } = this.#parts;
    this.#cutter(stage.spare).arm(drawEnrollingPlan(this.#random));
    await newcomer.join(`Lường Thị Xoa ${this.#seed}`);
  }

  /** Police and lead write without having seen each other's words; of the others some are offline, some lose the network as they write. */
  async #write(): Promise<void> {
    const { stage } = this.#parts;
    const { schooling, weightKg, seen, case: texts } = this.#words;
    for (const part of PARTS) {
      const isOffline = part === 'lead' || part === 'police' || this.#random() < 0.4;
      if (isOffline) stage.cut(part);
      else this.#cutter(stage.link(part)).arm(drawSendingPlan(this.#random));
    }
    await Promise.all([
      noteSchooling(stage.page('teacher'), schooling),
      addWeight(stage.page('nurse'), weightKg),
      this.#visitVillage(stage.page('collaborator'), seen),
      writeCase(stage.page('lead'), texts.lead),
      writeCase(stage.page('police'), texts.police),
    ]);
  }

  /** In the first round the collaborator surveys a household too. */
  async #visitVillage(page: Page, seen: string): Promise<void> {
    if (this.#isFirst) await surveyHousehold(page);
    await handInReport(page, seen);
  }

  async #killTablet(): Promise<void> {
    const part = this.#shuffled()[0] ?? 'nurse';
    const page = await this.#parts.stage.killAndReopen(part, '/');
    page.setDefaultTimeout(ACT_WITHIN_MS);
  }

  async #comeBack(): Promise<void> {
    const { stage } = this.#parts;
    for (const part of this.#shuffled()) {
      this.#cutter(stage.link(part)).arm(drawSendingPlan(this.#random));
      stage.mend(part);
      await new Promise((resolve) => setTimeout(resolve, this.#random() * 300));
    }
  }

  /** Lets the cuts happen that still may, then nothing breaks any more, and everybody has sent everything. */
  async #settle(): Promise<void> {
    const isArmed = (): boolean => [...this.#cutters.values()].some((cutter) => cutter.isArmed);
    for (let waitedMs = 0; isArmed() && waitedMs < EVERY_CUT_WITHIN_MS; waitedMs += 100)
      await new Promise((resolve) => setTimeout(resolve, 100));
    for (const [link, cutter] of this.#cutters) {
      cutter.arm([]);
      link.mend();
    }
    await this.#hubIsBack;
    for (const page of this.#pages()) await expectAllSent(page);
  }

  /** The lead chooses while the network breaks again. */
  async #choose(): Promise<void> {
    const { stage } = this.#parts;
    for (const part of ['lead', 'police'] as const)
      this.#cutter(stage.link(part)).arm(drawSendingPlan(this.#random).slice(0, 2));
    await choose(stage.page('lead'), this.#words.case);
  }

  async #findEverything(): Promise<void> {
    const { stage, newcomer, former } = this.#parts;
    const { schooling, weightKg, seen, case: texts } = this.#words;
    const weights = [...former.map((seed) => roundWords(seed).weightKg), weightKg];
    const findAsLead = async (page: Page): Promise<void> => {
      await findAll(page, texts);
      await findSchooling(page, schooling);
      await findReport(page, seen, weights.length);
      if (this.#isFirst) await findHousehold(page);
    };
    await Promise.all([
      findAsLead(stage.page('lead')),
      findAll(stage.page('police'), texts),
      findWeights(newcomer.page(), weights),
      findWeights(stage.page('nurse'), weights),
    ]);
  }

  #pages(): readonly Page[] {
    const { stage, newcomer } = this.#parts;
    return [...PARTS.map((part) => stage.page(part)), newcomer.page()];
  }

  #shuffled(): readonly Part[] {
    return PARTS.map((part) => ({ part, at: this.#random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ part }) => part);
  }
}

/** The chip says that all is sent: nothing waits, nothing was refused, and the Hub is there. */
export async function expectAllSent(page: Page): Promise<void> {
  const chip = page.getByRole('button', { name: /^Lưu và gửi/u }).first();
  await expect(chip).toContainText(/Đã gửi/u, { timeout: CONVERGE_WITHIN_MS });
}
