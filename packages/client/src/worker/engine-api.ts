import type { Json } from '@chungtay/core/base/any';
import type { ChildRow, Row } from '@chungtay/core/derive/rows';
import type { TaskView } from '@chungtay/core/derive/tasks';
import type { DocumentId, FolderId, MemberNumber } from '@chungtay/core/model/ids';
import type { Agency, Role } from '@chungtay/core/model/role';
import type { ImportPlan } from '@chungtay/core/roster/plan';
import type { HoldCode, RefusalCode } from '@chungtay/core/wire/refusal';

/**
 * What the page may ask of the engine, and what the engine tells the page. The engine (replica, outbox, session, vault,
 * crypto, search) lives in a Worker; while it is locked no call below `// ---- unlocked` answers anything but `locked`.
 * Everything that crosses is plain structured-clone data.
 */
export interface EngineApi {
  // ---- before unlock
  /** Returns the people enrolled on this tablet, with what is safe to show on a lock screen, and whether the quick PIN can open. */
  boot(): Promise<BootState>;
  /** Returns four words to remember (≥ 51 bits), fresh on each call. */
  offerPassphrase(): Promise<readonly string[]>;
  /** Enrols this tablet for one person: keys are made here, the vault is created before the Hub is told anything durable. */
  enrol(request: EnrolRequest): Promise<EnrolOutcome>;
  /** Opens a person's vault with the passphrase; `waitMs` when the back-off after wrong ones still runs. */
  unlock(vault: string, passphrase: string): Promise<UnlockOutcome>;
  /** Opens again after an idle lock, while the worker lives. Five wrong ones forget the key. */
  unlockWithPin(pin: string): Promise<UnlockOutcome>;
  /** Forgets what is open: idle, "Che màn hình", or switching person. With `forget`, the quick PIN no longer opens either. */
  lock(options: { readonly forget: boolean }): Promise<void>;

  // ---- unlocked
  /** Returns who is working. */
  me(): Promise<Me>;
  /** Returns ids of children, best match or list order first, and from where on they are only approximate. */
  queryChildren(query: ChildQuery): Promise<QueryAnswer>;
  /** Opens a folder: its view comes back, and `folder` events follow until `closeFolder`. */
  openFolder(folder: FolderId): Promise<FolderView>;
  closeFolder(folder: FolderId): Promise<void>;
  /** Returns every row of one kind (households, cases, intakes, tasks, visits …): small sets. */
  rowsOf(kind: string): Promise<readonly Row[]>;
  /** Returns tasks and deadlines of this person, soonest first, as of now. */
  tasks(): Promise<readonly TaskView[]>;
  /** Writes fields; resolves when it is saved on this tablet (P1), refuses with a reason otherwise. One call with several edits is one group. */
  edit(edits: readonly DocumentEdit[]): Promise<EditOutcome>;
  /** Sets the former values of a saved edit again, where they are still mine; the fields that others changed since are named. */
  undo(token: UndoToken): Promise<EditOutcome>;
  /** Returns fresh folder and document ids, made on the device. */
  newFolder(): Promise<FolderId>;
  newDocument(folder: FolderId, kind: string): Promise<DocumentId>;
  /** Returns the sentences' material of a folder's history, newest first. */
  history(folder: FolderId): Promise<readonly HistoryItem[]>;

  /** Returns everything for S21. */
  syncPanel(): Promise<SyncPanel>;
  /** Tries to reach the Hub at once. */
  sendNow(): Promise<void>;
  quarantine(): Promise<readonly QuarantineItem[]>;
  /** Writes chosen fields of a quarantined edit again, as a new edit on what is visible now. */
  reapply(id: string, fields: readonly string[]): Promise<EditOutcome>;
  /** Puts a quarantined edit away on purpose; a trace stays. */
  dismiss(id: string): Promise<void>;
  /** Returns an export of the quarantine as JSON text. */
  exportQuarantine(): Promise<string>;

