import type { Json } from '@chungtay/core/base/any';
import type { GroupMembership } from '@chungtay/core/derive/groups';
import type { MissingPaper } from '@chungtay/core/derive/papers';
import type { ChildRow } from '@chungtay/core/derive/rows';
import type { DocumentId, FolderId, MemberNumber } from '@chungtay/core/model/ids';
import type { Agency, Role } from '@chungtay/core/model/role';
import type { HolidayLine } from '@chungtay/core/policy/calendar';
import type { ImportPlan } from '@chungtay/core/roster/plan-types';
import type { Decision } from '@chungtay/core/sync/quarantine';
import type { HoldCode, RefusalCode } from '@chungtay/core/wire/refusal';
import type { LeaseView } from './lease-view.ts';

/** What the engine tells the page without being asked. */
export type EngineEvent =
  /** Child rows that are new or changed (in batches ≤ 500), and folders that left this device. */
  | {
      readonly type: 'children';
      readonly rows: readonly ChildRow[];
      readonly gone: readonly FolderId[];
      readonly complete: boolean;
    }
  /** Documents of these kinds changed, or with none the places and days off: lists of `rowsOf`/`tasks` are stale. */
  | { readonly type: 'changed'; readonly kinds: readonly string[] }
  | { readonly type: 'folder'; readonly view: FolderView }
  | { readonly type: 'sync'; readonly summary: SyncSummary }
  /** The public directory changed at the Hub. */
  | { readonly type: 'directory' }
  | { readonly type: 'locked'; readonly reason: 'fault' | 'revoked' | 'other-tab' | 'pin' | 'lease' };

/** An invitation, and the secrets chosen with it. */
export interface EnrolRequest {
  readonly code: string;
  /** The four words, joined by a space. */
  readonly passphrase: string;
  /** Six digits. */
  readonly pin: string;
}

/** Who this tablet is now, or why it is nobody. */
export type EnrolOutcome =
  | { readonly ok: true; readonly vault: string; readonly me: Me }
  | {
      readonly ok: false;
      readonly reason:
        | 'offline'
        | 'bad-code'
        | 'used-code'
        | 'expired-code'
        | 'ended-code'
        | 'too-many'
        | 'weak-passphrase'
        | 'bad-pin'
        | 'storage';
    };

