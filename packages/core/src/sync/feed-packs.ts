/**
 * Packs for new devices: documents in blocks in order of creation, deflated once for everybody who may see the same of a block. A pack
 * is known by what it holds, so it can never be given to somebody who may see less. Holds FEED-7.
 */
import { encodeAny } from '../base/any.ts';
import { must } from '../base/assert.ts';
import { hexOf } from '../base/bytes.ts';
import type { ReadAccess } from '../policy/decision.ts';
import { signPack } from '../wire/hub-signature.ts';
import { PACK_LIMITS, encodePack } from '../wire/pack.ts';
import type { PackedItem } from '../wire/pack.ts';
import type { DeliveryNote, FeedItems, FeedSources } from './feed-items.ts';
import type { IndexedDocument } from './hub-index.ts';

/** One document of a block and how much of it the audience may hold. */
export interface VisibleDocument {
  readonly document: IndexedDocument;
  readonly access: Exclude<ReadAccess, { readonly access: 'none' }>;
}

/** A ready pack. */
export interface Pack {
  /** Ordinal of its last document. */
  readonly upTo: number;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly notes: readonly DeliveryNote[];
}

interface PackDraft {
  readonly ordinal: number;
  readonly item: PackedItem;
  readonly sizeBytes: number;
  readonly note: DeliveryNote | null;
}

const SHELF_BYTES = 48 * 1024 * 1024;
const FULL_BYTES = PACK_LIMITS.maxInflatedBytes - 256 * 1024;

/** Keeps packs while there is room, the latest used last to go. */
export class PackShelf {
  readonly #sources: FeedSources;
  readonly #items: FeedItems;
  readonly #shelf = new Map<string, { readonly packs: Promise<readonly Pack[]>; sizeBytes: number }>();
  #sizeBytes = 0;

  constructor(sources: FeedSources, items: FeedItems) {
    this.#sources = sources;
    this.#items = items;
  }

  /** Returns the packs of what is visible of one block, in order; made at most once for the same content. Rejects with an Outage. */
  packsOf(visible: readonly VisibleDocument[]): Promise<readonly Pack[]> {
    const key = this.#keyOf(visible);
    const known = this.#shelf.get(key);
    if (known) {
      this.#shelf.delete(key);
      this.#shelf.set(key, known);
      return known.packs;
    }
    const made = { packs: this.#make(visible), sizeBytes: 0 };
    this.#shelf.set(key, made);
    made.packs.then(
      (packs) => this.#count(key, made, packs),
      () => this.#shelf.delete(key),
    );
    return made.packs;
  }

  #keyOf(visible: readonly VisibleDocument[]): string {
    const { world } = this.#sources;
    const parts = visible.map(({ document: { head }, access }) => {
      return [head.ordinal, head.lastSeq, access.access === 'extract' ? access.extract : ''];
    });
    return hexOf(world.crypto.sha256(encodeAny(parts)));
  }

  #count(key: string, made: { sizeBytes: number }, packs: readonly Pack[]): void {
    if (this.#shelf.get(key) !== made) return;
    made.sizeBytes = packs.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.#sizeBytes += made.sizeBytes;
    for (const [oldest, { sizeBytes }] of this.#shelf) {
      if (this.#sizeBytes <= SHELF_BYTES || oldest === key) return;
      this.#shelf.delete(oldest);
      this.#sizeBytes -= sizeBytes;
    }
  }

  async #make(visible: readonly VisibleDocument[]): Promise<readonly Pack[]> {
    const drafts = await this.#draft(visible);
    const packs: Pack[] = [];
    let part: PackDraft[] = [];
    let sizeBytes = 0;
    for (const draft of drafts) {
      if (part.length > 0 && sizeBytes + draft.sizeBytes > FULL_BYTES) {
        packs.push(...(await this.#pack(part)));
        part = [];
        sizeBytes = 0;
      }
      part.push(draft);
      sizeBytes += draft.sizeBytes;
    }
    return part.length > 0 ? [...packs, ...(await this.#pack(part))] : packs;
  }

  async #draft(visible: readonly VisibleDocument[]): Promise<readonly PackDraft[]> {
    const whole = visible.filter(({ access }) => access.access === 'whole');
    const states = await this.#sources.store.readStates(whole.map(({ document }) => document.head.document));
    const drafts: PackDraft[] = [];
    for (const { document, access } of visible) {
      const { ordinal, document: id, owner, lastAtMs, lastSeq, number, firstAtMs, firstSkewMs } = document.head;
      if (access.access === 'whole') {
        const state = states.get(id);
        // out of service: left out, and the others are served
        if (!state) continue;
        const note = { document: id, seq: lastSeq, writers: [owner] };
        const item: PackedItem = ['s', id, owner, lastAtMs, state, number, firstAtMs, firstSkewMs];
        drafts.push({ ordinal, item, sizeBytes: state.length + 128, note });
      } else {
        const json = await this.#items.extractJson(document, access.extract);
        // the pack's signature covers it
        const item: PackedItem = [
          'x',
          id,
          access.extract,
          this.#sources.world.nowMs(),
          json ?? '{}',
          new Uint8Array(0),
        ];
        if (json !== null) drafts.push({ ordinal, item, sizeBytes: json.length * 3 + 128, note: null });
      }
    }
    return drafts;
  }

  /** Halves until each part fits a frame. */
  async #pack(drafts: readonly PackDraft[]): Promise<readonly Pack[]> {
    const { world, signer } = this.#sources;
    const bytes = await encodePack(
      drafts.map(({ item }) => item),
      world.deflate,
    );
    if (bytes.length > PACK_LIMITS.maxDeflatedBytes && drafts.length > 1) {
      const middle = drafts.length >> 1;
      return [...(await this.#pack(drafts.slice(0, middle))), ...(await this.#pack(drafts.slice(middle)))];
    }
    const upTo = must(drafts.at(-1), 'a document in a pack').ordinal;
    const notes = drafts.flatMap(({ note }) => (note ? [note] : []));
    return [{ upTo, bytes, signature: await signPack(bytes, signer), notes }];
  }
}
