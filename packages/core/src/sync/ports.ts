import type { Compartment } from '../model/compartment.ts';
import type { DeviceId, DocumentId, FolderId, MemberNumber } from '../model/ids.ts';
import type { FolderScope, Principal } from '../model/principal.ts';
import type { ReportedState } from '../wire/frames.ts';

/** The world failed: retried, shown as a state. A port rejects with it; everything else it throws is a Fault. */
export class Outage extends Error {
  override readonly name = 'Outage';
  readonly kind: OutageKind;
  constructor(kind: OutageKind) {
    super(kind);
    this.kind = kind;
  }
}

/** One row cannot be read any more, however often it is tried; all others can. */
export class DamagedRow extends Outage {
  constructor(words = 'a stored row is damaged') {
    super('storage-lost');
    this.message = words;
  }
}

/** Closed list of outages. */
export type OutageKind =
  | 'offline'
  | 'timeout'
  | 'storage-full'
  | 'storage-blocked'
  | 'storage-lost'
  | 'busy'
  | 'restarting';

// ---- device ----

/** The areas of a device's vault. Keys are plain numbers or random ids, never anything readable. */
export type ReplicaArea = 'log' | 'outbox' | 'kept' | 'packs' | 'quarantine' | 'meta' | 'drafts' | HighArea;

/** The same for documents of the short lease, under a key that ends with it: then they hold nothing, and are written by nobody. */
export type HighArea = 'highLog' | 'highOutbox' | 'highKept' | 'highPacks' | 'highQuarantine';

/** All of HighArea. */
export const HIGH_AREAS: readonly HighArea[] = ['highLog', 'highOutbox', 'highKept', 'highPacks', 'highQuarantine'];

/** One write of a batch; `bytes: null` removes. */
export interface ReplicaWrite {
  readonly area: ReplicaArea;
  readonly key: string;
  readonly bytes: Uint8Array | null;
}

/** Where a device keeps its replica. Implementations encrypt; core never sees how. */
export interface ReplicaStore {
  /** Writes all or nothing; resolves only when it survives power loss (P1). Rejects with an Outage, after which nothing of the batch is visible. */
  commit(batch: readonly ReplicaWrite[]): Promise<void>;
  /** Returns everything in an area, ordered by key. A record that fails its authentication is left out and counted in `damaged`. */
  readAll(area: ReplicaArea): Promise<{
    readonly records: readonly { readonly key: string; readonly bytes: Uint8Array }[];
    readonly damaged: number;
  }>;
  /** Returns one record, or null. */
  read(area: ReplicaArea, key: string): Promise<Uint8Array | null>;
}

// ---- Hub ----

/** One line of the Feed, with its place in the audit chain. */
export interface FeedEntry {
  readonly seq: number;
  readonly atMs: number;
  /** `number` = the human number given to a document; `judged` = an envelope held for its owner; `recovery` = a vault that two officers open. */
  readonly type: 'envelope' | 'number' | 'member' | 'device' | 'epoch' | 'judged' | 'export' | 'recovery';
  readonly document: DocumentId | null;
  readonly member: MemberNumber;
  readonly device: DeviceId | null;
  readonly n: number;
  /** Signed envelope bytes for `envelope` and `judged`, JSON bytes for the others. */
  readonly body: Uint8Array;
  /** SHA-256 over the previous entry's hash and this entry's canonical bytes. */
  readonly hash: Uint8Array;
}

/** A document as the Hub keeps it: its head in memory, its compacted state on disk. */
export interface DocumentHead {
  readonly document: DocumentId;
  /** 1, 2, 3 … in order of creation; bootstrap walks it. */
  readonly ordinal: number;
  readonly owner: MemberNumber;
  readonly ownerDevice: DeviceId;
  readonly lastSeq: number;
  readonly lastAtMs: number;
  /** When the first entry came, and what to add to the clock that wrote it: see FirstReceipt. Both stand for ever. */
  readonly firstAtMs: number;
  readonly firstSkewMs: number;
  readonly number: string | null;
}

