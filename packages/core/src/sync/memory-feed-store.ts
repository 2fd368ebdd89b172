/** A FeedStore in memory: honest about atomicity and order, and told by tests when to fail. For tests and the simulated commune. */
import { assert } from '../base/assert.ts';
import type { DeviceId, DocumentId, FolderId, MemberNumber } from '../model/ids.ts';
import type { FolderScope } from '../model/principal.ts';
import { CHAIN_START } from './audit.ts';
import { Outage } from './ports.ts';
import type {
  DeviceRow,
  DocumentHead,
  FeedBatch,
  FeedEntry,
  FeedImage,
  FeedStore,
  InvitationRow,
  MemberRow,
} from './ports.ts';

/** Where the next commit fails: `before` writes nothing, `after` writes all and then reports the failure (a lost answer). */
export type Failpoint = 'before' | 'after';

interface AtSeq {
  readonly seq: number;
}

/** See FeedStore. `failNext` makes one commit reject with an Outage. */
export class MemoryFeedStore implements FeedStore {
  failNext: Failpoint | null = null;
  /** Commits that were asked for, failed ones included. */
  commits = 0;
  #epoch = 1;
  #nextClientId = 1;
  readonly #entries: FeedEntry[] = [];
  readonly #heads = new Map<DocumentId, DocumentHead>();
  readonly #states = new Map<DocumentId, Uint8Array>();
  readonly #scopes = new Map<FolderId, { readonly seq: number; readonly scope: FolderScope }[]>();
  readonly #members = new Map<MemberNumber, MemberRow[]>();
  readonly #devices = new Map<DeviceId, DeviceRow>();
  readonly #invitations = new Map<string, InvitationRow>();
  readonly #numbers = new Map<string, number>();
  readonly #judged = new Map<string, FeedBatch['judged'][number]>();
  readonly #stored = new Map<string, FeedEntry>();
  readonly #receipts = new Map<string, FeedBatch['receipts'][number]>();