/** Who came in, or why not and how long to wait, in ms. */
export type UnlockOutcome =
  | { readonly ok: true; readonly me: Me }
  | {
      readonly ok: false;
      readonly reason: 'wrong' | 'wait' | 'forgotten' | 'damaged' | 'other-tab' | 'no-authenticator';
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

/** A value as one person left it. */
export interface ValueView {
  /** Names the edit that wrote it: what an edit made on top of it has seen. */
  readonly op: string;
  readonly value: Json;
  readonly member: MemberNumber;
  readonly atMs: number;
}

/** A register or one map row: what is shown, and every concurrent value while a person has not chosen. */
export interface FieldView extends ValueView {
  /** Ops of every live value, the shown one first: `seen` of an edit made from this view. */
  readonly live: readonly string[];
  readonly conflict: readonly ValueView[] | null;
}

/** Where an edit has got to, worst first (R2). */
export type SavedWhere = 'tablet' | 'hub';

/** One document as a screen sees it. */
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

/** A file (hồ sơ) as this person may see it. */
export interface FolderView {
  readonly folder: FolderId;
  /** Documents of closed compartments that are left out, since it could not be written down who reads them. */
  readonly unread: number;
  readonly documents: readonly DocumentView[];
  /** Of a child: the groups of the law that it is or was in, as far as this person may know and it is written down who reads. */
  readonly groups: readonly GroupMembership[];
  readonly papers: readonly MissingPaper[];
  /** Compartments that exist by law but are not this person's, to be named and not hidden (R13). */
  readonly elsewhere: readonly string[];
  /** Names and agencies of the members who wrote here. */
  readonly members: Readonly<Record<number, { readonly name: string; readonly agency: Agency }>>;
}

/** The villages, schools and days off of the directory, as the page last read them: the engine never reads the directory itself. */
export interface Places {
  readonly villages: readonly { readonly id: string; readonly name: string; readonly oldNames: readonly string[] }[];
  readonly schools: readonly { readonly id: string; readonly name: string }[];
  readonly holidays: readonly HolidayLine[];
}

/** Names a saved edit that may be taken back. */
export interface UndoToken {
  readonly id: string;
}

/** Saved on this tablet, or why not and which fields. */
export type EditOutcome =
  | { readonly ok: true; readonly undo: UndoToken; readonly atMs: number }
  | {
      readonly ok: false;
      readonly reason: 'no-right' | 'invalid' | 'storage' | 'changed-since' | 'no-lease';
      readonly fields: readonly string[];
    };

/** One line of history: who changed what, from what, when (device time, ms). */
export interface HistoryItem {
  readonly document: DocumentId;
  readonly kind: string;
  readonly field: string;
  readonly code: string | null;
  readonly before: Json;
  readonly after: Json;
  readonly member: MemberNumber;
  readonly atMs: number;
  /** Names the change, for `documentAt`. */
  readonly op: string;
  /** What was before is not known here: `before` says nothing, and the document of then cannot be shown. */
  readonly isStanding: boolean;
}

/** How far a history reaches: all; a part, the rest being closed; what this device holds; not yet: the Hub is busy, or said what cannot be. */
export type HistoryReach = 'whole' | 'part' | 'here' | 'busy' | 'failed';

/** What became of a folder's documents, newest first. */
export interface FolderHistory {
  readonly items: readonly HistoryItem[];
  readonly reach: HistoryReach;
}

/** A document as it stood at one moment: to be looked at only. */
export type DocumentMoment = Pick<DocumentView, 'document' | 'kind' | 'registers' | 'maps' | 'logs'>;

/** The chip in the header: the worst state and its count (R3). */
export interface SyncSummary {
  readonly state: 'sent' | 'waiting' | 'offline' | 'held' | 'trouble';
  readonly waiting: number;
  readonly quarantined: number;
  /** How many of those were held and somebody has decided about. */
  readonly decided: number;
  readonly online: boolean;
  readonly lastSentAtMs: number | null;
  readonly lastReceivedAtMs: number | null;
  /** Everything that the Hub had for this person has come since the app was opened. */
  readonly hasCaughtUp: boolean;
  /** Hub clock minus tablet clock, in ms, when known. */
  readonly skewMs: number | null;
  /** First download: documents here and to come; null when complete. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly storage: 'ok' | 'full' | 'trouble';
  readonly lease: LeaseView;
}

/** Everything S21 shows. */
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

/** An edit the Hub did not take, field by field; `now` = what the document shows at present. */
export interface QuarantineItem {
  readonly id: string;
  readonly document: DocumentId;
  readonly kind: string;
  readonly title: string;
  readonly verdict: 'held' | 'refused';
  readonly code: RefusalCode | HoldCode;
  readonly atMs: number;
  /** What became of a held one; null while it waits for who decides. */
  readonly decision: Decision | null;
  readonly fields: readonly {
    /** Names this value of the item, for `reapply`. */
    readonly key: string;
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
  /** `lost`: the Hub was put back from a backup without it, and did not take it again. */
  readonly state: 'waiting' | 'received' | 'lost';
}

/** A plan for every row of a roster, or the code of why the file is none. */
export type ImportAnswer =
  | { readonly ok: true; readonly plan: ImportPlan }
  | { readonly ok: false; readonly error: string };

/** How safe this browser keeps what is saved; bytes are estimates. */
export interface StorageState {
  readonly persisted: boolean;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  readonly state: 'ok' | 'full' | 'blocked' | 'lost';
}
