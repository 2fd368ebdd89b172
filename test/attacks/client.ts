/** A tablet under attack from its Hub: whatever comes, it keeps its last good state, says so, and goes on working. */
import { hexOf } from '@chungtay/core/base/bytes';
import type { Dice } from '@chungtay/core/base/random.support';
import { encodeState } from '@chungtay/core/doc/state';
import { openYjs, viewState, viewYjs } from '@chungtay/core/doc/yjs.support';
import { type Cost, costOf } from './budget.ts';
import { FRAMES, UNSIGNED, frameNamed, hostileFrame, hostileWelcome } from './hostile-frames.ts';
import { readHeld } from './reading.ts';
import { type HostileFrame, Tablet } from './tablet.ts';

const FRAMES_A_TABLET = 40;
const KEPT_VIOLATIONS = 20;

/** See the file's head. */
export class ClientTrial {
  readonly violations: string[] = [];
  readonly happened: Record<string, number> = {};
  hostile = 0;
  honest = 0;
  readonly falseRefusals: string[] = [];
  readonly #dice: Dice;
  readonly #isCredulous: boolean;
  #last: { readonly session: unknown; readonly picture: string } | null = null;
  readonly #escaped: unknown[] = [];

  constructor(dice: Dice, isCredulous = false) {
    this.#dice = dice;
    this.#isCredulous = isCredulous;
  }

  /** Says `count` hostile frames to one tablet after another. */
  async run(count: number): Promise<void> {
    const note = (error: unknown): void => void this.#escaped.push(error);
    process.on('unhandledRejection', note);
    try {
      while (this.hostile < count) await this.#attackOne(Math.min(FRAMES_A_TABLET, count - this.hostile));
    } finally {
      process.off('unhandledRejection', note);
    }
  }

  /** Says one frame of each name to a tablet of its own, five times; returns what it cost there. */
  async costs(): Promise<readonly Cost[]> {
    const costs: Cost[] = [];
    for (const name of FRAMES.keys()) {
      const ready = async (): Promise<readonly [Tablet, HostileFrame]> => {
        const tablet = await new Tablet(this.#dice).start();
        return [tablet, await frameNamed(name, tablet, this.#dice)];
      };
      const run = ([tablet, { bytes }]: readonly [Tablet, HostileFrame]): Promise<void> => tablet.babble(bytes);
      costs.push(await costOf({ name: `the tablet: ${name}`, ready, run }));
    }
    return costs;
  }

  async #attackOne(frames: number): Promise<void> {
    await this.greet();
    const tablet = await new Tablet(this.#dice, this.#isCredulous).start();
    for (let i = 0; i < frames; i += 1) {
      if (tablet.session.state.is !== 'live') await this.#meetAgain(tablet);
      await this.say(await hostileFrame(tablet, this.#dice), tablet);
    }
    this.honest += 1;
    // an appointment that was taken away takes the right to write with it
    await this.#meetAgain(tablet);
    const isSaved = await tablet.write(frames).catch((error: unknown) => String(error));
    if (isSaved !== true) this.falseRefusals.push(`an honest edit after the attacks: ${String(isSaved)}`);
  }

  /** A tablet, new or not, is welcomed by a hostile Hub, and then by an honest one: its person writes on throughout. */
  async greet(): Promise<void> {
    const isNew = this.#dice.chance(50);
    const tablet = await (isNew ? new Tablet(this.#dice).blank() : new Tablet(this.#dice).start());
    const frame = await tablet.meetWith(hostileWelcome(this.#dice));
    this.hostile += 1;
    this.#count(`welcome: ${tablet.session.state.is}`);
    // refused where the welcome took the right or the client ids away, but never a fault
    await tablet.write(1).catch((error: unknown) => this.#wrong(frame, `a fault: ${String(error)}`));
    await this.#lookAt(frame, tablet, new Set());
  }

  /** Says one frame and looks at everything. */
  async say(frame: HostileFrame, tablet: Tablet): Promise<void> {
    this.hostile += 1;
    // after a new meeting the last picture is an old one
    const before = this.#last?.session === tablet.session ? this.#last.picture : tablet.picture();
    const owed = owedBy(tablet);
    await tablet.babble(frame.bytes);
    const { state } = tablet.session;
    this.#count(state.is === 'waiting' ? state.reason : state.is);
    for (const error of this.#escaped.splice(0)) this.#wrong(frame, `escaped: ${String(error)}`);
    if (state.is !== 'live' && state.is !== 'waiting' && state.is !== 'stopped')
      this.#wrong(frame, `the session is ${state.is}`);
    const after = this.#picture(frame, tablet);
    this.#last = { session: tablet.session, picture: after };
    if (frame.name === UNSIGNED && after !== before) this.#wrong(frame, 'what nobody signed is believed');
    if (state.is !== 'live' && after !== before && !mayBoth(frame))
      this.#wrong(frame, 'a refused frame changed something');
    if (after !== before) await this.#lookAt(frame, tablet, owed);
  }

  /** What the tablet has now is what it has after a restart, can be read in every way, and is the same in Yjs. */
  async #lookAt(frame: HostileFrame, tablet: Tablet, owed: ReadonlySet<number>): Promise<void> {
    this.#count('changed something');
    const after = tablet.picture();
    try {
      for (const held of tablet.replica.walk()) {
        readHeld(held);
        if (
          held.access === 'whole' &&
          JSON.stringify(viewYjs(openYjs(encodeState(held.state)))) !== JSON.stringify(viewState(held.state))
        )
          this.#wrong(frame, 'Yjs shows something else');
      }
      tablet.replica.rows();
    } catch (error) {
      this.#wrong(frame, `cannot be opened: ${String(error)}`);
    }
    await tablet.restart();
    if (tablet.replica.damaged > 0) this.#wrong(frame, 'the disk is damaged');
    if (tablet.picture() !== after) this.#wrong(frame, 'a restart shows something else');
    const kept = owedBy(tablet);
    const isVerdict = frame.name.startsWith('verdicts') || frame.name.includes('update');
    if (!isVerdict && [...owed].some((n) => !kept.has(n))) this.#wrong(frame, 'waiting work is gone');
    await tablet.meet();
    this.#last = null;
  }

  async #meetAgain(tablet: Tablet): Promise<void> {
    await tablet.meetAgain();
    this.#last = null;
    if (tablet.session.state.is !== 'live')
      this.violations.push(`an honest welcome: ${JSON.stringify(tablet.session.state)}`);
  }

  #picture(frame: HostileFrame, tablet: Tablet): string {
    try {
      return tablet.picture();
    } catch (error) {
      this.#wrong(frame, `no picture: ${String(error)}`);
      return '';
    }
  }

  #wrong({ name, bytes }: HostileFrame, what: string): void {
    if (this.violations.length < KEPT_VIOLATIONS)
      this.violations.push(`${name}: ${what} (${hexOf(bytes.slice(0, 300))})`);
  }

  #count(what: string): void {
    this.happened[what] = (this.happened[what] ?? 0) + 1;
  }
}

/** Numbers of what waits or was put aside: none may vanish unanswered. */
function owedBy({ replica }: Tablet): ReadonlySet<number> {
  return new Set(replica.sync.outboxAfter(0).map(({ n }) => n));
}

/** Verdicts are applied even where they show that something is missing. */
function mayBoth({ name }: HostileFrame): boolean {
  return name.startsWith('verdicts');
}
