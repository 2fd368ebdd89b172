/**
 * A document's past, fetched from the Hub part by part and checked as far as a device can: the Hub's signature of each part, the grammar of
 * every update, its author, that each follows the one before, and that together they make what the device holds. Kept by nobody but who
 * asked, in memory. Rules HIS-6, HIS-7.
 */
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { PublicKey, World } from '../base/world.ts';
import type { DocState } from '../doc/state.ts';
import { applyUpdate, cloneState, emptyState, parseState } from '../doc/state.ts';
import type { DocUpdate } from '../doc/update.ts';
import { parseUpdate } from '../doc/update.ts';
import type { DocumentId } from '../model/ids.ts';
import type { HistoryAnswer, HistoryPart } from '../wire/frames.ts';
import { verifyHistory } from '../wire/hub-signature.ts';

/** What became of a document, as far as this person may see. */
export interface DocumentPast {
  /** The document before the first update; null when that is its beginning. */
  readonly base: DocState | null;
  /** Oldest first; all of them follow. */
  readonly updates: readonly DocUpdate[];
}

/** Why there is none: no connection, asked too fast, nothing that this person may see, or an answer that cannot be true. */
export type PastFailure = 'offline' | 'too-fast' | 'nothing' | 'malformed';

/** Asks for the part that begins at `next`; null when no answer comes. */
export type AskPart = (document: DocumentId, next: Uint8Array) => Promise<HistoryAnswer | null>;

/** What checking needs. */
export interface PastParts {
  readonly ask: AskPart;
  readonly hub: PublicKey;
  readonly world: Pick<World, 'crypto'>;
}

/** Bounds of what is believed to be one document's past, well above what a Hub tells. */
const LIMITS = { entries: 4_000, bytes: 8 * 1024 * 1024 } as const;

/** Returns the past of a document whose confirmed state on this device is `held`. */
export async function fetchPast(
  document: DocumentId,
  held: DocState,
  { ask, hub, world }: PastParts,
): Promise<Result<DocumentPast, PastFailure>> {
  const reading = new PastReading();
  for (let after: Uint8Array = new Uint8Array(0); ;) {
    const answer = await ask(document, after);
    if (!answer) return err('offline');
    const { part, signature, isTooFast } = answer;
    if (!part) return err(isTooFast ? 'too-fast' : 'nothing');
    const isSigned = await verifyHistory({ document, after, part }, signature, hub, world.crypto);
    if (!isSigned || !reading.take(part, after.length === 0)) return err('malformed');
    if (part.next.length === 0) return reading.agreesWith(held) ? ok(reading.past()) : err('malformed');
    after = part.next;
  }
}

/** The parts taken so far. */
class PastReading {
  #base: DocState | null = null;
  #state: DocState = emptyState();
  #sizeBytes = 0;
  readonly #updates: DocUpdate[] = [];

  /** Takes the next part; says false when it is none. */
  take({ base, entries, next }: HistoryPart, isFirst: boolean): boolean {
    if (base !== null && !(isFirst && this.#begin(base))) return false;
    // a part that leads on without telling anything would lead on for ever
    if (next.length > 0 && entries.length === 0) return false;
    return entries.every(([member, , bytes]) => this.#add(member, bytes));
  }

  past(): DocumentPast {
    return { base: this.#base, updates: this.#updates };
  }

  /**
   * Says whether the past ends in what is held. One of the two may be ahead, when something was committed meanwhile: then nothing can be
   * said; but where both stand at the same place they stand alike.
   */
  agreesWith(held: DocState): boolean {
    const { clocks, live } = this.#state;
    const isSamePlace =
      clocks.size === held.clocks.size && [...clocks].every(([client, clock]) => held.clocks.get(client) === clock);
    return !isSamePlace || (live.size === held.live.size && [...live.keys()].every((op) => held.live.has(op)));
  }

  #begin(bytes: Uint8Array): boolean {
    const state = parseState(bytes);
    if (!state.ok) return false;
    this.#base = state.value;
    this.#state = cloneState(state.value);
    return true;
  }

  #add(member: number, bytes: Uint8Array): boolean {
    this.#sizeBytes += bytes.length;
    if (this.#updates.length >= LIMITS.entries || this.#sizeBytes > LIMITS.bytes) return false;
    const update = parseUpdate(bytes);
    if (!update.ok || update.value.items.some((item) => item.member !== member)) return false;
    const applied = applyUpdate(this.#state, update.value);
    this.#updates.push(update.value);
    return applied.ok && applied.value === 'applied';
  }
}
