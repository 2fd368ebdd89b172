/** Confirmed documents as they will be after the change being planned; memory stays as it is until the commit. */
import { type DocState, applyUpdate, cloneState, emptyState, encodeState } from '../doc/state.ts';
import type { DocUpdate } from '../doc/update.ts';
import type { FirstReceipt } from '../model/first-receipt.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import {
  type DocumentImage,
  type ExtractImage,
  type FiledImage,
  type ImageChange,
  type ImageKey,
  documentKey,
  imageKeyOf,
} from './device-images.ts';
import { firstMisfit } from './replica-holdings.ts';
import type { ReplicaMemory } from './replica-memory.ts';

/** What the Hub said beside an update or a state. */
export interface Confirmation {
  /** Owner if the document is new here. */
  readonly owner: MemberNumber;
  readonly atMs: number;
  readonly number: string | null;
  /** The earliest receipt stands. */
  readonly firstReceipt: FirstReceipt;
}

type PlannedImage = Omit<DocumentImage, 'state'>;
type First = Pick<PlannedImage, 'firstAtMs' | 'firstSkewMs'>;

/** An overlay over a replica's confirmed images. */
export class ConfirmedOverlay {
  readonly #memory: ReplicaMemory;
  readonly #states = new Map<DocumentId, DocState>();
  /** Bytes of planned states that came as they are: not encoded again. */
  readonly #received = new Map<DocumentId, Uint8Array>();
  readonly #documents = new Map<DocumentId, PlannedImage | null>();
  readonly #others = new Map<ImageKey, ExtractImage | FiledImage | null>();
  /** What came in a pack, and whether it is to stand exactly as it came. */
  readonly #packed = new Map<ImageKey, boolean>();

  constructor(memory: ReplicaMemory) {
    this.#memory = memory;
  }

  /** Returns the documents whose confirmed state is planned to change. */
  get documents(): Iterable<DocumentId> {
    return this.#documents.keys();
  }

  /** Returns the keys of what stands exactly as it came in a pack. */
  get asPacked(): ReadonlySet<ImageKey> {
    const keys = new Set<ImageKey>();
    this.#packed.forEach((isAsCame, key) => isAsCame && keys.add(key));
    return keys;
  }

  /** Returns the planned states that were read already. */
  get states(): ReadonlyMap<DocumentId, DocState> {
    return this.#states;
  }

  /** Returns the image as planned, without its state; null when there is none. */
  image(document: DocumentId): PlannedImage | null {
    const planned = this.#documents.get(document);
    return planned === undefined ? this.#memory.holdings.confirmed(document) : planned;
  }

