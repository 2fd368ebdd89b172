/** What the device holds, in memory: confirmed images, the work that waits on top of them, and both parsed when asked for. */
import { assert, must } from '../base/assert.ts';
import { type DocState, applyUpdate, cloneState, emptyState, glanceState } from '../doc/state.ts';
import { type DocumentId, type FolderId, folderOf } from '../model/ids.ts';
import {
  type DocumentImage,
  type ExtractImage,
  type FiledImage,
  type Image,
  type ImageChange,
  type ImageKey,
} from './device-images.ts';
import type { Outbox, OutboxRow } from './outbox.ts';

/** How many parsed documents stay in memory; the rest are bytes (23 KB of heap each against 1.5). */
const PARSED_KEPT = 256;

/** The confirmed images by key, and the outbox's rows over them. Changed only after the commit that made the change durable. */
export class Holdings {
  readonly outbox: Outbox;
  readonly #images = new Map<ImageKey, Image>();
  /** Those of documents once more: asked for by id several times for each document that arrives. */
  readonly #confirmed = new Map<DocumentId, DocumentImage>();
  #extracts = 0;
  readonly #byFolder = new Map<FolderId, Set<ImageKey>>();
  readonly #parsed = new Map<DocumentId, DocState>();

  constructor(outbox: Outbox) {
    this.outbox = outbox;
  }

  /** Returns every image. */
  images(): Iterable<Image> {
    return this.#images.values();
  }

  /** Returns the image under `key`, or null. */
  image(key: ImageKey): Image | null {
    return this.#images.get(key) ?? null;
  }

  /** Returns the confirmed document, or null when the Hub has not confirmed any of it. */
  confirmed(document: DocumentId): DocumentImage | null {
    return this.#confirmed.get(document) ?? null;
  }

  /** Returns the images of a folder. */
  imagesOf(folder: FolderId): readonly Image[] {
    return [...(this.#byFolder.get(folder) ?? [])].map((key) => must(this.#images.get(key), 'image of a folder'));
  }

  /** Returns the extracts of a document. */
  extractsOf(document: DocumentId): readonly ExtractImage[] {
    // who leads the commune has none
    if (this.#extracts === 0) return [];
    return this.imagesOf(folderOf(document)).filter(
      (image): image is ExtractImage => image.is === 'extract' && image.document === document,
    );
  }

  /** Returns the receipts of what was handed in and may not be read back. */
  filed(): readonly FiledImage[] {
    return [...this.#images.values()].filter((image) => image.is === 'filed');
  }

  /** Returns the confirmed state, parsed; empty when nothing is confirmed. Not to be changed: clone it. */
  confirmedState(document: DocumentId): DocState {
    const image = this.confirmed(document);
    return image ? parsedImage(image) : emptyState();
  }

  /** Returns what the person sees: confirmed state and own waiting work; null when there is neither. Not to be changed: clone it. */
  state(document: DocumentId): DocState | null {
    const kept = this.#parsed.get(document);
    if (kept) {
      this.#parsed.delete(document);
      this.#parsed.set(document, kept);
      return kept;
    }
    const state = this.parse(document);
    if (state) this.#keep(document, state);
    return state;
  }

  /** Returns the same as `state` without keeping it: for walks over everything. */
  parse(document: DocumentId): DocState | null {
    const pending = this.outbox.pendingOf(document);
    const image = this.confirmed(document);
    if (!image && pending.length === 0) return null;
    const state = image ? parsedImage(image) : emptyState();
    for (const row of pending) {
      const applied = applyUpdate(state, row.update);
      // what no longer applies was moved to quarantine in the commit that made it so
      assert(applied.ok, 'waiting work no longer fits its document');
    }
    return state;
  }

  /** Keeps states that have just been made or read: the latest of them, when they are many. */
  keep(states: ReadonlyMap<DocumentId, DocState>): void {
    let tooMany = states.size - PARSED_KEPT;
    for (const [document, state] of states) {
      tooMany -= 1;
      if (tooMany >= 0) continue;
      this.#parsed.delete(document);
      this.#keep(document, state);
    }
  }

  /** Forgets the parsed states of documents that changed. */
  forget(documents: Iterable<DocumentId>): void {
    for (const document of documents) this.#parsed.delete(document);
  }

  /** Follows a commit that changed images. */
  apply(changes: readonly ImageChange[]): void {
    for (const change of changes) {
      const key = change[0];
      const image = change[1];
      const former = this.#images.get(key);
      this.#extracts += Number(image?.is === 'extract') - Number(former?.is === 'extract');
      if (image?.is === 'document') this.#confirmed.set(image.document, image);
      else if (former?.is === 'document') this.#confirmed.delete(former.document);
      if (image) {
        this.#images.set(key, image);
        this.#folder(folderOf(image.document)).add(key);
      } else if (former) {
        this.#images.delete(key);
        this.#folder(folderOf(former.document)).delete(key);
      }
    }
  }

  #folder(folder: FolderId): Set<ImageKey> {
    const keys = this.#byFolder.get(folder) ?? new Set<ImageKey>();
    this.#byFolder.set(folder, keys);
    return keys;
  }

  #keep(document: DocumentId, state: DocState): void {
    this.#parsed.set(document, state);
    if (this.#parsed.size <= PARSED_KEPT) return;
    const oldest = this.#parsed.keys().next();
    if (!oldest.done) this.#parsed.delete(oldest.value);
  }
}

/** Returns the first row of the document's waiting work that does not follow `confirmed`, or null. */
export function firstMisfit(confirmed: DocState, document: DocumentId, outbox: Outbox): OutboxRow | null {
  const pending = outbox.pendingOf(document);
  if (pending.length === 0) return null;
  const state = cloneState(confirmed);
  return pending.find((row) => !applyUpdate(state, row.update).ok) ?? null;
}

function parsedImage(image: DocumentImage): DocState {
  const state = glanceState(image.state);
  assert(state.ok, 'a confirmed document is not of the grammar');
  return state.value;
}
