/** Which agencies hold a document, as the Hub records it. */
import type { DocumentId } from '../model/ids.ts';
import type { Change } from './replica-change.ts';
import type { ReplicaMemory } from './replica-memory.ts';
import { ConfirmedOverlay } from './replica-overlay.ts';

/** One agency's receipt: document, agency, the Hub's time. */
export type Receipt = readonly [document: string, agency: string, atMs: number];

/** More agencies than there are: what a Hub says beyond that is not kept. */
const MAX_RECEIPTS = 64;

/** Returns the change that receipts make: one line per agency, the first stands, since the law asks "since when"; nothing about documents that are not held. */
export function planReceipts(receipts: readonly Receipt[], memory: ReplicaMemory): Change {
  const overlay = new ConfirmedOverlay(memory);
  for (const [text, agency, atMs] of receipts) {
    const document = text as DocumentId;
    const former = overlay.image(document)?.receipts ?? [];
    if (former.length >= MAX_RECEIPTS || former.some(([name]) => name === agency)) continue;
    overlay.amend(document, { receipts: [...former, [agency, atMs]] });
  }
  return { images: overlay.changes() };
}