  /** Returns the confirmed state as planned. Not to be changed by the caller. */
  state(document: DocumentId): DocState {
    if (this.#documents.get(document) === null) return emptyState();
    return this.#states.get(document) ?? this.#memory.holdings.confirmedState(document);
  }

  /**
   * Adds an admitted update; says whether it fits. The Hub admits nothing that leans on what it does not have, so an update that leans
   * on own waiting work proves that work to be stored, though its verdict was lost: it is confirmed first.
   */
  update(document: DocumentId, update: DocUpdate, confirmation: Confirmation): boolean {
    const outcome = this.#admit(document, update);
    if (outcome === 'gap') return false;
    const former = this.image(document);
    const firstReceipt = earlierOf(former, confirmation.firstReceipt);
    const isNews = outcome === 'applied' || !former || former.atMs < confirmation.atMs || firstReceipt !== former;
    if (!isNews && (confirmation.number === null || confirmation.number === former.number)) return true;
    this.#plan(document, {
      is: 'document',
      document,
      owner: former?.owner ?? confirmation.owner,
      atMs: Math.max(former?.atMs ?? 0, confirmation.atMs),
      firstAtMs: firstReceipt.firstAtMs,
      firstSkewMs: firstReceipt.firstSkewMs,
      number: confirmation.number ?? former?.number ?? null,
      round: former?.round ?? this.#memory.position.round,
      isClosing: former?.isClosing ?? false,
      receipts: former?.receipts ?? [],
    });
    return true;
  }

  /**
   * Adds own work that the Hub stored; says whether it fits. In a full download a document that has not come yet may be one that the Hub
   * had forgotten: then it is made of what it stores now, and of nothing else that it held once.
   */
  confirm(document: DocumentId, update: DocUpdate, confirmation: Confirmation): boolean {
    const former = this.image(document);
    const { isFetching, round } = this.#memory.position;
    const fresh = emptyState();
    const isForgotten = isFetching && former !== null && former.round < round && applyUpdate(fresh, update).ok;
    // what still waits must go on fitting: else the old content stays until the download is complete
    const isMadeAnew = isForgotten && firstMisfit(fresh, document, this.#memory.outbox) === null;
    if (isMadeAnew) this.remove(document);
    return this.update(document, update, confirmation);
  }

  /** Replaces the document by the Hub's state of now; its extracts are superseded by it. */
  replace(
    document: DocumentId,
    { state, bytes, isPacked }: { readonly state: DocState; readonly bytes: Uint8Array; readonly isPacked: boolean },
    { owner, atMs, number, firstReceipt }: Confirmation,
  ): void {
    const former = this.image(document);
    this.#states.set(document, state);
    this.#received.set(document, bytes);
    const receipts = former?.receipts ?? [];
    const round = this.#memory.position.round;
    this.#plan(document, {
      is: 'document',
      document,
      owner,
      atMs,
      firstAtMs: firstReceipt.atMs,
      firstSkewMs: firstReceipt.skewMs,
      number,
      round,
      isClosing: false,
      receipts,
    });
    if (isPacked) this.#packed.set(documentKey(document), receipts.length === 0);
    this.#dropExtracts(document);
  }

  /** Changes what is kept beside the state. */
  amend(document: DocumentId, amendment: Partial<Pick<DocumentImage, 'isClosing' | 'receipts' | 'round'>>): void {
    const former = this.image(document);
    if (former) this.#plan(document, { ...former, ...amendment });
  }

  /** Marks the document closed: it goes when nothing of it waits any more, at once when nothing does. */
  close(document: DocumentId, member: MemberNumber): void {
    this.#dropExtracts(document);
    if (!this.#memory.outbox.hasAny(document)) this.remove(document);
    else if (this.image(document)) this.amend(document, { isClosing: true, round: this.#memory.position.round });
    else {
      this.#states.set(document, emptyState());
      this.#received.delete(document);
      const { round } = this.#memory.position;
      const beside = { atMs: 0, firstAtMs: 0, firstSkewMs: 0, number: null, round, receipts: [] };
      this.#plan(document, { is: 'document', document, owner: member, isClosing: true, ...beside });
    }
  }

  /** Removes the document's confirmed state. */
  remove(document: DocumentId): void {
    this.#states.delete(document);
    this.#received.delete(document);
    this.#plan(document, null);
  }

  /** Puts an extract or a filed receipt. */
  put(image: ExtractImage | FiledImage, isPacked = false): void {
    const key = imageKeyOf(image);
    this.#others.set(key, image);
    if (isPacked || this.#packed.has(key)) this.#packed.set(key, isPacked);
  }

  /** Says whether the plan already changes an extract or filed receipt. */
  isPut(key: ImageKey): boolean {
    return this.#others.has(key);
  }

  /** Removes an extract. */
  drop(key: ImageKey): void {
    this.#others.set(key, null);
    if (this.#packed.has(key)) this.#packed.set(key, false);
  }

  /** Returns the planned changes as images. */
  changes(): readonly ImageChange[] {
    const changes: ImageChange[] = [];
    for (const [document, planned] of this.#documents) {
      const key = documentKey(document);
      if (planned) changes.push([key, { ...planned, state: this.#stateBytes(document) }]);
      else if (this.#isKnown(key)) changes.push([key, null]);
    }
    for (const [key, image] of this.#others) {
      if (image || this.#isKnown(key)) changes.push([key, image]);
    }
    return changes;
  }

  #plan(document: DocumentId, planned: PlannedImage | null): void {
    this.#documents.set(document, planned);
    const key = documentKey(document);
    if (this.#packed.has(key)) this.#packed.set(key, false);
  }

  /** What a kept pack names must be taken back too. */
  #isKnown(key: ImageKey): boolean {
    return this.#packed.has(key) || this.#memory.holdings.image(key) !== null;
  }

  #admit(document: DocumentId, update: DocUpdate): 'applied' | 'known' | 'gap' {
    const state = this.#writable(document);
    const first = applyUpdate(state, update);
    if (first.ok) return first.value;
    const trial = cloneState(state);
    // one by one: what it does not lean on may still be refused
    for (const row of this.#memory.outbox.pendingOf(document)) {
      applyUpdate(trial, row.update);
      const again = applyUpdate(trial, update);
      if (!again.ok) continue;
      this.#states.set(document, trial);
      return again.value;
    }
    return 'gap';
  }

  #stateBytes(document: DocumentId): Uint8Array {
    const firstReceipt = this.#received.get(document);
    if (firstReceipt) return firstReceipt;
    const state = this.#states.get(document);
    return state ? encodeState(state) : (this.#memory.holdings.confirmed(document)?.state ?? encodeState(emptyState()));
  }

  #writable(document: DocumentId): DocState {
    this.#received.delete(document);
    const planned = this.#states.get(document);
    if (planned) return planned;
    const isGone = this.#documents.get(document) === null;
    const clone =
      !isGone && this.#memory.holdings.confirmed(document)
        ? cloneState(this.#memory.holdings.confirmedState(document))
        : emptyState();
    this.#states.set(document, clone);
    return clone;
  }

  #dropExtracts(document: DocumentId): void {
    for (const [key, image] of this.#others) if (image?.is === 'extract' && image.document === document) this.drop(key);
    for (const extract of this.#memory.holdings.extractsOf(document)) this.drop(imageKeyOf(extract));
  }
}

/** Returns what is known, itself, or what is new when that is earlier. */
function earlierOf(known: First | null, { atMs, skewMs }: FirstReceipt): First {
  const isKnown = known !== null && known.firstAtMs > 0 && known.firstAtMs <= atMs;
  return isKnown ? known : { firstAtMs: atMs, firstSkewMs: skewMs };
}
