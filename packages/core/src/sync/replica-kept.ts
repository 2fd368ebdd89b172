/**
 * Envelopes that the Hub has answered, kept for the day on which it comes back from an older backup and has to be given them again. Of
 * what this person may not hold any more nothing is kept but what he handed in himself, sealed to the Hub. Rules KEP-1 … KEP-3, KEP-7.
 */
import type { DocumentId } from '../model/ids.ts';
import type { Verdict } from '../wire/frames.ts';
import type { OutboxRow } from './outbox.ts';
import type { Change } from './replica-change.ts';
import type { ConfirmedOverlay } from './replica-overlay.ts';
import { SEALED_KEPT_MS, type SealedRow } from './sealed-row.ts';

/** Most envelopes kept: some months of one person's work, a few megabytes. */
export const MAX_KEPT = 4_096;

/** An envelope as far as it matters which are kept. */
export type KeptRow = Pick<OutboxRow, 'n' | 'document'>;

/** What a change does to what is kept. */
interface KeptChange {
  readonly keptAdded?: readonly KeptRow[];
  readonly sealedAdded?: readonly Pick<SealedRow, 'n' | 'receivedAtMs'>[];
  readonly keptGone?: readonly number[];
}

/** Which envelopes are kept, and of which documents; their bytes stay on disk. Changed only after the commit that made the change durable. */
export class Kept {
  readonly #documents = new Map<number, DocumentId>();
  /** Sealed ones, by the Hub's time of their answer. */
  readonly #sealed = new Map<number, number>();

  /** Returns the numbers of kept envelopes above `n`, in order. */
  after(n: number): readonly number[] {
    return [...this.#documents.keys()].filter((kept) => kept > n).toSorted((a, b) => a - b);
  }

  /** Returns the numbers of envelopes above `n` that are kept sealed alone, in order. */
  sealedAfter(n: number): readonly number[] {
    const alone = [...this.#sealed.keys()].filter((kept) => kept > n && !this.#documents.has(kept));
    return alone.toSorted((a, b) => a - b);
  }

  /** Returns the numbers of sealed envelopes that were answered before `atMs`. */
  sealedBefore(atMs: number): readonly number[] {
    return [...this.#sealed].flatMap(([n, receivedAtMs]) => (receivedAtMs < atMs ? [n] : []));
  }

  /** Returns the numbers of the document's kept envelopes. */
  of(document: DocumentId): readonly number[] {
    return [...this.#documents].flatMap(([n, of]) => (of === document ? [n] : []));
  }

  /** Follows a commit. */
  follow(change: KeptChange): void {
    const { keptAdded = [], keptGone = [], sealedAdded = [] } = change;
    for (const n of keptGone) {
      this.#documents.delete(n);
      this.#sealed.delete(n);
    }
    for (const { n, receivedAtMs } of sealedAdded) this.#sealed.set(n, receivedAtMs);
    for (const { n, document } of keptAdded) this.#documents.set(n, document);
  }

  /** Returns the numbers of those that are too many once `more` are added. */
  surplus(more: number): readonly number[] {
    const kept = [...new Set([...this.#documents.keys(), ...this.#sealed.keys()])].toSorted((a, b) => a - b);
    return kept.slice(0, Math.max(0, kept.length + more - MAX_KEPT));
  }
}

/** Says whether the Hub gave the envelope no number: the next one takes it, and this one can never be handed in again. Rule KEP-6. */
export function isUncounted({ code }: Verdict): boolean {
  return code === 'chain-broken' || code === 'bad-signature';
}

/** What verdicts have to do with what is kept. */
export interface Answered {
  /** Answered rows that the Hub counts. */
  readonly numbered: readonly OutboxRow[];
  /** Those of them, sealed, that this person may not read back, or not for long. */
  readonly sealed: readonly SealedRow[];
  /** Numbers of sealed rows that can never be handed in again. */
  readonly lost: readonly number[];
}

/** A change that no verdict made. */
export const NOTHING_ANSWERED: Answered = { numbered: [], sealed: [], lost: [] };

/**
 * Returns what a change of documents does to what is kept: answered rows of documents still held stay, sealed ones are added, the words
 * of closed documents go.
 */
export function planKept(
  overlay: ConfirmedOverlay,
  { numbered, sealed, lost }: Answered,
  kept: Kept,
): Pick<Change, 'keptAdded' | 'sealedAdded' | 'keptGone'> {
  const isHeld = (document: DocumentId): boolean => overlay.image(document)?.isClosing === false;
  const keptAdded = numbered.filter(({ document }) => isHeld(document));
  const closed = [...overlay.documents]
    .filter((document) => !isHeld(document))
    .flatMap((document) => kept.of(document));
  const newestMs = sealed.reduce((max, { receivedAtMs }) => Math.max(max, receivedAtMs), 0);
  const surplus = kept.surplus(keptAdded.length + sealed.length);
  const keptGone = [...new Set([...lost, ...closed, ...kept.sealedBefore(newestMs - SEALED_KEPT_MS), ...surplus])];
  const isNothing = keptAdded.length + sealed.length + keptGone.length === 0;
  return isNothing ? {} : { keptAdded, sealedAdded: sealed, keptGone };
}
