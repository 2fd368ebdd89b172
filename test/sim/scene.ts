/** The commune as it lies there after all has healed, read once for all checks: the Feed taken apart, every document made anew from it. */
import { applyUpdate, type DocState, emptyState, parseState } from '@chungtay/core/doc/state';
import { type DocUpdate, parseUpdate } from '@chungtay/core/doc/update';
import type { DocumentId } from '@chungtay/core/model/ids';
import { parseEnvelope, type SignedEnvelope, verifyEnvelope } from '@chungtay/core/sync/envelope';
import type { DocumentHead, FeedEntry, FeedImage } from '@chungtay/core/sync/ports';
import { nodeCrypto } from '../fixtures/world.ts';
import type { Commune } from './commune.ts';

/** One envelope of the Feed, taken apart. */
export interface Told {
  readonly entry: FeedEntry;
  readonly document: DocumentId;
  readonly signed: SignedEnvelope;
  readonly update: DocUpdate;
  readonly isSigned: boolean;
}

/** See the file's head. */
export interface Scene {
  readonly commune: Commune;
  readonly image: FeedImage;
  readonly heads: ReadonlyMap<DocumentId, DocumentHead>;
  readonly entries: readonly FeedEntry[];
  readonly told: readonly Told[];
  /** `<document> <op>` → the envelope that wrote the value. */
  readonly sources: ReadonlyMap<string, Told>;
  /** Seqs of entries that are no envelope of the grammar. */
  readonly unreadable: readonly number[];
  /** As the Hub serves them. */
  readonly states: ReadonlyMap<DocumentId, DocState>;
  /** As the envelopes make them, in the order of the Feed. */
  readonly rebuilt: ReadonlyMap<DocumentId, DocState>;
  /** Seqs of envelopes that do not follow what was before them. */
  readonly unfit: readonly number[];
}

/** Returns the scene of now. */
export async function sceneOf(commune: Commune): Promise<Scene> {
  const { store } = commune;
  const image = await store.load();
  const entries = await store.readEntries(0, image.headSeq, image.headSeq);
  const keys = new Map(image.devices.map(({ device, signKey }) => [device as string, signKey]));
  const told: Told[] = [];
  const unreadable: number[] = [];
  for (const entry of entries) {
    if (entry.type !== 'envelope' || !entry.document) continue;
    const parts = await takenApart(entry, entry.document, keys);
    if (parts) told.push(parts);
    else unreadable.push(entry.seq);
  }
  const documents = image.documents.map(({ document }) => document);
  const states = new Map<DocumentId, DocState>();
  for (const [document, bytes] of await store.readStates(documents)) {
    const state = parseState(bytes);
    if (state.ok) states.set(document, state.value);
  }
  const heads = new Map(image.documents.map((head) => [head.document, head]));
  const sources = new Map(
    told.flatMap((one) => one.update.items.map(({ op }) => [`${one.document} ${op}`, one] as const)),
  );
  return { commune, image, heads, entries, told, sources, unreadable, states, ...replay(told) };
}

async function takenApart(
  entry: FeedEntry,
  document: DocumentId,
  keys: ReadonlyMap<string, Uint8Array>,
): Promise<Told | null> {
  const signed = parseEnvelope(entry.body);
  const update = signed.ok ? parseUpdate(signed.value.envelope.update) : null;
  if (!signed.ok || !update?.ok) return null;
  const key = entry.device && keys.get(entry.device);
  const isSigned = !!key && (await verifyEnvelope(signed.value, key, nodeCrypto));
  return { entry, document, signed: signed.value, update: update.value, isSigned };
}

function replay(told: readonly Told[]): Pick<Scene, 'rebuilt' | 'unfit'> {
  const rebuilt = new Map<DocumentId, DocState>();
  const unfit: number[] = [];
  for (const { entry, document, update } of told) {
    const state = rebuilt.get(document) ?? emptyState();
    rebuilt.set(document, state);
    const applied = applyUpdate(state, update);
    if (!applied.ok || applied.value !== 'applied') unfit.push(entry.seq);
  }
  return { rebuilt, unfit };
}
