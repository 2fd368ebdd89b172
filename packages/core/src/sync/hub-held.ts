/** What became of held edits, for who wrote them: whether somebody decided, who and when; nothing of the file. Rule ADM-19. */
import { equalBytes } from '../base/bytes.ts';
import { readField, valueOf } from '../doc/read.ts';
import type { DocState } from '../doc/state.ts';
import { documentLabelParts } from '../kinds/registry.ts';
import { heldKindFor } from '../model/held.ts';
import type { DocumentId } from '../model/ids.ts';
import { documentIdOf, ulidOfBytes } from '../model/ids.ts';
import { hasEnded } from '../policy/access.ts';
import type { HeldAsk, HeldDecision } from '../wire/frames.ts';
import { parseVerdict } from './admission-order.ts';
import type { Reader } from './feed-plan.ts';
import type { HubCore } from './hub-core.ts';
import { principalOf } from './hub-index.ts';

/** More cards than one envelope can fill. */
const MAX_CARDS = 16;

/** Returns the document that keeps the `card`-th part of a held envelope: named by its hash, so that nobody has to remember which it was. */
export function heldCardOf(document: DocumentId, hash: Uint8Array, card: number): DocumentId | null {
  const parts = documentLabelParts(document);
  const kind = parts && heldKindFor(parts.compartment);
  const bytes = hash.slice(0, 16);
  bytes[15] = (bytes[15] ?? 0) ^ card;
  return parts && kind ? documentIdOf(parts.folder, kind, ulidOfBytes(bytes)) : null;
}

/** Returns what was decided about those of the reader's own held envelopes that he names; nothing to somebody whose work has ended. Rejects with an Outage. */
export async function heldDecisions(
  reader: Reader,
  asked: readonly HeldAsk[],
  core: HubCore,
): Promise<readonly HeldDecision[]> {
  const person = core.index().member(reader.member);
  if (!person || hasEnded(principalOf(person), core.options.world.nowMs())) return [];
  const decisions: HeldDecision[] = [];
  for (const [n, document, hash] of asked) {
    const judged = await core.options.store.readJudged(reader.device, n);
    // of what was handed in nobody is told what became of it
    const isOwn = judged !== null && equalBytes(judged.hash, hash);
    const isHeld = isOwn && parseVerdict(judged.verdict).verdict === 'held';
    const cards = isHeld ? await cardsOf(document as DocumentId, hash, core) : [];
    const decision = decisionOf(cards);
    if (decision) decisions.push([hash, ...decision]);
  }
  return decisions;
}

interface Card {
  readonly state: DocState;
  /** The Hub's time of its newest entry. */
  readonly atMs: number;
}

async function cardsOf(document: DocumentId, hash: Uint8Array, core: HubCore): Promise<readonly Card[]> {
  const cards: Card[] = [];
  for (let card = 0; card < MAX_CARDS; card += 1) {
    const id = heldCardOf(document, hash, card);
    const head = id && core.index().head(id);
    if (!head) return cards;
    const state = (await core.states.load([head.document])).get(head.document);
    // out of service: of what it says nothing is told
    if (!state) return [];
    cards.push({ state, atMs: head.lastAtMs });
  }
  return cards;
}

/** What all cards say together; null while one of them waits. */
function decisionOf(
  cards: readonly Card[],
): readonly ['accepted' | 'declined' | 'partly', member: number, atMs: number] | null {
  const outcomes = new Set<unknown>();
  let latest: readonly [member: number, atMs: number] = [0, 0];
  for (const { state, atMs } of cards) {
    const outcome = valueOf(state, 'outcome');
    const [entry] = readField(state, 'outcome')?.live ?? [];
    if (outcome === null || !entry) return null;
    outcomes.add(outcome);
    if (atMs >= latest[1]) latest = [entry.member, atMs];
  }
  if (outcomes.size === 0) return null;
  const all = outcomes.size > 1 ? 'partly' : outcomes.has('accepted') ? 'accepted' : 'declined';
  return [all, ...latest];
}
