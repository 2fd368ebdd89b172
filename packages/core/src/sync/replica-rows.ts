/** Rows derived from documents, kept until their document changes. */
import type { DocumentId } from '../model/ids.ts';
import type { ReplicaCore } from './replica-core.ts';
import { type HeldDocument, readHeld, walkHeld } from './replica-reading.ts';

/** A cache of one row per document; null rows are remembered too. */
export class ReplicaRows<Row> {
  #isComplete = false;
  readonly #core: ReplicaCore;
  readonly #rowOf: (held: HeldDocument) => Row | null;
  readonly #rows = new Map<DocumentId, Row | null>();
  readonly #stale = new Set<DocumentId>();

  constructor(core: ReplicaCore, rowOf: (held: HeldDocument) => Row | null) {
    this.#core = core;
    this.#rowOf = rowOf;
    core.subscribe((changed) => {
      for (const document of changed) this.#stale.add(document);
    });
  }

  /** Returns the row of every document that has one. */
  all(): readonly Row[] {
    const { holdings } = this.#core.memory;
    if (!this.#isComplete) {
      for (const held of walkHeld(holdings)) this.#rows.set(held.document, this.#rowOf(held));
      this.#isComplete = true;
      this.#stale.clear();
    }
    for (const document of this.#stale) this.#refresh(document);
    return [...this.#rows.values()].filter((row) => row !== null);
  }

  /** Returns the row of one document, or null. */
  one(document: DocumentId): Row | null {
    if (this.#stale.has(document) || !this.#rows.has(document)) this.#refresh(document);
    return this.#rows.get(document) ?? null;
  }

  #refresh(document: DocumentId): void {
    const held = readHeld(document, this.#core.memory.holdings);
    this.#stale.delete(document);
    if (held) this.#rows.set(document, this.#rowOf(held));
    else this.#rows.delete(document);
  }
}