  /** Keeps a form that is not handed in yet; strict, survives kill. `null` removes it. */
  saveDraft(key: string, value: Json | null): Promise<void>;
  readDraft(key: string): Promise<Json | null>;
  drafts(): Promise<readonly { readonly key: string; readonly value: Json }[]>;
  /** Returns receipts of what this person filed and may not read back. */
  filed(): Promise<readonly FiledReceipt[]>;

  /** Reads a roster file: every row with its verdict; nothing is written. Kept until `commitImport` or another plan. */
  planImport(name: string, bytes: Uint8Array): Promise<ImportAnswer>;
  /** Writes the ready rows (and proposed villages only when `acceptVillages` maps them to known ones); bad rows stay in drafts. */
  commitImport(options: {
    readonly villages: Readonly<Record<string, string>>;
    readonly include: readonly number[];
  }): Promise<{ readonly written: number; readonly already: number; readonly kept: number }>;

  storageState(): Promise<StorageState>;
}

/** Asks the page is told without asking. */
export type EngineEvent =
  /** Child rows that are new or changed (in batches ≤ 500), and folders that left this device. */
  | {
      readonly type: 'children';
      readonly rows: readonly ChildRow[];
      readonly gone: readonly FolderId[];
      readonly complete: boolean;
    }
  /** Documents of these kinds changed: lists of `rowsOf`/`tasks` are stale. */
  | { readonly type: 'changed'; readonly kinds: readonly string[] }
  | { readonly type: 'folder'; readonly view: FolderView }
  | { readonly type: 'sync'; readonly summary: SyncSummary }
  | { readonly type: 'locked'; readonly reason: 'idle' | 'asked' | 'fault' | 'revoked' }
  | { readonly type: 'storage'; readonly state: StorageState };

export interface BootState {
  readonly people: readonly TabletPerson[];
  /** The vault that the quick PIN opens now, or null. */
  readonly pinOpens: string | null;
  readonly unlocked: boolean;
  /** Another tab works: this one may take over. */
  readonly otherTab: boolean;
}

/** Someone enrolled on this tablet: what the lock screen may show. */
export interface TabletPerson {
  readonly vault: string;
  readonly name: string;
  readonly role: Role;
  /** Edits waiting to be sent, as last known. */
  readonly waiting: number;
  /** Until when further tries are refused, in ms; 0 when free. */
  readonly blockedUntilMs: number;
}

export interface EnrolRequest {
  readonly code: string;
  /** The four words, joined by a space. */
  readonly passphrase: string;
  /** Six digits. */
  readonly pin: string;
}

export type EnrolOutcome =
  | { readonly ok: true; readonly vault: string; readonly me: Me }
  | {
      readonly ok: false;
      readonly reason:
        | 'offline'
        | 'bad-code'
        | 'used-code'
        | 'expired-code'
        | 'too-many'
        | 'weak-passphrase'
        | 'bad-pin'
        | 'storage';
    };

export type UnlockOutcome =
  | { readonly ok: true; readonly me: Me }
  | {
      readonly ok: false;
      readonly reason: 'wrong' | 'wait' | 'forgotten' | 'damaged' | 'other-tab';
      readonly waitMs: number;
      readonly triesLeft?: number;
    };

/** Who is working. */
export interface Me {
  readonly member: MemberNumber;
  readonly name: string;
  readonly role: Role;
  readonly agency: Agency;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly commune: string;
  readonly isDemo: boolean;
}

export interface ChildQuery {
  readonly text: string;
  readonly filter: 'all' | 'watch' | 'special' | 'intervention' | 'conflict' | 'closed';
  readonly village: string | null;
  readonly limit: number;
}

export interface QueryAnswer {
  readonly ids: readonly FolderId[];
  readonly total: number;
  /** Index in `ids` from which matches are approximate; `ids.length` when all are exact. */
  readonly approximateFrom: number;
}

/** A value as one person left it. */
export interface ValueView {
  readonly value: Json;
  readonly member: MemberNumber;
  readonly atMs: number;
}

/** A register or one map row: what is shown, and every concurrent value while a person has not chosen. */
export interface FieldView extends ValueView {
  readonly conflict: readonly ValueView[] | null;
}

/** Where an edit has got to, worst first (R2). */
export type SavedWhere = 'tablet' | 'hub';

