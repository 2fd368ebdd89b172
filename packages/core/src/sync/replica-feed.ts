/** What a feed frame changes. Pure: reads memory, returns the change. Rules REP-1 … REP-4, REP-7. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { type DocState, nextClock } from '../doc/state.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import { extractKey, type Image, imageKeyOf } from './device-images.ts';
import type { Position } from './device-meta.ts';
import { fallOf, type OutboxRow } from './outbox.ts';
import { type QuarantineRecord, quarantineRecordOf } from './quarantine.ts';
import type { Change } from './replica-change.ts';
import type { Planned } from './replica-core.ts';
import type { FeedStep, ParsedFeed } from './replica-feed-parse.ts';
import { firstMisfit } from './replica-holdings.ts';
import { NOTHING_ANSWERED, planKept } from './replica-kept.ts';
import type { ReplicaMemory } from './replica-memory.ts';
import { ConfirmedOverlay } from './replica-overlay.ts';

/** Where the feed stands after a frame. */
export interface FeedMark {
  readonly cursor: Uint8Array;
  /** No further frame follows at once: a full download is complete with this one. */
  readonly isLast: boolean;
}

/**
 * Returns the change that a frame makes, cursor included. `gap` when an update leans on something that never arrived, or a state is older
 * than what is held: device and Hub disagree on what the device has, and everything is fetched again.
 */
export function planFeed(
  { steps, packs }: ParsedFeed,
  mark: FeedMark,
  memory: ReplicaMemory,
  member: MemberNumber,
): Result<Planned, 'gap'> {
  const overlay = new ConfirmedOverlay(memory);
  for (const step of steps) if (!applyStep(step, overlay, memory, member)) return err('gap');
  const isComplete = memory.position.isFetching && mark.isLast;
  if (isComplete) removeUnsent(overlay, memory);
  const moved: Position = {
    ...memory.position,
    cursor: mark.cursor,
    isFetching: memory.position.isFetching && !isComplete,
  };
  const fallen = misfitsOf(overlay, memory);
  const { round } = memory.position;
  const blocks = packs.map((bytes) => ({ bytes, round }));
  const arrived = {
    ...planKept(overlay, NOTHING_ANSWERED, memory.kept),
    images: overlay.changes(),
    packs: { blocks, images: overlay.asPacked },
  };
  if (fallen.length > 0)
    return ok({ change: { ...arrived, quarantined: quarantineOf(fallen), ...memory.withFreshClient(moved) } });
  return ok({ change: { ...arrived, position: moved }, states: shownStates(overlay, memory) });
}

/** Of documents without own waiting work, what is confirmed is what is shown. */
function shownStates(overlay: ConfirmedOverlay, { outbox }: ReplicaMemory): ReadonlyMap<DocumentId, DocState> {
  const { states } = overlay;
  if (outbox.rows.length === 0) return states;
  return new Map([...states].filter(([document]) => !outbox.hasAny(document)));
}

/** Returns the change that makes the device ask for everything again; nothing is thrown away before it was sent anew. */
export function planRefetch(memory: ReplicaMemory): Change {
  const { position } = memory;
  return { position: { ...position, cursor: new Uint8Array(0), round: position.round + 1, isFetching: true } };
}

function applyStep(step: FeedStep, overlay: ConfirmedOverlay, memory: ReplicaMemory, member: MemberNumber): boolean {
  const { document } = step;
  switch (step.is) {
    case 'update':
      return overlay.update(document, step.update, {
        owner: step.member,
        atMs: step.atMs,
        number: step.number,
        // of a document that is not here yet; what the Hub says of its first envelope is earlier, and stands
        firstReceipt: { atMs: step.atMs, skewMs: 0 },
      });
    case 'state':
      // replacing by an older one would lose own work that was confirmed since, and is never sent again
      if (!memory.position.isFetching && isOlder(step.state, overlay.state(document))) return false;
      overlay.replace(document, step, step);
      break;
    case 'extract': {
      const { extract, atMs, json, signature } = step;
      const { round } = memory.position;
      overlay.put({ is: 'extract', document, extract, atMs, json, signature, round }, step.isPacked);
      break;
    }
    case 'closed':
      overlay.close(document, member);
      break;
  }
  return true;
}

function isOlder(state: DocState, held: DocState): boolean {
  return [...held.clocks].some(([client, clock]) => nextClock(state, client) < clock);
}

/** After a full download: what was not sent again is no longer this person's, or not yet at the Hub again; what waits of it is still sent. */
function removeUnsent(overlay: ConfirmedOverlay, memory: ReplicaMemory): void {
  const { round } = memory.position;
  const isOld = (image: Image): boolean => image.is !== 'filed' && image.round < round;
  for (const image of memory.holdings.images()) {
    if (!isOld(image)) continue;
    if (image.is === 'extract') {
      if (!overlay.isPut(extractKey(image.document, image.extract))) overlay.drop(imageKeyOf(image));
    } else if ((overlay.image(image.document)?.round ?? round) < round) overlay.remove(image.document);
  }
}

/** Returns the waiting rows that no longer follow what is confirmed, with all that falls with them. */
function misfitsOf(overlay: ConfirmedOverlay, memory: ReplicaMemory): readonly OutboxRow[] {
  const misfits: OutboxRow[] = [];
  for (const document of overlay.documents) {
    const misfit = firstMisfit(overlay.state(document), document, memory.outbox);
    if (misfit) misfits.push(misfit);
  }
  return misfits.length === 0 ? misfits : fallOf(misfits, memory.outbox);
}

function quarantineOf(rows: readonly OutboxRow[]): readonly QuarantineRecord[] {
  return rows.map((row) =>
    quarantineRecordOf(row, { verdict: 'refused', code: 'clock-gap', atMs: row.signed.envelope.atMs }),
  );
}
