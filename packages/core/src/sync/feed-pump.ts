/**
 * Sends one device its feed: what it may see and does not have, and nothing else. First start, a month away and live are one loop; only
 * the interval differs. Holds FEED-1, FEED-8 … FEED-10.
 */
import { equalBytes } from '../base/bytes.ts';
import type { World } from '../base/world.ts';
import type { DocumentId } from '../model/ids.ts';
import type { FeedItem } from '../wire/frames.ts';
import { START, sealCursor } from './cursor.ts';
import type { Moment, Reached, Standing } from './cursor.ts';
import { FrameFiller } from './feed-frame.ts';
import type { FrameContent } from './feed-frame.ts';
import { FeedHistory } from './feed-history.ts';
import type { HistorySources } from './feed-history.ts';
import type { DeliveryNote, FeedItems } from './feed-items.ts';
import { blockAround } from './feed-packs.ts';
import type { Pack, PackShelf, VisibleDocument } from './feed-packs.ts';
import { accessNow, planInterval } from './feed-plan.ts';
import type { PlannedItem, Reader } from './feed-plan.ts';
import { watchRights } from './feed-rights.ts';
import type { StillRight } from './feed-rights.ts';
import type { HubIndex } from './hub-index.ts';
import type { Changes } from './hub-recent.ts';
import type { Sealer } from './ports.ts';

/** What a pump needs of the Hub, and of its session. */
export interface PumpPorts extends HistorySources {
  readonly world: World;
  readonly sealer: Sealer;
  readonly items: FeedItems;
  readonly packs: PackShelf;
  /** Sends a feed frame unless `isStillRight` says no at the moment of sending; says whether it went. */
  readonly send: (
    frame: { readonly items: readonly FeedItem[]; readonly cursor: Uint8Array; readonly more: boolean },
    isStillRight: StillRight,
  ) => Promise<boolean>;
  /** Resolves when the socket has room for the next frame. */
  readonly room: () => Promise<void>;
  /** The session must end: the store failed, or we did. */
  readonly failed: (error: unknown) => void;
}

/** Changes that come within this time of one another travel in one frame. */
const COALESCE_MS = 5;

/** After this time a device that only wrote is told where it stands, so that its next start does not hear its own words again. */
const OWED_CURSOR_MS = 2_000;

interface Plan {
  readonly planned: readonly PlannedItem[];
  readonly changes: Changes;
  readonly now: Reached;
}

const NOTES_KEPT = 512;

const NOTHING: FrameContent = { items: [], notes: [], isStillRight: () => true };

/** One session's feed. */
export class FeedPump {
  readonly #reader: Reader;
  readonly #ports: PumpPorts;
  readonly #history: FeedHistory;
  readonly #catchUp: FeedHistory;
  readonly #filler: FrameFiller;
  #standing: Standing;
  #isSettled = false;
  #isRunning = false;
  #isStopped = false;
  #cancelWake: (() => void) | null = null;
  #cancelOwed: (() => void) | null = null;
  readonly #answeredAfterSeq: number;
  /** What unacknowledged frames carry. */
  #notes: { readonly cursor: Uint8Array; readonly notes: readonly DeliveryNote[] }[] = [];

  constructor(reader: Reader, standing: Standing | null, ports: PumpPorts) {
    this.#reader = reader;
    this.#ports = ports;
    this.#history = new FeedHistory(reader, ports);
    this.#catchUp = new FeedHistory(reader, ports);
    this.#filler = new FrameFiller(reader, ports);
    const { epoch, headSeq } = ports.index();
    this.#answeredAfterSeq = headSeq;
    // a cursor of another epoch counts commits that this Hub may never have had
    this.#standing = standing?.epoch === epoch ? standing : { epoch, base: START, done: START, position: 0 };
  }

  /** Says whether the device begins at nothing. */
  get isBootstrap(): boolean {
    return this.#standing.base.seq === 0;
  }

  /** Starts sending at once. */
  start(): void {
    void this.#run();
  }

