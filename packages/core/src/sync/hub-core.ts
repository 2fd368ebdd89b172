/** What all sessions of a Hub share, and what happens around a commit: taken in by memory first, told second. */
import { Fault } from '../base/assert.ts';
import type { Signer, World } from '../base/world.ts';
import { HUB_MEMBER } from '../model/ids.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import { CLOSE } from '../wire/refusal.ts';
import { Admission } from './admission.ts';
import { FeedItems } from './feed-items.ts';
import { PackShelf } from './feed-packs.ts';
import type { PumpSources } from './feed-pump-ports.ts';
import { HubAuthor } from './hub-author.ts';
import { CommitLoop } from './hub-commits.ts';
import { HubIndex } from './hub-index.ts';
import { OfficeDeeds } from './hub-office.ts';
import type { OfficeDesk } from './hub-office.ts';
import type { Overlay } from './hub-overlay.ts';
import { Receipts } from './hub-receipts.ts';
import { RecentCommits } from './hub-recent.ts';
import { Restored } from './hub-restored.ts';
import type { HubSession } from './hub-session.ts';
import { StateCache } from './hub-states.ts';
import type { FeedBatch, FeedStore, OutageKind, Sealer } from './ports.ts';
import { SoundStates } from './sound-states.ts';

/** What a Hub is made of. */
export interface HubOptions {
  readonly world: World;
  readonly store: FeedStore;
  /** Seals cursors. */
  readonly sealer: Sealer;
  /** Signs as the Hub: challenges, packs, extracts, its own envelopes. */
  readonly signer: Signer;
  /** X25519 public key that couriers seal to; empty where there is none. */
  readonly sealKey: Uint8Array;
  /** Opens what a device sealed to `sealKey`; null when it cannot. Without it nothing sealed is taken. */
  readonly unseal?: (box: Uint8Array) => Promise<Uint8Array | null>;
  /** Which commune this is: a name that never changes. */
  readonly commune: string;
  /** Returns why the store took nothing when it was last written, null when it did. Without it no session is turned away for that. */
  readonly trouble?: () => OutageKind | null;
  /** Carries out the office's verbs for whoever has them; without it nobody is answered. */
  readonly office?: OfficeDesk;
  /** Hears of Faults and Outages, which carry no case content. */
  readonly report?: (error: unknown) => void;
}

const RELOAD_MS = 1_000;
/** Rights that end by the clock are looked at this often. */
const SWEEP_MS = 60_000;

/** The shared middle of a Hub. */
export class HubCore {
  readonly options: HubOptions;
  readonly recent = new RecentCommits();
  readonly states: StateCache;
  readonly author: HubAuthor;
  readonly admission: Admission;
  readonly restored: Restored;
  readonly items: FeedItems;
  readonly packs: PackShelf;
  readonly receipts: Receipts;
  /** See PumpSources. */
  readonly feed: PumpSources;
  readonly loop: CommitLoop;
  readonly sound: SoundStates;
  readonly deeds: OfficeDeeds;
  readonly sessions = new Set<HubSession>();
  /** False while a failed commit is being looked into, and from the drain on. */
  isOpen = true;
  #index: HubIndex;
  #committed: FeedBatch | null = null;
  #cancelSweep: (() => void) | null = null;

