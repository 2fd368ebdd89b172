/**
 * States as far as they can be trusted: one that the store cannot open is made anew from what its devices signed, and one that cannot be is
 * left out: a damaged page costs the documents on it, and nobody else anything. Holds ROT-1, ROT-2.
 */
import type { CryptoPort } from '../base/world.ts';
import { applyUpdate, emptyState, encodeState } from '../doc/state.ts';
import type { DocState } from '../doc/state.ts';
import { parseUpdate } from '../doc/update.ts';
import type { DocumentId } from '../model/ids.ts';
import { parseEnvelope } from './envelope.ts';
import type { HubIndex } from './hub-index.ts';
import { DamagedRow } from './ports.ts';
import type { FeedEntry, FeedStore } from './ports.ts';
import { isSignedByItsDevice } from './verify.ts';

/** Where states come from, and who is told of damage. */
export interface SoundPorts {
  readonly store: Pick<FeedStore, 'readStates' | 'readDocumentEntries'>;
  readonly crypto: CryptoPort;
  readonly index: () => HubIndex;
  /** Hears of each damaged document once, in words without content. */
  readonly report: (damage: DamagedRow) => void;
  /** A state was made anew: to be written in its place. */
  readonly mend: (document: DocumentId) => void;
}

const ENTRIES_AT_ONCE = 128;

/** See the file's head. */
export class SoundStates {
  readonly #ports: SoundPorts;
  readonly #mended = new Set<DocumentId>();
  readonly #lost = new Set<DocumentId>();

  constructor(ports: SoundPorts) {
    this.#ports = ports;
  }

  /** Returns how many documents were found to be out of service since the start. */
  get lostCount(): number {
    return this.#lost.size;
  }

  /** As FeedStore.readStates; documents out of service are left out. Rejects with an Outage, never for damage. */
  async readStates(documents: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, Uint8Array>> {
    const asked = documents.filter((document) => !this.#lost.has(document));
    const together = await unlessDamaged(this.#ports.store.readStates(asked));
    if (together) return together;
    const found = new Map<DocumentId, Uint8Array>();
    for (const document of asked) {
      const alone = await unlessDamaged(this.#ports.store.readStates([document]));
      const state = alone ? alone.get(document) : await this.#makeAnew(document);
      if (state) found.set(document, state);
    }
    return found;
  }

  async #makeAnew(document: DocumentId): Promise<Uint8Array | null> {
    const state = await stateOfEntries(document, this.#ports);
    const known = state ? this.#mended : this.#lost;
    if (known.has(document)) return state;
    known.add(document);
    const words = state ? 'a damaged state was made anew' : 'a document is out of service: its log is damaged';
    this.#ports.report(new DamagedRow(words));
    if (state) this.#ports.mend(document);
    return state;
  }
}

/** Returns the state that a document's envelopes make, or null when one of them is damaged or missing. Rejects with an Outage. */
async function stateOfEntries(document: DocumentId, ports: SoundPorts): Promise<Uint8Array | null> {
  const state = emptyState();
  for (let after = 0; ;) {
    const entries = await unlessDamaged(ports.store.readDocumentEntries(document, after, ENTRIES_AT_ONCE));
    if (!entries) return null;
    for (const entry of entries) if (!(await hasFollowed(entry, state, ports))) return null;
    after = entries.at(-1)?.seq ?? after;
    if (entries.length === ENTRIES_AT_ONCE) continue;
    const head = ports.index().head(document);
    return head && after >= head.lastSeq ? encodeState(state) : null;
  }
}

async function hasFollowed(entry: FeedEntry, state: DocState, { crypto, index }: SoundPorts): Promise<boolean> {
  const isSigned = await isSignedByItsDevice(entry, (device) => index().device(device), crypto);
  const parsed = isSigned ? parseEnvelope(entry.body) : null;
  const update = parsed?.ok ? parseUpdate(parsed.value.envelope.update) : null;
  const applied = update?.ok ? applyUpdate(state, update.value) : null;
  return applied?.ok === true && applied.value === 'applied';
}

/** Returns what was read, or null when a row of it is damaged. */
async function unlessDamaged<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof DamagedRow) return null;
    throw error;
  }
}
