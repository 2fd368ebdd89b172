/** What a batch would make of the commune: decided upon in memory, thrown away whole when its commit fails (ADM-11). */
import { assert, must } from '../base/assert.ts';
import type { CryptoPort } from '../base/world.ts';
import { emptyState, encodeState } from '../doc/state.ts';
import type { DocState } from '../doc/state.ts';
import type { DeviceId, DocumentId, FolderId, MemberNumber } from '../model/ids.ts';
import type { FolderScope } from '../model/principal.ts';
import { chainEntry } from './audit.ts';
import type { EntryDraft } from './audit.ts';
import type { HubIndex, Picture } from './hub-index.ts';
import type { DeviceRow, DocumentHead, FeedBatch, FeedEntry, InvitationRow, MemberRow } from './ports.ts';

type Judged = FeedBatch['judged'][number];
type ScopeRow = FeedBatch['scopes'][number];
type ReceiptRow = FeedBatch['receipts'][number];

/** A layer of changes over the committed picture, or over another layer. Only the topmost layer is written to. */
export class Overlay implements Picture {
  readonly index: HubIndex;
  readonly #under: Overlay | null;
  readonly #loaded: ReadonlyMap<DocumentId, DocState>;
  readonly #crypto: CryptoPort;
  #last: { readonly seq: number; readonly hash: Uint8Array };
  #documentCount: number;
  #nextClientId: number;
  #epoch: number;
  #entries: FeedEntry[] = [];
  readonly #heads = new Map<DocumentId, DocumentHead>();
  readonly #states = new Map<DocumentId, DocState>();
  readonly #scopes = new Map<FolderId, FolderScope>();
  #scopeRows: ScopeRow[] = [];
  readonly #members = new Map<MemberNumber, MemberRow>();
  readonly #devices = new Map<DeviceId, DeviceRow>();
  readonly #invitations = new Map<string, InvitationRow>();
  readonly #numbers = new Map<string, number>();
  readonly #judged = new Map<string, Judged>();
  readonly #receipts = new Map<string, ReceiptRow>();

  /** `loaded` holds the states of all documents that the batch will ask for and that exist. */
  constructor(
    index: HubIndex,
    loaded: ReadonlyMap<DocumentId, DocState>,
    crypto: CryptoPort,
    under: Overlay | null = null,
  ) {
    this.index = index;
    this.#loaded = loaded;
    this.#crypto = crypto;
    this.#under = under;
    this.#last = under ? under.#last : { seq: index.headSeq, hash: index.headHash };
    this.#documentCount = under ? under.#documentCount : index.documentCount;
    this.#nextClientId = under ? under.#nextClientId : index.nextClientId;
    this.#epoch = under ? under.#epoch : index.epoch;
  }

