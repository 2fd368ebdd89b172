/** One person's documents on one device: every action works on them without a network. Rules OUT, REP, QUA. */
import type { Json } from '../base/any.ts';
import type { Result } from '../base/result.ts';
import type { DocState } from '../doc/state.ts';
import type { DocUpdate } from '../doc/update.ts';
import type { DocumentId, FolderId } from '../model/ids.ts';
import type { Principal } from '../model/principal.ts';
import type { FiledImage } from './device-images.ts';
import { type Draft, Drafts } from './drafts.ts';
import { type QuarantineItem, quarantineItemOf } from './quarantine.ts';
import { documentsWithReceipts, mayCreate, waitingEdits, type WaitingEdit, writableFields } from './replica-asking.ts';
import { ReplicaCore, type ReplicaListener, type ReplicaParts } from './replica-core.ts';
import type { DocumentEdit, EditRefusal, Saved } from './replica-edit.ts';
import { loadReplica } from './replica-load.ts';
import {
  documentsHeld,
  documentsOfFolder,
  type HeldDocument,
  readHeld,
  type ReplicaCounts,
  walkHeld,
} from './replica-reading.ts';
import { ReplicaRows } from './replica-rows.ts';
import { moveStrays } from './replica-strays.ts';
import { ReplicaSync } from './replica-sync.ts';
import { ReplicaWindows } from './replica-windows.ts';
import { dismissQuarantined, reapplyQuarantined, saveEdits, undoSaved } from './replica-writing.ts';

/** What a replica needs. */
export interface ReplicaOptions<Row> extends ReplicaParts {
  /** Derives the row of a document for lists and search; null for one that has none. */
  readonly rowOf?: (held: HeldDocument) => Row | null;
  /** The Hub's time as well as it is known here, for what a request opened; left out, the tablet's clock. */
  readonly hubNowMs?: () => number;
}

/** Returns the replica that the store holds, ready for work. Damaged records are left out, counted and fetched again. Rejects with an Outage. */
export async function openReplica<Row = never>(options: ReplicaOptions<Row>): Promise<Replica<Row>> {
  const { memory, damaged, repair, strays } = await loadReplica(options.store, options.world);
  const core = new ReplicaCore(memory, options);
  if (!options.sealsOnly) await moveStrays(core, strays);
  if (repair) await core.commit({ change: repair });
  return new Replica(core, damaged, options);
}

/** See `openReplica`. */
export class Replica<Row = never> {
  /** Records that could not be read at start. */
  readonly damaged: number;
  /** The Hub's side: what a session applies and sends. */
  readonly sync: ReplicaSync;
  readonly #core: ReplicaCore;
  readonly #drafts: Drafts;
  readonly #windows: ReplicaWindows;
  readonly #rows: ReplicaRows<Row>;

  constructor(
    core: ReplicaCore,
    damaged: number,
    { rowOf = () => null, hubNowMs }: Pick<ReplicaOptions<Row>, 'rowOf' | 'hubNowMs'>,
  ) {
    this.#core = core;
    this.damaged = damaged;
    this.#windows = new ReplicaWindows(core, hubNowMs ?? (() => core.parts.world.nowMs()));
    this.#drafts = new Drafts(core.parts.store, core.parts.world.crypto);
    this.sync = new ReplicaSync(core);
    this.#rows = new ReplicaRows(core, rowOf);
  }

  /** Returns the person as the Hub last named him, or null before the first meeting. */
  get principal(): Principal | null {
    return this.#core.memory.entitlement.principal;
  }