/** A person's appointment over time; the newest row is who he is now. */
export interface MemberRow {
  readonly member: MemberNumber;
  readonly seq: number;
  readonly name: string;
  readonly principal: Principal;
  readonly suspended: boolean;
  /** What the person is called in the office, as the papers have it. */
  readonly title?: string;
  /** Closed compartments that somebody proposed to name him for, waiting for a second person. Rule ENR-11. */
  readonly proposed?: readonly Naming[];
}

/** A proposal to name somebody for a closed compartment. */
export interface Naming {
  readonly compartment: Compartment;
  readonly by: Orderer;
  readonly atMs: number;
}

/** Who ordered something of people or devices: a person at his device, or whoever has the Hub's own machine. */
export type Orderer = 'command-line' | { readonly member: MemberNumber; readonly device: DeviceId };

/** What a device said last of itself: no content, not part of the audit chain. Rule SES-7. */
export interface DeviceReport extends ReportedState {
  /** The Hub's time. */
  readonly atMs: number;
}

/** One enrolled device. */
export interface DeviceRow {
  readonly device: DeviceId;
  readonly member: MemberNumber;
  readonly signKey: Uint8Array;
  readonly sealKey: Uint8Array;
  /** Ranges [from, to) of client ids leased to it, ever. */
  readonly leases: readonly (readonly [number, number])[];
  readonly lastN: number;
  readonly lastHash: Uint8Array;
  readonly revoked: boolean;
  readonly lastContactMs: number;
  /** What the office calls it. */
  readonly label?: string;
  /** The protocol it spoke last. */
  readonly protocol?: number;
  readonly report?: DeviceReport;
  /** When the office dismissed it: it is to erase what it holds, and when it said that it has, or null. Absent of any other. */
  readonly erasure?: { readonly orderedAtMs: number; readonly erasedAtMs: number | null };
}

/** One invitation, by the hash of its code. */
export interface InvitationRow {
  readonly codeHash: string;
  readonly member: MemberNumber;
  readonly expiresAtMs: number;
  readonly usedAtMs: number | null;
  /** Only in a data directory marked demo: may be used again and again on the loopback. */
  readonly isReusable: boolean;
  /** Who made it; absent in those made before that was kept. */
  readonly by?: Orderer;
}

/** What the Hub loads at start: everything small, of members and scopes the newest row each. States and entries stay on disk. */
export interface FeedImage {
  /** 1 in a new store. */
  readonly epoch: number;
  /** The next Yjs client id to lease; 1 in a new store: the Hub starts each epoch at its first id. */
  readonly nextClientId: number;
  readonly headSeq: number;
  readonly headHash: Uint8Array;
  readonly documents: readonly DocumentHead[];
  readonly scopes: readonly { readonly folder: FolderId; readonly seq: number; readonly scope: FolderScope }[];
  readonly members: readonly MemberRow[];
  readonly devices: readonly DeviceRow[];
  readonly invitations: readonly InvitationRow[];
  readonly numbers: readonly { readonly series: string; readonly last: number }[];
}

/**
 * Everything one group commit writes; atomic and durable together (entry, state, scope, audit, number share the commit). Entries go on
 * from the last seq without a gap. Rows replace those of the same key: documents by document, devices by device, invitations by
 * codeHash, numbers by series, receipts by (document, agency). Entries, scopes, members and judged rows are only ever added.
 */
export interface FeedBatch {
  readonly entries: readonly FeedEntry[];
  readonly documents: readonly (DocumentHead & { readonly state: Uint8Array })[];
  /** History: every change of a folder's scope, by the seq that made it. */
  readonly scopes: readonly { readonly folder: FolderId; readonly seq: number; readonly scope: FolderScope }[];
  readonly members: readonly MemberRow[];
  readonly devices: readonly DeviceRow[];
  readonly invitations: readonly InvitationRow[];
  readonly numbers: readonly { readonly series: string; readonly last: number }[];
  /** Verdicts other than stored, so that a resend gets the same answer. */
  readonly judged: readonly {
    readonly device: DeviceId;
    readonly n: number;
    readonly hash: Uint8Array;
    readonly verdict: Uint8Array;
  }[];
  readonly receipts: readonly {
    readonly document: DocumentId;
    readonly agency: string;
    readonly seq: number;
    readonly atMs: number;
  }[];
  readonly epoch: number | null;
  readonly nextClientId: number | null;
}

