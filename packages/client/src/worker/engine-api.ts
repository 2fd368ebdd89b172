import type { Json } from '@chungtay/core/base/any';
import type { Row } from '@chungtay/core/derive/rows';
import type { TaskView } from '@chungtay/core/derive/tasks';
import type { DocumentId, FolderId } from '@chungtay/core/model/ids';
import type { WireVerb } from '@chungtay/core/policy/office';
import type { OfficeOutcome } from '@chungtay/core/sync/client-session';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { RecoveryLine } from '@chungtay/core/wire/recovery';
import type { KnownAuthenticator } from '../platform/tablet-registry.ts';
import type { BootState, NewAuthenticator, PinProof } from './door-views.ts';
import type {
  DocumentMoment,
  EditOutcome,
  EnrolOutcome,
  EnrolRequest,
  FiledReceipt,
  FolderHistory,
  FolderView,
  ImportAnswer,
  Me,
  QuarantineItem,
  Places,
  StorageState,
  SyncPanel,
  UndoToken,
  UnlockOutcome,
} from './engine-views.ts';
import type { RecoveryView, ShareAnswer } from './recovery-views.ts';
import type { ChildQuery, QueryAnswer } from './register-views.ts';

/**
 * What the page may ask of the engine, and what the engine tells the page. The engine (replica, outbox, session, vault,
 * crypto, search) lives in a Worker; while it is locked no call below `// ---- unlocked` answers anything but `locked`.
 * Everything that crosses is plain structured-clone data.
 */
export interface EngineApi {
  // ---- before unlock
  /** Returns the people enrolled on this tablet, with what is safe to show on a lock screen, and whether the quick PIN can open. */
  boot(): Promise<BootState>;
  /** Somebody has read the notice that a vault was erased. */
  sawErased(vault: string): Promise<void>;
  /** Makes this tab the one that works; the other one locks after flushing. */
  takeOver(): Promise<void>;
  /** Returns four words to remember (≥ 51 bits), fresh on each call. */
  offerPassphrase(): Promise<readonly string[]>;
  /** Enrols this tablet for one person: keys are made here, the vault is created before the Hub is told anything durable. */
  enrol(request: EnrolRequest): Promise<EnrolOutcome>;
  /** Opens a person's vault with the passphrase; `waitMs` when the back-off after wrong ones still runs. */
  unlock(vault: string, passphrase: string): Promise<UnlockOutcome>;
  /** Opens a person's vault with the PIN and what the authenticator of this machine answered; counted and held back like the passphrase. */
  unlockWithAuthenticator(vault: string, pin: string, secret: Uint8Array): Promise<UnlockOutcome>;
  /** Opens again after an idle lock, while the worker lives. Five wrong ones forget the key. */
  unlockWithPin(pin: string): Promise<UnlockOutcome>;
  /** Returns how it stands with a vault whose passphrase is forgotten; asks the Hub when a request waits for officers. */
  recovery(vault: string): Promise<RecoveryView>;
  /** Asks the officers; a former request ends with it. */
  askRecovery(vault: string): Promise<RecoveryView>;
  /** Takes the request back. */
  withdrawRecovery(vault: string): Promise<void>;
  /** Opens the vault with two officers' shares, behind a new passphrase and PIN. */
  finishRecovery(vault: string, passphrase: string, pin: string): Promise<UnlockOutcome>;
  /** Forgets what is open: idle, "Che màn hình", or switching person. With `forget`, the quick PIN no longer opens either. */
  lock(options: { readonly forget: boolean }): Promise<void>;

  // ---- unlocked
  /** Returns who is working. */
  me(): Promise<Me>;
  /** Says whether `pin` is the quick PIN of who is working. Five wrong ones in a row lock for good. */
  provePin(pin: string): Promise<PinProof>;
  /** Returns the authenticator that opens this person's vault together with the PIN, or null. */
  authenticator(): Promise<KnownAuthenticator | null>;
  /** Makes it open from now on, in place of a former one; the PIN must be the quick PIN. */
  addAuthenticator(pin: string, added: NewAuthenticator): Promise<PinProof>;
  /** No authenticator opens this person's vault any more. */
  dropAuthenticator(): Promise<void>;
  /** Returns this officer's share for a locked tablet, when the 12 digits are those that it shows. */
  shareFor(request: RecoveryLine, number: string): Promise<ShareAnswer>;
  /** Tells the engine the villages and schools, for search, import and titles, and the days off, for the clocks of working days. */
  setPlaces(places: Places): Promise<void>;
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
  /** Returns the sentences' material of a folder's history, as far as it is known here. */
  history(folder: FolderId): Promise<FolderHistory>;
  /** The same with the older values, which the Hub is asked for; without a connection what `history` says. */
  fetchHistory(folder: FolderId): Promise<FolderHistory>;
  /** Returns a document as it stood when a change of its history had been made, or null when that is not known here. */
  documentAt(document: DocumentId, op: string): Promise<DocumentMoment | null>;

  /** Returns everything for S21. */
  syncPanel(): Promise<SyncPanel>;
  /** Tries to reach the Hub at once. */
  sendNow(): Promise<void>;
  quarantine(): Promise<readonly QuarantineItem[]>;
  /** Writes chosen values of a quarantined edit again, by their keys, as a new edit on what is visible now. */
  reapply(id: string, keys: readonly string[]): Promise<EditOutcome>;
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

  /** Reads a roster file, or some sheets of it: every row with its verdict; nothing is written. Kept until `commitImport` or another plan. */
  planImport(name: string, bytes: Uint8Array, sheetNames?: readonly string[]): Promise<ImportAnswer>;
  /** Writes the ready rows (and proposed villages only when `acceptVillages` maps them to known ones); bad rows stay in drafts. */
  commitImport(options: {
    readonly villages: Readonly<Record<string, string>>;
    readonly include: readonly string[];
  }): Promise<{ readonly written: number; readonly already: number; readonly kept: number }>;

  /** Asks the Hub for a verb of the office; `key` names the deed, wherever it is asked again. `body` and the answer are JSON. */
  askOffice(verb: WireVerb, key: string, body: string): Promise<OfficeOutcome>;

  /** Returns a short-lived ticket for the presence rooms, or null while the Hub is not to be had. */
  roomTicket(): Promise<string | null>;
  storageState(): Promise<StorageState>;
}
