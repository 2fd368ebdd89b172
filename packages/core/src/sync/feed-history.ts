/** What happened since a device was last here: from memory when that reaches back far enough, else from the store, piece by piece. */
import { accessNow } from './feed-plan.ts';
import type { Reader } from './feed-plan.ts';
import type { HubIndex } from './hub-index.ts';
import { addEntry, extendChanges, noChanges } from './hub-recent.ts';
import type { Changes, RecentCommits } from './hub-recent.ts';
import type { FeedEntry, FeedStore } from './ports.ts';

const ENTRIES_AT_ONCE = 1_000;
const NO_BODY = new Uint8Array(0);

/** Where history is read from. */
export interface HistorySources {
  readonly store: FeedStore;
  readonly recent: RecentCommits;
  readonly index: () => HubIndex;
}

/** One device's way through history. Keeps what it read from the store while one long catch-up lasts. */
export class FeedHistory {
  readonly #reader: Reader;
  readonly #sources: HistorySources;
  #kept: { readonly fromSeq: number; upToSeq: number; readonly changes: Changes } | null = null;

  constructor(reader: Reader, sources: HistorySources) {
    this.#reader = reader;
    this.#sources = sources;
  }

  /**
   * Returns what happened after `fromSeq`, and up to which seq: by the time the caller goes on, a commit may have come, and an interval
   * that reached further than its changes would lose them. Rejects with an Outage.
   */
  async since(fromSeq: number): Promise<{ readonly changes: Changes; readonly upToSeq: number }> {
    const { recent, index } = this.#sources;
    const { headSeq } = index();
    const known = recent.since(fromSeq, headSeq);
    if (known) return { changes: known, upToSeq: headSeq };
    if (this.#kept?.fromSeq !== fromSeq) {
      const upToSeq = index().headSeq;
      this.#kept = { fromSeq, upToSeq, changes: await this.#read(fromSeq, upToSeq) };
    }
    return this.#extendKept(this.#kept);
  }

  /** Forgets what was kept: the catch-up is over. */
  forget(): void {
    this.#kept = null;
  }

  async #extendKept<Kept extends { readonly changes: Changes; upToSeq: number }>(kept: Kept): Promise<Kept> {
    const { recent, index } = this.#sources;
    for (let headSeq = index().headSeq; kept.upToSeq < headSeq; headSeq = index().headSeq) {
      const later = recent.since(kept.upToSeq, headSeq) ?? (await this.#read(kept.upToSeq, headSeq));
      extendChanges(kept.changes, later);
      kept.upToSeq = headSeq;
    }
    return kept;
  }

  async #read(afterSeq: number, upToSeq: number): Promise<Changes> {
    const { store, index } = this.#sources;
    const changes = noChanges();
    for (let seq = afterSeq; seq < upToSeq;) {
      const entries = await store.readLines(seq, upToSeq, ENTRIES_AT_ONCE);
      for (const entry of entries) addEntry(changes, this.#trimmed(entry));
      seq = entries.at(-1)?.seq ?? upToSeq;
    }
    for (const folder of await store.readScopeChanges(afterSeq, upToSeq)) {
      changes.scopesBefore.set(folder, await store.readScopeAt(folder, afterSeq));
    }
    const { member } = this.#reader;
    const before = await store.readMemberAt(member, afterSeq);
    if (before?.seq !== index().member(member)?.seq) changes.membersBefore.set(member, before);
    return changes;
  }

  /** Bodies that this device will not get are not kept in memory meanwhile. */
  #trimmed(entry: FeedEntry): FeedEntry {
    const { index } = this.#sources;
    const document = entry.document && index().find(entry.document);
    const isVisible = document !== null && accessNow(this.#reader, document, index(), entry.atMs).access !== 'none';
    return isVisible ? entry : { ...entry, body: NO_BODY };
  }
}
