/** Had its author the right when he wrote it? At the cursor he had seen, or when the Hub stored his own last word in the document. Holds ADM-12. */
import { must } from '../base/assert.ts';
import { documentLabelParts } from '../kinds/registry.ts';
import type { Principal } from '../model/principal.ts';
import { decide, readAccess } from '../policy/access.ts';
import { labelIn, missingRight } from './admission-rights.ts';
import type { RightsQuestion } from './admission-rights.ts';
import type { Moment, Standing } from './cursor.ts';
import type { Envelope } from './envelope.ts';
import { principalOf } from './hub-index.ts';
import type { Overlay } from './hub-overlay.ts';
import type { FeedStore } from './ports.ts';

/** Where the past is read. */
export type PastStore = Pick<FeedStore, 'readMemberAt' | 'readScopeAt' | 'readStored'>;

/** How many of a device's envelopes are looked through for its last word in a document. */
const LOOKED_BACK = 64;

/** Returns the appointment by which the edit would have been admitted at a moment that its author certainly knew of, or null. Rejects with an Outage. */
export async function rightThen(
  question: RightsQuestion,
  envelope: Envelope,
  seen: Standing | null,
  overlay: Overlay,
  store: PastStore,
): Promise<Principal | null> {
  const known = seen?.epoch === overlay.epoch ? seen.base : null;
  const asSeen = known && (await allowedAs(question, known, known, overlay, store));
  if (asSeen) return asSeen;
  const own = await lastOwnWord(envelope, overlay, store);
  return own && allowedAs(question, own, known, overlay, store);
}

async function allowedAs(
  question: RightsQuestion,
  then: Moment,
  seen: Moment | null,
  overlay: Overlay,
  store: PastStore,
): Promise<Principal | null> {
  const parts = must(documentLabelParts(question.document), 'a document of a known kind');
  const row = await store.readMemberAt(question.principal.member, then.seq);
  if (!row) return null;
  const scope = await store.readScopeAt(parts.folder, then.seq);
  const head = overlay.head(question.document);
  const existing = head && head.ordinal <= then.documents ? head : null;
  const picture = { head: () => existing, scope: () => scope };
  const principal = principalOf(row);
  if (missingRight({ ...question, principal, nowMs: then.atMs }, picture, decide) !== null) return null;
  // who could write and not read handed it in: having seen that it arrived, he knew that it was closed
  const isFiler = readAccess(principal, labelIn(picture, parts, principal.member), then.atMs).access === 'none';
  const isClosed = isFiler && existing !== null && seen !== null && existing.ordinal <= seen.documents;
  return isClosed ? null : principal;
}

async function lastOwnWord(
  { device, n, document }: Envelope,
  overlay: Overlay,
  store: PastStore,
): Promise<Moment | null> {
  for (let before = n - 1; before > Math.max(0, n - 1 - LOOKED_BACK); before -= 1) {
    const entry = await store.readStored(device, before);
    if (entry?.document === document)
      return { seq: entry.seq, atMs: entry.atMs, documents: overlay.index.documentCount };
  }
  return null;
}
