/**
 * Envelopes that the Hub has answered, kept for the day on which it comes back from an older backup and has to be given them again. Of
 * what this person may not hold any more nothing is kept. Rules KEP-1 … KEP-3.
 */
import type { DocumentId } from '../model/ids.ts';
import type { OutboxRow } from './outbox.ts';
import type { Change } from './replica-change.ts';
import type { ConfirmedOverlay } from './replica-overlay.ts';

/** Most envelopes kept: some months of one person's work, a few megabytes. */
export const MAX_KEPT = 4_096;

/** An envelope as far as it matters which are kept. */
export type KeptRow = Pick<OutboxRow, 'n' | 'document'>;

/** Which envelopes are kept, and of which documents; their bytes stay on disk. Changed only after the commit that made the change durable. */
export class Kept {
  readonly #documents = new Map<number, DocumentId>();

  /** Returns the numbers of kept envelopes above `n`, in order. */
  after(n: number): readonly number[] {
    return [...this.#documents.keys()].filter((kept) => kept > n).toSorted((a, b) => a - b);
  }

  /** Returns the numbers of the document's kept envelopes. */
  of(document: DocumentId): readonly number[] {
    return [...this.#documents].flatMap(([n, of]) => (of === document ? [n] : []));
  }

  /** Follows a commit. */
  follow(change: { readonly keptAdded?: readonly KeptRow[]; readonly keptGone?: readonly number[] }): void {
    const { keptAdded = [], keptGone = [] } = change;
    for (const n of keptGone) this.#documents.delete(n);
    for (const { n, document } of keptAdded) this.#documents.set(n, document);
  }

  /** Returns the numbers of those that are too many once `more` are added. */
  surplus(more: number): readonly number[] {
    return this.after(0).slice(0, Math.max(0, this.#documents.size + more - MAX_KEPT));
  }
}

/** Returns what a change of documents does to what is kept: answered rows of documents still held stay, the words of closed ones go. */
export function planKept(
  overlay: ConfirmedOverlay,
  answered: readonly OutboxRow[],
  kept: Kept,
): Pick<Change, 'keptAdded' | 'keptGone'> {
  const isHeld = (document: DocumentId): boolean => overlay.image(document)?.isClosing === false;
  const keptAdded = answered.filter(({ document }) => isHeld(document));
  const closed = [...overlay.documents]
    .filter((document) => !isHeld(document))
    .flatMap((document) => kept.of(document));
  const keptGone = [...new Set([...closed, ...kept.surplus(keptAdded.length)])];
  return keptAdded.length + keptGone.length === 0 ? {} : { keptAdded, keptGone };
}
