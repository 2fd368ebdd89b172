/** Rows derived from documents, kept until their document changes. */
import type { DocState } from '../doc/state.ts';
import type { DocumentId } from '../model/ids.ts';
import type { ReplicaCore } from './replica-core.ts';
import { documentsHeld, glanceHeld, type HeldDocument, heldWith } from './replica-reading.ts';

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
    core.subscribe((changed, states) => {
      for (const document of changed) this.#follow(document, states.get(document));
    });
  }

  /** Returns the row of every document that has one and is not out of sight. */
  all(isOut: (document: DocumentId) => boolean): readonly Row[] {
    const { holdings } = this.#core.memory;
    if (!this.#isComplete) {
      for (const document of documentsHeld(holdings)) if (!this.#rows.has(document)) this.#stale.add(document);
      this.#isComplete = true;
    }
    for (const document of this.#stale) this.#refresh(document);
    const rows: Row[] = [];
    for (const [document, row] of this.#rows) if (row !== null && !isOut(document)) rows.push(row);
    return rows;
  }

  /** Returns the row of one document, or null. */
  one(document: DocumentId): Row | null {
    if (this.#stale.has(document) || !this.#rows.has(document)) this.#refresh(document);
    return this.#rows.get(document) ?? null;
  }

  /** A document that has just been read is not read again for its row. */
  #follow(document: DocumentId, state: DocState | undefined): void {
    const held = state && heldWith(document, state, this.#core.memory.holdings);
    if (!held) {
      this.#stale.add(document);
      return;
    }
    this.#rows.set(document, this.#rowOf(held));
    this.#stale.delete(document);
  }

  #refresh(document: DocumentId): void {
    const held = glanceHeld(document, this.#core.memory.holdings);
    this.#stale.delete(document);
    if (held) this.#rows.set(document, this.#rowOf(held));
    else this.#rows.delete(document);
  }
}