  /** Something was committed, or time has passed: sends what that changed, a little later. */
  wake(): void {
    if (this.#isStopped || this.#cancelWake) return;
    this.#cancelWake = this.#ports.world.after(COALESCE_MS, () => {
      this.#cancelWake = null;
      void this.#run();
    });
  }

  /** Sends nothing more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelWake?.();
    this.#cancelOwed?.();
    this.#notes = [];
  }

  /** Returns what the device now holds durably by its acknowledgement of `cursor`; nothing for a cursor not of this session. */
  acknowledged(cursor: Uint8Array): readonly DeliveryNote[] {
    const at = this.#notes.findLastIndex((sent) => equalBytes(sent.cursor, cursor));
    return this.#notes.splice(0, at + 1).flatMap(({ notes }) => notes);
  }

  async #run(): Promise<void> {
    if (this.#isRunning || this.#isStopped) return;
    this.#isRunning = true;
    try {
      for (let isMore = true; isMore && !this.#isStopped; isMore = await this.#step()) await this.#ports.room();
    } catch (error) {
      if (!this.#isStopped) this.#ports.failed(error);
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
      if (rest.length > 0) await this.#ports.room();
    }
    this.#standing = { ...this.#standing, done: now };
    this.#catchUp.forget();
  }

  async #sendPack(now: Reached): Promise<boolean> {
    const { position, epoch } = this.#standing;
    const [after, end] = blockAround(position);
    const last = Math.min(end, now.documents);
    const index = this.#index();
    const visible = this.#visibleIn(after, last, index, now.atMs);
    const packs = visible.length > 0 ? await this.#ports.packs.packsOf(visible) : [];
    const written = await this.#written();
    if (this.#isStopped) return false;
    // a change while the pack was made: look again, since somebody may have lost a right
    if (this.#index() !== index || index.headSeq !== now.seq) return true;
    const pack = packs.find(({ upTo }) => upTo > position) ?? null;
    const upTo = pack === null || pack === packs.at(-1) ? last : pack.upTo;
    const isDone = upTo >= now.documents;
    const standing = isDone
      ? { epoch, base: now, done: now, position: 0 }
      : { epoch, base: START, done: now, position: upTo };
    const isStillRight = watchRights(this.#reader, visible, this.#ports);
    const content = pack ? contentOf(pack) : NOTHING;
    // first, since an extract may stand in its place
    const items = [...this.#goneIn(written, position, upTo, index, now.atMs), ...content.items];
    if (items.length > 0 && !(await this.#send({ ...content, items, isStillRight }, standing, !isDone))) return true;
    if (items.length === 0 && isDone) await this.#send(NOTHING, standing, false);
    this.#standing = standing;
    this.#isSettled = isDone;
    return true;
  }

  #visibleIn(after: number, upTo: number, index: HubIndex, atMs: number): readonly VisibleDocument[] {
    const visible: VisibleDocument[] = [];
    for (let ordinal = after + 1; ordinal <= upTo; ordinal += 1) {
      const document = index.at(ordinal);
      const access = accessNow(this.#reader, document, index, atMs);
      if (access.access !== 'none') visible.push({ document, access });
    }
    return visible;
  }

  /**
   * What the device once wrote to and may not hold whole any more: it holds it by a verdict, or will when one comes that was lost on the
   * way, and no pack says that it is closed.
   */
  #goneIn(
    written: readonly DocumentId[],
    after: number,
    upTo: number,
    index: HubIndex,
    atMs: number,
  ): readonly FeedItem[] {
    return written.flatMap((id): readonly FeedItem[] => {
      const document = index.find(id);
      const isIn = document !== null && document.head.ordinal > after && document.head.ordinal <= upTo;
      return isIn && accessNow(this.#reader, document, index, atMs).access !== 'whole' ? [['c', id]] : [];
    });
  }

  async #written(): Promise<readonly DocumentId[]> {
    const { device } = this.#reader;
    const hasWritten = (this.#index().device(device)?.lastN ?? 0) > 0;
    return hasWritten ? this.#ports.store.readWrittenBy(device) : [];
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
    if (!isNews && changes.touched.size > 0 && this.#hasWritten(changes)) this.#oweCursor();
    return !isWhole || this.#index().headSeq !== now.seq;
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
      const interval = { from, to: now, after, upTo, answeredAfterSeq: this.#answeredAfterSeq };
      return { changes, now, planned: planInterval(this.#reader, interval, changes, this.#index()) };
    }
  }

  #hasWritten({ touched }: Changes): boolean {
    const { device } = this.#reader;
    return [...touched.values()].some((entries) => entries.some((entry) => entry.device === device));
  }

  #oweCursor(): void {
    this.#cancelOwed ??= this.#ports.world.after(OWED_CURSOR_MS, () => {
      this.#cancelOwed = null;
      if (this.#isSettled) void this.#send(NOTHING, this.#standing, false);
    });
  }

  /** Says whether the frame went, which brings the device to `standing`. */
  async #send({ items, notes, isStillRight }: FrameContent, standing: Standing, more: boolean): Promise<boolean> {
    if (this.#isStopped) return false;
    this.#cancelOwed?.();
    this.#cancelOwed = null;
    const cursor = sealCursor(standing, this.#reader.device, this.#ports.sealer);
    if (notes.length > 0) this.#notes.push({ cursor, notes });
    if (this.#notes.length > NOTES_KEPT) this.#notes.shift();
    const isSent = await this.#ports.send({ items, cursor, more }, isStillRight);
    if (!isSent) this.#notes = this.#notes.filter((kept) => kept.cursor !== cursor);
    return isSent;
  }

  #index(): HubIndex {
    return this.#ports.index();
  }

  #now(): Reached {
    return this.#index().moment(this.#ports.world.nowMs());
  }
}

function contentOf({ bytes, signature, notes }: Pack): Pick<FrameContent, 'items' | 'notes'> {
  return { items: [['p', bytes, signature]], notes };
}
