/**
 * Sends one device its feed: what it may see and does not have, and nothing else. First start, a month away and live are one loop; only
 * the interval differs. Holds FEED-1, FEED-8 … FEED-10.
 */
import type { DocumentId } from '../model/ids.ts';
import { START, sealCursor } from './cursor.ts';
import type { Moment, Reached, Standing } from './cursor.ts';
import { blockBehind, goneIn } from './feed-block.ts';
import { FrameFiller } from './feed-frame.ts';
import type { FrameContent } from './feed-frame.ts';
import { FeedHistory } from './feed-history.ts';
import type { DeliveryNote } from './feed-items.ts';
import { DeliveryNotes } from './feed-notes.ts';
import type { Pack } from './feed-packs.ts';
import { planInterval } from './feed-plan.ts';
import type { Interval, PlannedItem, Reader } from './feed-plan.ts';
import type { FeedContent, FeedLine, PumpSources } from './feed-pump-ports.ts';
import { watchRights } from './feed-rights.ts';
import type { HubIndex } from './hub-index.ts';
import type { Changes } from './hub-recent.ts';

/** A change goes at once; those that come within this time after it, or while more work waits, travel in one frame. */
const GATHER_MS = 5;

/** After this time a device that only wrote is told where it stands, so that its next start does not hear its own words again. */
const OWED_CURSOR_MS = 2_000;

interface Plan {
  readonly planned: readonly PlannedItem[];
  readonly changes: Changes;
  readonly now: Reached;
}

const NOTHING: FrameContent = { items: [], notes: [], isStillRight: () => true };

/** One session's feed. */
export class FeedPump {
  readonly #reader: Reader;
  readonly #sources: PumpSources;
  readonly #line: FeedLine;
  readonly #history: FeedHistory;
  readonly #catchUp: FeedHistory;
  readonly #filler: FrameFiller;
  #standing: Standing;
  /** Ordinal of the last document before the block that is under way. */
  #blockFrom: number;
  #isSettled = false;
  #isRunning = false;
  #isStopped = false;
  /** Something happened since the last look. */
  #isWanted = false;
  #cancelWake: (() => void) | null = null;
  #sentAtMs = 0;
  #cancelOwed: (() => void) | null = null;
  readonly #answeredAfterSeq: number;
  readonly #notes = new DeliveryNotes();

  constructor(reader: Reader, standing: Standing | null, sources: PumpSources, line: FeedLine) {
    this.#reader = reader;
    this.#sources = sources;
    this.#line = line;
    this.#history = new FeedHistory(reader, sources);
    this.#catchUp = new FeedHistory(reader, sources);
    this.#filler = new FrameFiller(reader, sources);
    const { epoch, headSeq } = sources.index();
    this.#answeredAfterSeq = headSeq;
    // a cursor of another epoch counts commits that this Hub may never have had
    this.#standing = standing?.epoch === epoch ? standing : { epoch, base: START, done: START, position: 0 };
    this.#blockFrom = this.#standing.position;
  }

  /** Says whether the device begins at nothing. */
  get isBootstrap(): boolean {
    return this.#standing.base.seq === 0;
  }

  /** Starts sending at once. */
  start(): void {
    void this.#run();
  }