export interface DocumentView {
  readonly document: DocumentId;
  readonly kind: string;
  readonly access: 'whole' | 'extract';
  readonly number: string | null;
  readonly registers: Readonly<Record<string, FieldView>>;
  readonly maps: Readonly<Record<string, Readonly<Record<string, FieldView>>>>;
  readonly logs: Readonly<Record<string, readonly ValueView[]>>;
  /** Only in extracts: the derived values. */
  readonly extract: Readonly<Record<string, Json>> | null;
  /** Fields this person may write here, by the policy. */
  readonly writable: readonly string[];
  readonly saved: SavedWhere;
  /** Agencies that hold the newest version, with Hub times. */
  readonly receipts: readonly { readonly agency: Agency; readonly atMs: number }[];
}

export interface FolderView {
  readonly folder: FolderId;
  readonly documents: readonly DocumentView[];
  /** Compartments that exist by law but are not this person's, to be named and not hidden (R13). */
  readonly elsewhere: readonly string[];
  /** Names and agencies of the members who wrote here. */
  readonly members: Readonly<Record<number, { readonly name: string; readonly agency: Agency }>>;
}

export interface DocumentEdit {
  readonly document: DocumentId;
  readonly sets?: readonly { readonly field: string; readonly code?: string; readonly value: Json }[];
  readonly appends?: readonly { readonly field: string; readonly value: Json }[];
}

export interface UndoToken {
  readonly id: string;
}

export type EditOutcome =
  | { readonly ok: true; readonly undo: UndoToken; readonly atMs: number }
  | {
      readonly ok: false;
      readonly reason: 'no-right' | 'invalid' | 'storage' | 'changed-since' | 'locked';
      readonly fields: readonly string[];
    };

export interface HistoryItem {
  readonly document: DocumentId;
  readonly kind: string;
  readonly field: string;
  readonly code: string | null;
  readonly before: Json;
  readonly after: Json;
  readonly member: MemberNumber;
  readonly atMs: number;
}

/** The chip in the header: the worst state and its count (R3). */
export interface SyncSummary {
  readonly state: 'sent' | 'waiting' | 'offline' | 'held' | 'trouble';
  readonly waiting: number;
  readonly quarantined: number;
  readonly online: boolean;
  readonly lastSentAtMs: number | null;
  readonly lastReceivedAtMs: number | null;
  /** Hub clock minus tablet clock, in ms, when known. */
  readonly skewMs: number | null;
  /** First download: documents here and to come; null when complete. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly storage: 'ok' | 'full' | 'trouble';
}

export interface SyncPanel {
  readonly summary: SyncSummary;
  readonly documents: number;
  readonly waiting: readonly {
    readonly document: DocumentId;
    readonly kind: string;
    readonly fields: readonly string[];
    readonly atMs: number;
    readonly title: string;
  }[];
  /** Recently sent, with who holds it. */
  readonly sent: readonly {
    readonly document: DocumentId;
    readonly kind: string;
    readonly title: string;
    readonly atMs: number;
    readonly receipts: readonly { readonly agency: Agency; readonly atMs: number }[];
  }[];
  readonly agencies: readonly { readonly agency: Agency; readonly atMs: number }[];
}

export interface QuarantineItem {
  readonly id: string;
  readonly document: DocumentId;
  readonly kind: string;
  readonly title: string;
  readonly verdict: 'held' | 'refused';
  readonly code: RefusalCode | HoldCode;
  readonly atMs: number;
  readonly fields: readonly {
    readonly field: string;
    readonly code: string | null;
    readonly value: Json;
    readonly now: Json;
  }[];
}

/** What a filer keeps: that it was handed in, when, under which number. Nothing of what was said. */
export interface FiledReceipt {
  readonly kind: string;
  readonly number: string | null;
  readonly writtenAtMs: number;
  readonly receivedAtMs: number | null;
}

export type ImportAnswer =
  | { readonly ok: true; readonly plan: ImportPlan }
  | { readonly ok: false; readonly error: string };

export interface StorageState {
  readonly persisted: boolean;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  readonly state: 'ok' | 'full' | 'blocked' | 'lost';
}