  /** Returns a layer of its own for a group: absorbed when all of it is stored, dropped otherwise. */
  fork(): Overlay {
    return new Overlay(this.index, this.#loaded, this.#crypto, this);
  }

  /** Takes over what a fork of this layer decided. */
  absorb(fork: Overlay): void {
    assert(
      fork.#under === this && this.#last.seq === (fork.#entries[0]?.seq ?? this.#last.seq + 1) - 1,
      'a stale fork',
    );
    this.#last = fork.#last;
    this.#documentCount = fork.#documentCount;
    this.#nextClientId = fork.#nextClientId;
    this.#epoch = fork.#epoch;
    this.#entries.push(...fork.#entries);
    this.#scopeRows.push(...fork.#scopeRows);
    copyInto(this.#heads, fork.#heads);
    copyInto(this.#states, fork.#states);
    copyInto(this.#scopes, fork.#scopes);
    copyInto(this.#members, fork.#members);
    copyInto(this.#devices, fork.#devices);
    copyInto(this.#invitations, fork.#invitations);
    copyInto(this.#numbers, fork.#numbers);
    copyInto(this.#judged, fork.#judged);
    copyInto(this.#receipts, fork.#receipts);
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Returns the seq that the next entry gets. */
  get nextSeq(): number {
    return this.#last.seq + 1;
  }

  head(document: DocumentId): DocumentHead | null {
    return this.#heads.get(document) ?? (this.#under ?? this.index).head(document);
  }

  scope(folder: FolderId): FolderScope | null {
    return this.#scopes.get(folder) ?? (this.#under ?? this.index).scope(folder);
  }

  member(member: MemberNumber): MemberRow | null {
    return this.#members.get(member) ?? (this.#under ?? this.index).member(member);
  }

  device(device: DeviceId): DeviceRow | null {
    return this.#devices.get(device) ?? (this.#under ?? this.index).device(device);
  }

  invitation(codeHash: string): InvitationRow | null {
    return this.#invitations.get(codeHash) ?? (this.#under ?? this.index).invitation(codeHash);
  }

  lastNumber(series: string): number {
    return this.#numbers.get(series) ?? (this.#under ?? this.index).lastNumber(series);
  }

  /** Returns what this batch, or its underlying layers, already judged of a device's envelope, or null. */
  judged(device: DeviceId, n: number): Judged | null {
    return this.#judged.get(`${device}:${n}`) ?? this.#under?.judged(device, n) ?? null;
  }

  /** Returns the entry of this batch that stores a device's envelope, or null. */
  stored(device: DeviceId, n: number): FeedEntry | null {
    const isIt = (entry: FeedEntry): boolean => entry.type === 'envelope' && entry.device === device && entry.n === n;
    return this.#entries.findLast(isIt) ?? this.#under?.stored(device, n) ?? null;
  }

  /** Says whether the document exists and is out of service: its state was asked for and could not be had. */
  isLost(document: DocumentId): boolean {
    if (this.#states.has(document)) return false;
    if (this.#under) return this.#under.isLost(document);
    return this.index.head(document) !== null && !this.#loaded.has(document);
  }

  /** Returns the document as it stands here; empty when it does not exist. Never to be changed. */
  state(document: DocumentId): DocState {
    const own = this.#states.get(document);
    if (own) return own;
    if (this.#under) return this.#under.state(document);
    return this.index.head(document) ? must(this.#loaded.get(document), 'the state of a document') : emptyState();
  }

  /** Returns the ids of the documents in a folder, new ones included. */
  documentsOf(folder: FolderId): ReadonlySet<DocumentId> {
    const documents = new Set(
      this.#under ? this.#under.documentsOf(folder) : this.index.documentsOf(folder).map(({ head }) => head.document),
    );
    for (const document of this.#heads.keys()) if (document.startsWith(`${folder}/`)) documents.add(document);
    return documents;
  }

  /** Adds an entry at the chain's end and returns it. */
  append(draft: EntryDraft): FeedEntry {
    const entry = chainEntry(draft, this.#last, this.#crypto);
    this.#last = entry;
    this.#entries.push(entry);
    return entry;
  }

  setDocument(head: Omit<DocumentHead, 'ordinal'>, state: DocState): void {
    const known = this.head(head.document);
    if (!known) this.#documentCount += 1;
    this.#heads.set(head.document, { ...head, ordinal: known?.ordinal ?? this.#documentCount });
    this.#states.set(head.document, state);
  }

  setScope(folder: FolderId, seq: number, scope: FolderScope): void {
    this.#scopes.set(folder, scope);
    this.#scopeRows.push({ folder, seq, scope });
  }

  setMember(row: MemberRow): void {
    this.#members.set(row.member, row);
  }

  setDevice(row: DeviceRow): void {
    this.#devices.set(row.device, row);
  }

  setInvitation(row: InvitationRow): void {
    this.#invitations.set(row.codeHash, row);
  }

  setNumber(series: string, last: number): void {
    this.#numbers.set(series, last);
  }

  setJudged(row: Judged): void {
    this.#judged.set(`${row.device}:${row.n}`, row);
  }

  setReceipt(row: ReceiptRow): void {
    this.#receipts.set(`${row.document} ${row.agency}`, row);
  }

  setEpoch(epoch: number, nextClientId: number): void {
    this.#epoch = epoch;
    this.#nextClientId = nextClientId;
  }

  /** Returns the first of `count` client ids that nobody had before. */
  takeClientIds(count: number): number {
    const from = this.#nextClientId;
    this.#nextClientId += count;
    return from;
  }

  /** Returns what has to be committed, or null when nothing changed. Asked of the lowest layer. */
  toBatch(): FeedBatch | null {
    const documents = [...this.#heads.values()].map((head) => ({
      ...head,
      state: encodeState(must(this.#states.get(head.document), 'the state of a written document')),
    }));
    const batch: FeedBatch = {
      entries: this.#entries,
      documents,
      scopes: this.#scopeRows,
      members: [...this.#members.values()],
      devices: [...this.#devices.values()],
      invitations: [...this.#invitations.values()],
      numbers: [...this.#numbers].map(([series, last]) => ({ series, last })),
      judged: [...this.#judged.values()],
      receipts: [...this.#receipts.values()],
      epoch: this.#epoch === this.index.epoch ? null : this.#epoch,
      nextClientId: this.#nextClientId === this.index.nextClientId ? null : this.#nextClientId,
    };
    const isEmpty = Object.values(batch).every((part) => part === null || (Array.isArray(part) && part.length === 0));
    return isEmpty ? null : batch;
  }

  /** Returns the states of the documents that were written. */
  get writtenStates(): ReadonlyMap<DocumentId, DocState> {
    return this.#states;
  }
}

function copyInto<Key, Value>(into: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  for (const [key, value] of from) into.set(key, value);
}
