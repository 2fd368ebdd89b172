/** A browser killed while somebody types: what its page had shown as saved must be there afterwards, and reach the Hub once. */
import type { Page } from '@playwright/test';
import { seededRandom } from '../../fixtures/world.ts';
import { HubBooks } from '../hub/books.ts';
import type { Outcome } from '../outcome.ts';
import { type BackEnd, Desk, expectSent } from './desk.ts';
import { LABELS, numberIn, type Typed, typeOn, wordsOf } from './typist.ts';

/** How the browser ends: killed, killed with the power cut, or the same with durability relaxed (the control). */
export type BrowserEnd = 'kill' | 'power' | 'weak-power';

/** What came of it; `lost` = older on the page after the restart, or never at the Hub. */
export interface BrowserOutcome extends Outcome {
  readonly kills: number;
  readonly backEnd: BackEnd;
  /** Edits that the page had shown as saved. */
  readonly saved: number;
  /** Ends without the Hub in reach: nobody else had what the tablet had. */
  readonly offline: number;
  /** What power cuts took back, in the database and around it. */
  readonly pages: number;
  readonly names: number;
}

type Counts = { -readonly [Name in keyof BrowserOutcome]: BrowserOutcome[Name] };

/** The end comes behind so many strokes that the page has shown as saved, and a moment more, in the middle of the next. */
const MOST_STROKES = 8;
const MOST_MORE_MS = 120;
const STUCK_MS = 20_000;
const TYPED_A_ROUND = 5_000;

/** Ends a browser so often; a seed draws the same instants, as far as processes keep time. */
export async function endBrowsers(
  end: BrowserEnd,
  { kills, seed, backEnd }: { readonly kills: number; readonly seed: number; readonly backEnd: BackEnd },
): Promise<BrowserOutcome> {
  const sum: Counts = {
    kills: 0,
    backEnd,
    saved: 0,
    lost: 0,
    twice: 0,
    damages: 0,
    undelivered: 0,
    offline: 0,
    pages: 0,
    names: 0,
  };
  const desk = await Desk.open(backEnd);
  const rounds = new Rounds(desk, end, seededRandom(seed), sum);
  try {
    for (let kill = 0; kill < kills; kill += 1) await rounds.play();
    await rounds.count();
  } finally {
    await desk.remove();
  }
  return sum;
}

class Rounds {
  readonly #desk: Desk;
  readonly #end: BrowserEnd;
  readonly #random: () => number;
  readonly #sum: Counts;
  readonly #saved: Typed[] = [];

  constructor(desk: Desk, end: BrowserEnd, random: () => number, sum: Counts) {
    this.#desk = desk;
    this.#end = end;
    this.#random = random;
    this.#sum = sum;
    if (end !== 'kill') desk.disk.settle();
  }

  /** One start, some typing, one end. */
  async play(): Promise<void> {
    const { tablet, link, disk } = this.#desk;
    const page = await this.#enter();
    await expectSent(page);
    const isOffline = this.#end === 'weak-power' || this.#random() < 0.5;
    if (isOffline) link.cut();
    await this.#typeForAWhile(page);
    await tablet.kill();
    if (this.#end !== 'kill') {
      const { pages, names } = disk.cutPower(this.#random);
      this.#sum.pages += pages;
      this.#sum.names += names;
    }
    link.mend();
    this.#sum.kills += 1;
    this.#sum.offline += isOffline ? 1 : 0;
  }

  async #typeForAWhile(page: Page): Promise<void> {
    let strokesLeft = 1 + Math.floor(this.#random() * MOST_STROKES);
    const moreMs = this.#random() * MOST_MORE_MS;
    await new Promise<void>((resolve, reject) => {
      const stuck = setTimeout(() => reject(new Error('the page shows nothing as saved')), STUCK_MS);
      const onSaved = (typed: readonly Typed[]): void => {
        this.#saved.push(...typed);
        strokesLeft -= 1;
        if (strokesLeft > 0) return;
        clearTimeout(stuck);
        resolve();
      };
      void typeOn(page, this.#sum.kills * TYPED_A_ROUND + 1, onSaved).catch(reject);
    });
    await new Promise((resolve) => setTimeout(resolve, moreMs));
  }

  /** Comes back once more, and compares what was shown as saved with the page and with the Hub's books. */
  async count(): Promise<void> {
    const { hub, tablet } = this.#desk;
    await expectSent(await this.#enter());
    await tablet.kill();
    const books = new HubBooks(hub.dataDirectory);
    const texts = books.bodies();
    this.#sum.damages = (await books.damages()).length;
    books.close();
    this.#sum.saved = this.#saved.length;
    for (const typed of this.#saved) {
      const times = texts.filter((text) => text.includes(wordsOf(typed))).length;
      this.#sum.lost += times === 0 ? 1 : 0;
      this.#sum.twice += times > 1 ? 1 : 0;
    }
  }

  /** Opens the page after an end: each field holds what was last shown as saved in it, or what was typed after that. */
  async #enter(): Promise<Page> {
    const page = await this.#desk.enter(this.#end === 'weak-power' ? relax : undefined);
    for (const label of LABELS) {
      const field = page.getByLabel(label, { exact: true });
      await field.waitFor({ state: 'attached', timeout: 60_000 });
      const shown = numberIn(await field.inputValue());
      const saved = this.#saved.findLast((typed) => typed.label === label);
      if (saved && shown < saved.nth && this.#end !== 'weak-power') this.#sum.lost += 1;
    }
    return page;
  }
}

/** The control: the engine's transactions no longer wait for the disk. The program itself has no such switch. */
async function relax(page: Page): Promise<void> {
  const [worker] = page.workers();
  if (!worker) throw new Error('the page has no engine');
  await worker.evaluate(() => {
    // oxlint-disable-next-line typescript/unbound-method -- called on its own object below
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores, mode) {
      return transaction.call(this, stores, mode, { durability: 'relaxed' });
    };
  });
}