  /** Something was committed, or time has passed: sends what that changed, at once or, when the Hub is busy, a little later. */
  wake(isBusy: boolean): void {
    if (this.#isStopped || this.#cancelWake) return;
    const { world } = this.#sources;
    // counted from what this reader was sent, never from a change that he may not know of; and after a step of the clock, in either
    // direction, nobody waits longer than the time
    const sinceMs = Math.abs(world.nowMs() - this.#sentAtMs);
    const isQuiet = sinceMs >= GATHER_MS;
    if (isQuiet && !isBusy) this.#wakeNow();
    else this.#cancelWake = world.after(isQuiet ? GATHER_MS : GATHER_MS - sinceMs, () => this.#wakeNow());
  }

  /** Sends nothing more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelWake?.();
    this.#cancelOwed?.();
    this.#notes.clear();
  }

  /** Returns what the device now holds durably by its acknowledgement of `cursor`; nothing for a cursor not of this session. */
  acknowledged(cursor: Uint8Array): readonly DeliveryNote[] {
    return this.#notes.take(cursor);
  }

  #wakeNow(): void {
    this.#cancelWake = null;
    try {
      if (this.#isRunning || !this.#sendAtOnce()) void this.#run();
    } catch (error) {
      this.#line.failed(error);
    }
  }

  async #run(): Promise<void> {
    this.#isWanted = true;
    if (this.#isRunning || this.#isStopped) return;
    this.#isRunning = true;
    try {
      while (this.#isWanted && !this.#isStopped) {
        this.#isWanted = false;
        for (let isMore = true; isMore && !this.#isStopped; isMore = await this.#step()) await this.#line.room();
      }
    } catch (error) {
      if (!this.#isStopped) this.#line.failed(error);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Sends the next frame; says whether there may be more to send. */
  async #step(): Promise<boolean> {
    const { position, base } = this.#standing;
    if (position > 0) await this.#refresh();
    const now = this.#now();
    if (base.seq === 0 && now.documents > position) return this.#sendPack(now);
    return this.#sendChanges();
  }

  /** While a long way is under way: brings the documents already sent up to now, so that what follows is all of one moment. */
  async #refresh(): Promise<void> {
    const { done, position } = this.#standing;
    const { planned, now } = await this.#planFrom(done, 0, position, this.#catchUp);
    for (let rest = planned; rest.length > 0;) {
      const filled = await this.#filler.fill(rest, done.seq);
      rest = rest.slice(filled.taken);
      const standing = rest.length > 0 ? this.#standing : { ...this.#standing, done: now };
      // what was sent before goes once more, which changes nothing
      if (!(await this.#send(filled, standing, true))) return;
      if (rest.length > 0) await this.#line.room();
    }
    this.#standing = { ...this.#standing, done: now };
    this.#catchUp.forget();
  }

  async #sendPack(now: Reached): Promise<boolean> {
    const { position, epoch } = this.#standing;
    const index = this.#index();
    const { visible, upTo: end } = blockBehind(this.#blockFrom, now.documents, this.#reader, index, now.atMs);
    const packs = visible.length > 0 ? await this.#sources.packs.packsOf(visible) : [];
    const written = await this.#written();
    if (this.#isStopped) return false;
    // a change while the pack was made: look again, since somebody may have lost a right
    if (this.#index() !== index || index.headSeq !== now.seq) return true;
    const pack = packs.find(({ upTo }) => upTo > position) ?? null;
    const isEnd = pack === null || pack === packs.at(-1);
    // a block that others cut shorter meanwhile may end before what was sent
    const upTo = isEnd ? Math.max(position, end) : pack.upTo;
    const isDone = upTo >= now.documents;
    const standing = isDone
      ? { epoch, base: now, done: now, position: 0 }
      : { epoch, base: START, done: now, position: upTo };
    const isStillRight = watchRights(this.#reader, visible, this.#sources);
    const content = pack ? contentOf(pack) : NOTHING;
    // first, since an extract may stand in its place
    const gone = goneIn({ after: position, upTo }, written, this.#reader, index, now.atMs);
    const items = [...gone, ...content.items];
    if (items.length > 0 && !(await this.#send({ ...content, items, isStillRight }, standing, !isDone))) return true;
    if (items.length === 0 && isDone) await this.#send(NOTHING, standing, false);
    this.#standing = standing;
    if (isEnd) this.#blockFrom = end;
    this.#isSettled = isDone;
    return true;
  }

  async #written(): Promise<readonly DocumentId[]> {
    const { device } = this.#reader;
    const hasWritten = (this.#index().device(device)?.lastN ?? 0) > 0;
    return hasWritten ? this.#sources.store.readWrittenBy(device) : [];
  }

  async #sendChanges(): Promise<boolean> {
    const { base, position, epoch } = this.#standing;
    const { changes, planned, now } = await this.#planFrom(base, position, Infinity, this.#history);
    const filled = await this.#filler.fill(planned, base.seq);
    const isWhole = filled.taken === planned.length;
    const next = planned[filled.taken - 1]?.document.head.ordinal ?? position;
    const standing = isWhole
      ? { epoch, base: now, done: now, position: 0 }
      : { epoch, base, done: now, position: next };
    const isNews = filled.items.length > 0 || !this.#isSettled;
    // a right ended while it was packed: planned anew from where the device stands
    if (isNews && !(await this.#send(filled, standing, !isWhole))) return true;
    this.#standing = standing;
    this.#isSettled = isWhole;
    if (isWhole) this.#history.forget();
    if (!isNews) this.#oweCursorFor(changes);
    return !isWhole || this.#index().headSeq !== now.seq;
  }

  /**
   * The short way of a device that has everything but the latest commits: planned, filled and sent in one turn, of what memory holds. Says
   * whether the device has everything now; where it cannot be so, nothing is changed.
   */
  #sendAtOnce(): boolean {
    const { base, epoch } = this.#standing;
    const now = this.#now();
    const changes = this.#isSettled ? this.#sources.recent.since(base.seq, now.seq) : null;
    if (!changes) return false;
    const filled = this.#filler.fillAtOnce(this.#plan({ from: base, to: now, after: 0, upTo: Infinity }, changes));
    if (!filled) return false;
    const standing = { epoch, base: now, done: now, position: 0 };
    const isNews = filled.items.length > 0;
    if (isNews) {
      const frame = this.#frame(filled, standing, false);
      if (!this.#line.sendFeedAtOnce(frame, filled.isStillRight)) return this.#notSent(frame);
    }
    this.#standing = standing;
    if (!isNews) this.#oweCursorFor(changes);
    return true;
  }

  /**
   * Returns what to send of the interval from `from` to the very moment it is planned at: nothing waits between the last look at the Feed
   * and the plan, or a commit in between would be lost.
   */
  async #planFrom(from: Moment, after: number, upTo: number, history: FeedHistory): Promise<Plan> {
    for (;;) {
      const { changes, upToSeq } = await history.since(from.seq);
      const now = this.#now();
      if (now.seq !== upToSeq) continue;
      return { changes, now, planned: this.#plan({ from, to: now, after, upTo }, changes) };
    }
  }

  #plan(interval: Omit<Interval, 'answeredAfterSeq'>, changes: Changes): readonly PlannedItem[] {
    const answeredAfterSeq = this.#answeredAfterSeq;
    return planInterval(this.#reader, { ...interval, answeredAfterSeq }, changes, this.#index());
  }

  /** Owes the device its cursor when some of the changes are its own, of which it hears nothing more. */
  #oweCursorFor({ touched }: Changes): void {
    const { device } = this.#reader;
    if (![...touched.values()].some((entries) => entries.some((entry) => entry.device === device))) return;
    this.#cancelOwed ??= this.#sources.world.after(OWED_CURSOR_MS, () => {
      this.#cancelOwed = null;
      if (this.#isSettled) void this.#send(NOTHING, this.#standing, false);
    });
  }

  /** Says whether the frame went, which brings the device to `standing`. */
  async #send(content: FrameContent, standing: Standing, more: boolean): Promise<boolean> {
    if (this.#isStopped) return false;
    const frame = this.#frame(content, standing, more);
    return (await this.#line.sendFeed(frame, content.isStillRight)) || this.#notSent(frame);
  }

  /** Returns the frame, and notes what it will have put into the device's hands. */
  #frame({ items, notes }: FrameContent, standing: Standing, more: boolean): FeedContent {
    this.#cancelOwed?.();
    this.#cancelOwed = null;
    const cursor = sealCursor(standing, this.#reader.device, this.#sources.sealer);
    this.#notes.add(cursor, notes);
    this.#sentAtMs = this.#sources.world.nowMs();
    return { items, cursor, more };
  }

  #notSent({ cursor }: FeedContent): false {
    this.#notes.drop(cursor);
    return false;
  }

  #index(): HubIndex {
    return this.#sources.index();
  }

  #now(): Reached {
    return this.#index().moment(this.#sources.world.nowMs());
  }
}

function contentOf({ bytes, signature, notes }: Pack): Pick<FrameContent, 'items' | 'notes'> {
  return { items: [['p', bytes, signature]], notes };
}
