/** From what is planned to what travels: reads states, derives extracts, and notes which documents a frame puts into a device's hands. */
import { assert, unreachable } from '../base/assert.ts';
import type { Signer, World } from '../base/world.ts';
import { EXTRACTS, extractOf } from '../derive/extract.ts';
import type { DocState } from '../doc/state.ts';
import { parseUpdate } from '../doc/update.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import type { ExtractId } from '../policy/extract-ids.ts';
import type { FeedItem } from '../wire/frames.ts';
import { signExtract } from '../wire/hub-signature.ts';
import { parseEnvelope } from './envelope.ts';
import type { PlannedItem } from './feed-plan.ts';
import type { IndexedDocument } from './hub-index.ts';
import type { StateCache } from './hub-states.ts';
import { stateOf } from './hub-states.ts';
import type { FeedEntry, FeedStore } from './ports.ts';

/** That a frame carries a whole document: once acknowledged, the reader's agency holds it. */
export interface DeliveryNote {
  readonly document: DocumentId;
  readonly seq: number;
  /** Who wrote what the frame carries of it, as far as the frame says. */
  readonly writers: readonly MemberNumber[];
}

/** Items of one planned step, with their size on the wire. */
export interface FilledItem {
  readonly ordinal: number;
  readonly items: readonly FeedItem[];
  readonly sizeBytes: number;
  readonly note: DeliveryNote | null;
}

/** What filling needs. */
export interface FeedSources {
  /** Leaves out documents that are out of service. */
  readonly store: Pick<FeedStore, 'readStates'>;
  readonly states: StateCache;
  readonly world: World;
  readonly signer: Signer;
}

const EXTRACTS_KEPT = 20_000;
const ITEM_OVERHEAD_BYTES = 96;

/** Makes items. Shared by all sessions: what it remembers of extracts is theirs together. */
export class FeedItems {
  readonly #sources: FeedSources;
  /** Extract → what it said, and since which seq at the latest. */
  readonly #said = new Map<string, { readonly json: string; readonly sinceSeq: number }>();

  /** Updates that were read out of their envelopes: all readers of a change get the same one. */
  readonly #read = new WeakMap<FeedEntry, Uint8Array>();

  constructor(sources: FeedSources) {
    this.#sources = sources;
  }

  /** Returns the items of a planned step without waiting; null when something has to be read or signed for them. */
  makeAtOnce(planned: PlannedItem): FilledItem | null {
    const { ordinal, document } = planned.document.head;
    switch (planned.send) {
      case 'closed':
        return { ordinal, items: [['c', document]], sizeBytes: ITEM_OVERHEAD_BYTES, note: null };
      case 'updates':
        return this.#updates(planned.document, planned.entries);
      case 'state':
        return null;
      case 'extract':
        return planned.since !== null && !mayChange(planned.extract, planned.since) ? nothingOf(ordinal) : null;
      default:
        return unreachable(planned);
    }
  }

  /** Returns the items of a planned step; `fromSeq` is where the device stands, `headSeq` where the Hub does. Rejects with an Outage. */
  async make(planned: PlannedItem, fromSeq: number, headSeq: number): Promise<FilledItem> {
    const made = this.makeAtOnce(planned);
    if (made) return made;
    if (planned.send !== 'extract') return this.#state(planned.document);
    const { document, extract, since } = planned;
    const state = await this.#stateOf(document);
    const json = state && jsonOf(document, extract, state);
    if (!state || this.#isUnchanged(planned, json, fromSeq, headSeq)) return nothingOf(document.head.ordinal);
    return this.#extract(document, extract, json, since !== null);
  }

  /** Returns the JSON text of an extract, or null when there is nothing to tell, or nothing can be told now. */
  async extractJson(document: IndexedDocument, extract: ExtractId): Promise<string | null> {
    const state = await this.#stateOf(document);
    return state && jsonOf(document, extract, state);
  }

  /** Null for a document out of service. */
  async #stateOf({ head }: IndexedDocument): Promise<DocState | null> {
    const { states, store } = this.#sources;
    const kept = states.peek(head.document);
    if (kept) return kept;
    const bytes = (await store.readStates([head.document])).get(head.document);
    return bytes ? stateOf(bytes) : null;
  }