  /** Returns a store of its own with what this one holds now: a backup, or one put back. */
  copy(): MemoryFeedStore {
    const copy = new MemoryFeedStore();
    copy.#epoch = this.#epoch;
    copy.#nextClientId = this.#nextClientId;
    copy.#entries.push(...this.#entries);
    fill(copy.#heads, this.#heads);
    fill(copy.#states, this.#states);
    for (const [folder, rows] of this.#scopes) copy.#scopes.set(folder, [...rows]);
    for (const [member, rows] of this.#members) copy.#members.set(member, [...rows]);
    fill(copy.#devices, this.#devices);
    fill(copy.#invitations, this.#invitations);
    fill(copy.#numbers, this.#numbers);
    fill(copy.#judged, this.#judged);
    fill(copy.#stored, this.#stored);
    fill(copy.#receipts, this.#receipts);
    return copy;
  }

  load(): Promise<FeedImage> {
    const newest = this.#entries.at(-1);
    return Promise.resolve({
      epoch: this.#epoch,
      nextClientId: this.#nextClientId,
      headSeq: newest?.seq ?? 0,
      headHash: newest?.hash ?? CHAIN_START,
      documents: [...this.#heads.values()].toSorted((a, b) => a.ordinal - b.ordinal),
      scopes: [...this.#scopes].flatMap(([folder, rows]) => rows.slice(-1).map((row) => ({ folder, ...row }))),
      members: [...this.#members.values()].flatMap((rows) => rows.slice(-1)),
      devices: [...this.#devices.values()],
      invitations: [...this.#invitations.values()],
      numbers: [...this.#numbers].map(([series, last]) => ({ series, last })),
    });
  }

  async commit(batch: FeedBatch): Promise<void> {
    this.commits += 1;
    const failpoint = this.failNext;
    this.failNext = null;
    if (failpoint === 'before') throw new Outage('storage-full');
    // a turn passes, as on disk: whoever does not wait for the commit shows here
    await Promise.resolve();
    this.#check(batch);
    this.#apply(batch);
    if (failpoint === 'after') throw new Outage('storage-lost');
  }

  readStates(documents: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, Uint8Array>> {
    const found = new Map<DocumentId, Uint8Array>();
    for (const document of documents) {
      const state = this.#states.get(document);
      if (state) found.set(document, state.slice());
    }
    return Promise.resolve(found);
  }

  readEntries(afterSeq: number, upToSeq: number, limit: number): Promise<readonly FeedEntry[]> {
    return Promise.resolve(this.#entries.slice(afterSeq, Math.min(upToSeq, afterSeq + limit)));
  }

  readLines(afterSeq: number, upToSeq: number, limit: number): Promise<readonly FeedEntry[]> {
    return this.readEntries(afterSeq, upToSeq, limit);
  }

  readDocumentEntries(document: DocumentId, afterSeq: number, limit: number): Promise<readonly FeedEntry[]> {
    const own = this.#entries.filter((entry) => entry.type === 'envelope' && entry.document === document);
    return Promise.resolve(own.filter(({ seq }) => seq > afterSeq).slice(0, limit));
  }

  readJudged(device: DeviceId, n: number): Promise<{ readonly hash: Uint8Array; readonly verdict: Uint8Array } | null> {
    const row = this.#judged.get(`${device}:${n}`);
    return Promise.resolve(row ? { hash: row.hash, verdict: row.verdict } : null);
  }

  readStored(device: DeviceId, n: number): Promise<FeedEntry | null> {
    return Promise.resolve(this.#stored.get(`${device}:${n}`) ?? null);
  }

  readWrittenBy(device: DeviceId): Promise<readonly DocumentId[]> {
    const own = [...this.#stored.values()].filter((entry) => entry.device === device);
    return Promise.resolve([...new Set(own.flatMap(({ document }) => document ?? []))]);
  }

  readScopeAt(folder: FolderId, seq: number): Promise<FolderScope | null> {
    return Promise.resolve(latest(this.#scopes.get(folder), seq)?.scope ?? null);
  }

  readScopesOf(folder: FolderId): Promise<readonly { readonly seq: number; readonly scope: FolderScope }[]> {
    return Promise.resolve((this.#scopes.get(folder) ?? []).map(({ seq, scope }) => ({ seq, scope })));
  }

  readScopeChanges(afterSeq: number, upToSeq: number): Promise<readonly FolderId[]> {
    const changed = [...this.#scopes].filter(([, rows]) => rows.some(({ seq }) => seq > afterSeq && seq <= upToSeq));
    return Promise.resolve(changed.map(([folder]) => folder));
  }

  readMemberAt(member: MemberNumber, seq: number): Promise<MemberRow | null> {
    return Promise.resolve(latest(this.#members.get(member), seq));
  }

  readMembersOf(member: MemberNumber): Promise<readonly MemberRow[]> {
    return Promise.resolve([...(this.#members.get(member) ?? [])]);
  }

  readReceipts(
    documents: readonly DocumentId[],
  ): Promise<readonly { readonly document: DocumentId; readonly agency: string; readonly atMs: number }[]> {
    const asked = new Set(documents);
    const rows = [...this.#receipts.values()].filter(({ document }) => asked.has(document));
    return Promise.resolve(rows.map(({ document, agency, atMs }) => ({ document, agency, atMs })));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #check({ entries, judged }: FeedBatch): void {
    let seq = this.#entries.length;
    for (const entry of entries) {
      seq += 1;
      assert(entry.seq === seq, 'an entry out of order');
      assert(entry.type !== 'envelope' || !this.#stored.has(`${entry.device}:${entry.n}`), 'an envelope stored twice');
    }
    for (const { device, n } of judged) assert(!this.#judged.has(`${device}:${n}`), 'an envelope judged twice');
  }

  #apply(batch: FeedBatch): void {
    for (const entry of batch.entries) {
      this.#entries.push(entry);
      if (entry.type === 'envelope') this.#stored.set(`${entry.device}:${entry.n}`, entry);
    }
    for (const { state, ...head } of batch.documents) {
      this.#heads.set(head.document, head);
      this.#states.set(head.document, state.slice());
    }
    for (const { folder, ...row } of batch.scopes) append(this.#scopes, folder, row);
    for (const row of batch.members) append(this.#members, row.member, row);
    for (const row of batch.devices) this.#devices.set(row.device, row);
    for (const row of batch.invitations) this.#invitations.set(row.codeHash, row);
    for (const { series, last } of batch.numbers) this.#numbers.set(series, last);
    for (const row of batch.judged) this.#judged.set(`${row.device}:${row.n}`, row);
    for (const row of batch.receipts) this.#receipts.set(`${row.document} ${row.agency}`, row);
    this.#epoch = batch.epoch ?? this.#epoch;
    this.#nextClientId = batch.nextClientId ?? this.#nextClientId;
  }
}

function latest<Row extends AtSeq>(rows: readonly Row[] | undefined, seq: number): Row | null {
  return rows?.findLast((row) => row.seq <= seq) ?? null;
}

function fill<Key, Row>(into: Map<Key, Row>, from: ReadonlyMap<Key, Row>): void {
  for (const [key, row] of from) into.set(key, row);
}

function append<Key, Row>(rows: Map<Key, Row[]>, key: Key, row: Row): void {
  const list = rows.get(key);
  if (list) list.push(row);
  else rows.set(key, [row]);
}