  /**
   * Saves edits; several are one group, admitted or refused together. Resolves when they are durable on this device (P1): only then do
   * memory and listeners change. Rejects with an Outage, after which nothing of them is left and the caller still has the input.
   */
  edit(edits: readonly DocumentEdit[]): Promise<Result<Saved, EditRefusal>> {
    return saveEdits(this.#core, edits);
  }

  /** Sets the former values of a saved edit again; `changed-since` names the fields that others wrote meanwhile. */
  undo(saved: Saved): Promise<Result<Saved, EditRefusal>> {
    return undoSaved(this.#core, saved);
  }

  /** Returns the document as held, own waiting work included, or null; null too for what a request opened and is over (REP-14). */
  read(document: DocumentId): HeldDocument | null {
    return this.#windows.isShut(document) ? null : readHeld(document, this.#core.memory.holdings);
  }

  /** Returns when the next of what requests opened here is over, in ms of the Hub's time; null when there is none. */
  get nextEndMs(): number | null {
    return this.#windows.nextEndMs();
  }

  /** Returns what is held and may not be shown any more: the request that opened it is over, and the Hub has not taken it back yet. */
  shut(): ReadonlySet<DocumentId> {
    return this.#windows.shut();
  }

  /** Returns a document's confirmed state and the person's own updates that wait on top of it, oldest first. Not to be changed. */
  layersOf(document: DocumentId): { readonly confirmed: DocState; readonly waiting: readonly DocUpdate[] } {
    const { holdings, outbox } = this.#core.memory;
    const waiting = outbox.pendingOf(document).map(({ update }) => update);
    return { confirmed: holdings.confirmedState(document), waiting };
  }

  /** Returns every document held, parsed one at a time; what is shut too. */
  walk(): Generator<HeldDocument> {
    return walkHeld(this.#core.memory.holdings);
  }

  /** Returns the row of every document that has one and may be shown. */
  rows(): readonly Row[] {
    return this.#rows.all((document) => this.#windows.isShut(document));
  }

  /** Returns the row of one document, or null. */
  row(document: DocumentId): Row | null {
    return this.#windows.isShut(document) ? null : this.#rows.one(document);
  }

  /** Returns the documents of one folder that are held and may be shown, in order. */
  documentsOf(folder: FolderId): readonly DocumentId[] {
    const held = documentsOfFolder(folder, this.#core.memory.holdings);
    return held.filter((document) => !this.#windows.isShut(document));
  }

  /** Returns the ids of everything held, shut or not. */
  documents(): ReadonlySet<DocumentId> {
    return documentsHeld(this.#core.memory.holdings);
  }

  /** Tells `listener` of every change from now on; returns a function that ends it. */
  subscribe(listener: ReplicaListener): () => void {
    return this.#core.subscribe((changed, states) => listener(this.#windows.widened(changed), states));
  }

  /** Returns how much is held, waits, and was not accepted. */
  counts(): ReplicaCounts {
    const { outbox, sealedAgain } = this.#core.memory;
    const quarantined = this.quarantine().filter((item) => item.status === 'open').length;
    return { onTablet: this.documents().size, waiting: outbox.waiting + sealedAgain.length, quarantined };
  }

  /**
   * Returns the last envelope that this device wrote, once the Hub has answered every one of them; null while any waits, or one that waited
   * cannot be read any more. Rule ERA-3.
   */
  lastAnswered(): { readonly lastN: number; readonly lastHash: Uint8Array } | null {
    const { outbox, sealedAgain, isOutboxWhole, position } = this.#core.memory;
    if (outbox.rows.length > 0 || sealedAgain.length > 0 || !isOutboxWhole) return null;
    return { lastN: position.lastN, lastHash: position.lastHash };
  }

  /** Returns receipts of what this person handed in and may not read back. */
  filed(): readonly FiledImage[] {
    return this.#core.memory.holdings.filed();
  }

  /** Returns the documents that a Hub put back has to be given again: of those nobody can say that it has them. */
  handedInAgain(): ReadonlySet<DocumentId> {
    return new Set(this.#core.memory.sealedAgain.map(({ document }) => document));
  }

  /** Returns what the Hub did not accept, field by field, and the traces of what was decided about it, oldest first. */
  quarantine(): readonly QuarantineItem[] {
    return [...this.#core.memory.quarantine.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(quarantineItemOf);
  }

  /** Returns the open quarantine as JSON text. */
  exportQuarantine(): string {
    return JSON.stringify(
      this.quarantine().filter((item) => item.status === 'open'),
      null,
      2,
    );
  }

  /** Writes fields of a quarantined envelope again, by their keys: a new edit that supersedes what is visible now. */
  reapply(id: string, keys: readonly string[]): Promise<Result<Saved, EditRefusal>> {
    return reapplyQuarantined(this.#core, id, keys);
  }

  /** Puts a quarantined envelope away; a trace stays. Says whether there was an open one. */
  dismiss(id: string): Promise<boolean> {
    return dismissQuarantined(this.#core, id);
  }

  /** Says whether the Hub will probably let this person make the document. */
  mayCreate(document: DocumentId): boolean {
    return mayCreate(this.#core, document);
  }

  /** Returns the fields of a document that the Hub will probably let this person write. */
  writableFields(document: DocumentId): readonly string[] {
    return writableFields(this.#core, document);
  }

  /** Returns what waits for the Hub, oldest first. */
  waitingEdits(): readonly WaitingEdit[] {
    return waitingEdits(this.#core);
  }

  /** Returns the documents of which receipts are known here, newest first. */
  documentsWithReceipts(limit: number): readonly DocumentId[] {
    return documentsWithReceipts(this.#core, limit);
  }

  /** Keeps a draft, durable when it resolves; null removes it. Rejects with an Outage. */
  saveDraft(key: string, value: Json | null): Promise<void> {
    return this.#drafts.save(key, value);
  }

  /** Returns a draft, or null. */
  readDraft(key: string): Promise<Json | null> {
    return this.#drafts.read(key);
  }

  /** Returns every draft. */
  allDrafts(): Promise<readonly Draft[]> {
    return this.#drafts.all();
  }

  /** Resolves when everything that was asked for has ended. */
  settled(): Promise<void> {
    return this.#core.run(() => Promise.resolve());
  }

  /** Says whether the log is long enough to be worth folding. */
  get isFoldDue(): boolean {
    const { packs, highPacks } = this.#core.memory;
    return packs.isDue || highPacks.isDue;
  }

  /** Folds the log into packs until `budgetMs` are spent; returns how many log records are left. For idle time. Rejects with an Outage. */
  async fold(budgetMs: number): Promise<number> {
    const { world } = this.#core.parts;
    const startMs = world.nowMs();
    while (await this.#foldOnce()) if (world.nowMs() - startMs >= budgetMs) break;
    const { packs, highPacks } = this.#core.memory;
    return packs.logLength + highPacks.logLength;
  }

  #foldOnce(): Promise<boolean> {
    return this.#core.run(async () => {
      const { packs, highPacks, holdings } = this.#core.memory;
      for (const index of [packs, highPacks]) {
        const step = index.planFold((key) => holdings.image(key));
        if (!step) continue;
        await this.#core.commitQuietly(step.writes);
        index.follow(step);
        return true;
      }
      return false;
    });
  }
}
