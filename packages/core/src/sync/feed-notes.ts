/** What the frames on their way to one device will have put into its hands, until it says which of them it holds. */
import { equalBytes } from '../base/bytes.ts';
import type { DeliveryNote } from './feed-items.ts';

/** Frames that are remembered while they are not acknowledged; a receipt of an older one is found when the device comes back. */
const KEPT = 512;

/** See the file's head. */
export class DeliveryNotes {
  #sent: { readonly cursor: Uint8Array; readonly notes: readonly DeliveryNote[] }[] = [];

  /** Remembers what the frame with this cursor carries. */
  add(cursor: Uint8Array, notes: readonly DeliveryNote[]): void {
    if (notes.length > 0) this.#sent.push({ cursor, notes });
    if (this.#sent.length > KEPT) this.#sent.shift();
  }

  /** Forgets a frame that did not go. */
  drop(cursor: Uint8Array): void {
    this.#sent = this.#sent.filter((sent) => sent.cursor !== cursor);
  }

  /** Returns what the device holds by its acknowledgement of `cursor`, and forgets it; nothing for a cursor not of this session. */
  take(cursor: Uint8Array): readonly DeliveryNote[] {
    const at = this.#sent.findLastIndex((sent) => equalBytes(sent.cursor, cursor));
    return this.#sent.splice(0, at + 1).flatMap(({ notes }) => notes);
  }

  /** Forgets everything. */
  clear(): void {
    this.#sent = [];
  }
}