/** Where the Hub keeps the Feed. One writer. */
export interface FeedStore {
  /** Returns what a starting Hub needs in memory. */
  load(): Promise<FeedImage>;
  /** Writes all or nothing; resolves only when it survives kill and power loss (P2). Rejects with an Outage. */
  commit(batch: FeedBatch): Promise<void>;
  /** Returns the compacted states of the documents asked for; missing ones are left out. Rejects with a DamagedRow when one is damaged. */
  readStates(documents: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, Uint8Array>>;
  /** Returns entries with afterSeq < seq ≤ upToSeq in order, at most `limit`. */
  readEntries(afterSeq: number, upToSeq: number, limit: number): Promise<readonly FeedEntry[]>;
  /** As `readEntries`; an entry whose body is damaged comes with an empty one, so that the others are told. */
  readLines(afterSeq: number, upToSeq: number, limit: number): Promise<readonly FeedEntry[]>;
  /** Returns the `envelope` entries of one document with afterSeq < seq in order, at most `limit`. */
  readDocumentEntries(document: DocumentId, afterSeq: number, limit: number): Promise<readonly FeedEntry[]>;
  /** Returns the judgement remembered for an envelope of a device, or null. */
  readJudged(device: DeviceId, n: number): Promise<{ readonly hash: Uint8Array; readonly verdict: Uint8Array } | null>;
  /** Returns the entry of type `envelope` that holds a stored envelope of a device, or null. */
  readStored(device: DeviceId, n: number): Promise<FeedEntry | null>;
  /** Returns the documents that hold a stored envelope of a device, each once. */
  readWrittenBy(device: DeviceId): Promise<readonly DocumentId[]>;
  /** Returns the scope a folder had right after `seq`, or null when it had none yet. */
  readScopeAt(folder: FolderId, seq: number): Promise<FolderScope | null>;
  /** Returns every scope a folder ever had, each with the seq from which on, in order. */
  readScopesOf(folder: FolderId): Promise<readonly { readonly seq: number; readonly scope: FolderScope }[]>;
  /** Returns the folders whose scope changed in (afterSeq, upToSeq]. */
  readScopeChanges(afterSeq: number, upToSeq: number): Promise<readonly FolderId[]>;
  /** Returns a member's row as it was right after `seq`, or null. */
  readMemberAt(member: MemberNumber, seq: number): Promise<MemberRow | null>;
  /** Returns every row a member ever had, in order. */
  readMembersOf(member: MemberNumber): Promise<readonly MemberRow[]>;
  /** Returns the receipts of the documents asked for. */
  readReceipts(
    documents: readonly DocumentId[],
  ): Promise<readonly { readonly document: DocumentId; readonly agency: string; readonly atMs: number }[]>;
  close(): Promise<void>;
}

// ---- both ----

/** One connection, as frames of bytes. Delivery is in order until it closes; anything sent may be lost. */
export interface Socket {
  send(frame: Uint8Array): void;
  /** Bytes accepted by `send` and not yet handed to the network. */
  readonly bufferedBytes: number;
  close(code: number, reason: string): void;
}

/** The Hub's end of a connection. A network that cannot stop reading leaves the verbs out, and is bounded by a close. */
export interface HubSocket extends Socket {
  /** Asks the network for no more frames until `resume`: how a fast writer waits. Frames already read may still arrive. */
  pause?(): void;
  resume?(): void;
  /** Counts what a frame turned out to cost, in bytes beyond its own length, against the pace of whoever sent it. */
  charge?(costBytes: number): void;
}

/** Encrypts and authenticates with a key that the Hub alone holds: makes cursors opaque to devices. */
export interface Sealer {
  /** Returns `bytes` sealed, longer by a fixed number of bytes, at most 28; the same bytes look different each time. */
  seal(bytes: Uint8Array): Uint8Array;
  /** Returns what was sealed, or null when this key did not seal it. Never throws. */
  open(sealed: Uint8Array): Uint8Array | null;
}

/** What a Socket tells its owner. */
export interface SocketEvents {
  onFrame(frame: Uint8Array): void;
  onClose(code: number): void;
}

/** Opens a socket to the Hub; `events` fire until onClose. */
export type Dial = (events: SocketEvents) => Socket;