  #updates({ head }: IndexedDocument, entries: readonly FeedEntry[]): FilledItem {
    const { document, ordinal, number } = head;
    let sizeBytes = 0;
    const items = entries.map((entry): FeedItem => {
      const update = this.#read.get(entry) ?? updateOf(entry);
      this.#read.set(entry, update);
      sizeBytes += update.length + ITEM_OVERHEAD_BYTES;
      return ['u', document, entry.member, entry.atMs, update, number];
    });
    const writers = [...new Set(entries.map(({ member }) => member))];
    return { ordinal, items, sizeBytes, note: { document, seq: entries.at(-1)?.seq ?? head.lastSeq, writers } };
  }

  async #state({ head }: IndexedDocument): Promise<FilledItem> {
    const { document, ordinal, owner, lastAtMs, lastSeq, number, firstAtMs, firstSkewMs } = head;
    const state = (await this.#sources.store.readStates([document])).get(document);
    if (!state) return nothingOf(ordinal);
    return {
      ordinal,
      items: [['s', document, owner, lastAtMs, state, number, firstAtMs, firstSkewMs]],
      sizeBytes: state.length + ITEM_OVERHEAD_BYTES,
      note: { document, seq: lastSeq, writers: [owner] },
    };
  }

  async #extract(
    { head }: IndexedDocument,
    extract: ExtractId,
    json: string | null,
    wasSent: boolean,
  ): Promise<FilledItem> {
    const { ordinal, document } = head;
    // not the time of the last change: that may be one the reader must not know of
    const atMs = this.#sources.world.nowMs();
    if (json === null) {
      return { ordinal, items: wasSent ? [['c', document]] : [], sizeBytes: ITEM_OVERHEAD_BYTES, note: null };
    }
    const signature = await signExtract({ document, extract, atMs, json }, this.#sources.signer);
    const sizeBytes = json.length * 3 + ITEM_OVERHEAD_BYTES * 2;
    return { ordinal, items: [['x', document, extract, atMs, json, signature]], sizeBytes, note: null };
  }

  /** Unknown counts as changed: after a restart one extract may travel twice, never be missed. */
  #isUnchanged(
    { document, extract, since }: Extract<PlannedItem, { send: 'extract' }>,
    json: string | null,
    fromSeq: number,
    headSeq: number,
  ): boolean {
    const key = `${document.head.document} ${extract}`;
    const said = this.#said.get(key);
    const text = json ?? '';
    if (said?.json === text) return since !== null && said.sinceSeq <= fromSeq;
    if (this.#said.size >= EXTRACTS_KEPT) this.#said.clear();
    this.#said.set(key, { json: text, sinceSeq: headSeq });
    return false;
  }
}

function nothingOf(ordinal: number): FilledItem {
  return { ordinal, items: [], sizeBytes: 0, note: null };
}

function jsonOf({ parts }: IndexedDocument, extract: ExtractId, state: DocState): string | null {
  const values = extractOf(extract, parts.kind, state);
  return values && JSON.stringify(values);
}

function updateOf({ body }: FeedEntry): Uint8Array {
  const parsed = parseEnvelope(body);
  assert(parsed.ok, 'a stored envelope is damaged');
  return parsed.value.envelope.update;
}

/** Says whether one of the entries writes a field that the extract looks at. */
function mayChange(extract: ExtractId, entries: readonly FeedEntry[]): boolean {
  const from = EXTRACTS[extract]?.from ?? [];
  return entries.some(({ body }) => {
    const parsed = parseEnvelope(body);
    const update = parsed.ok ? parseUpdate(parsed.value.envelope.update) : null;
    return !update?.ok || update.value.items.some(({ field }) => from.includes(field.name));
  });
}