  constructor(options: HubOptions, index: HubIndex) {
    const { store, world, sealer, signer } = options;
    this.options = options;
    this.deeds = new OfficeDeeds(world);
    this.#index = index;
    this.sound = new SoundStates({
      store,
      crypto: world.crypto,
      index: this.index,
      report: (damage) => this.report(damage),
      mend: (document) => this.#mend(document),
    });
    this.states = new StateCache(this.sound);
    this.author = new HubAuthor(world, signer);
    this.restored = new Restored({ store, sealer });
    this.admission = new Admission({ store, sealer, world, author: this.author, restored: this.restored });
    this.items = new FeedItems({ store: this.sound, states: this.states, world, signer });
    this.packs = new PackShelf({ store: this.sound, states: this.states, world, signer }, this.items);
    const { recent, items, packs } = this;
    this.feed = { world, store, sealer, recent, items, packs, index: this.index };
    this.loop = new CommitLoop({
      store,
      crypto: world.crypto,
      states: this.states,
      index: this.index,
      committed: (batch, overlay) => this.#takeIn(batch, overlay),
      settled: () => this.#settle(),
      recover: (error) => this.#recover(error),
    });
    this.receipts = new Receipts({
      store,
      index: this.index,
      nowMs: () => world.nowMs(),
      push: (work) => this.loop.push(work),
      tell: (members, lines) => {
        for (const session of this.#sessionsOf(members)) session.sendReceipts(lines);
      },
    });
    this.#sweep();
  }

  /** The committed picture of now. */
  readonly index = (): HubIndex => this.#index;

  /** Decides and commits one order of the office or of the Hub itself; resolves when it is durable. Rejects with an Outage. */
  order<T>(needs: readonly DocumentId[], decide: (overlay: Overlay) => Promise<T>, lane = 'orders'): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const made: { value?: T } = {};
      this.loop.push({
        lane,
        weight: 1,
        needs: () => needs,
        decide: async (overlay) => {
          made.value = await decide(overlay);
        },
        done: () => resolve(made.value as T),
        failed: reject,
      });
    });
  }

  /** Stops the clockwork. */
  stop(): void {
    this.isOpen = false;
    this.#cancelSweep?.();
  }

  /** Passes on what went wrong. */
  report(error: unknown): void {
    this.options.report?.(error);
  }

  /** Writes a state that was made anew in the place of the damaged one. */
  #mend(document: DocumentId): void {
    const write = async (overlay: Overlay): Promise<void> => {
      const head = overlay.head(document);
      if (head && !overlay.isLost(document)) overlay.setDocument(head, overlay.state(document));
    };
    this.order([document], write, 'mending').catch((error: unknown) => this.report(error));
  }

  #takeIn(batch: FeedBatch, overlay: Overlay): void {
    this.recent.add(batch, this.#index);
    this.#index.apply(batch);
    // an appointment is written once and read seldom: it would drive out what people are at work on
    const worked = new Set(batch.entries.filter(({ member }) => member !== HUB_MEMBER).map(({ document }) => document));
    for (const [document, state] of overlay.writtenStates) {
      if (worked.has(document) || this.states.peek(document)) this.states.put(document, state);
    }
    this.#committed = batch;
  }

  /** After the verdicts: people first, then what changed in their files. */
  #settle(): void {
    const batch = this.#committed;
    this.#committed = null;
    if (!batch) return;
    const revoked = new Set(batch.devices.filter((row) => row.revoked).map((row) => row.device));
    const changed = new Set(batch.members.map((row) => row.member));
    for (const session of this.sessions) {
      const { reader } = session;
      if (!reader) continue;
      if (revoked.has(reader.device)) session.dismiss();
      else if (changed.has(reader.member)) session.sendPrincipal();
      if (batch.entries.length > 0) session.wake(this.loop.isBusy);
    }
  }

  /** Nobody knows whether the batch is there: everybody out, memory made anew from the store. */
  async #recover(error: unknown): Promise<void> {
    this.report(error);
    const wasOpen = this.isOpen;
    this.isOpen = false;
    for (const session of this.sessions) session.close(CLOSE.later, 'outage');
    this.states.clear();
    this.recent.clear();
    this.author.forget();
    for (;;) {
      try {
        this.#index = new HubIndex(await this.options.store.load());
        this.isOpen = wasOpen;
        return;
      } catch (again) {
        if (again instanceof Fault) throw again;
        this.report(again);
        await new Promise<void>((resolve) => void this.options.world.after(RELOAD_MS, resolve));
      }
    }
  }

  #sweep(): void {
    this.#cancelSweep = this.options.world.after(SWEEP_MS, () => {
      for (const session of this.sessions) session.wake(true);
      this.#sweep();
    });
  }

  #sessionsOf(members: ReadonlySet<MemberNumber>): readonly HubSession[] {
    return [...this.sessions].filter(({ reader }) => reader !== null && members.has(reader.member));
  }
}
