/** Whether the Hub and this device agree on what this device has written. Rules CSE-3, CSE-4. */
import { equalBytes } from '../base/bytes.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Position } from './device-meta.ts';
import type { OutboxRow } from './outbox.ts';
import { quarantineRecordOf } from './quarantine.ts';
import type { Change } from './replica-change.ts';
import type { ReplicaCore } from './replica-core.ts';
import type { ReplicaMemory } from './replica-memory.ts';
import type { SealedRow } from './sealed-row.ts';

/** The newest envelope of this device that the Hub judged. */
export interface HubMark {
  readonly lastN: number;
  readonly lastHash: Uint8Array;
}

/**
 * Returns the change that makes both agree, usually none: envelopes up to the Hub's mark are resent and answered again. `device-forked`
 * when the Hub knows an envelope of this device that it did not write: a copy of this tablet is at work. A mark below what the Hub had
 * answered means that it came back from an older backup: `kept` wait for it again, and those `sealed`. Envelopes after one that was lost here can never
 * follow, and go to quarantine.
 */
export function planReconcile(
  mark: HubMark,
  memory: ReplicaMemory,
  kept: readonly OutboxRow[] = [],
  sealed: readonly SealedRow[] = [],
): Result<Change | null, 'device-forked'> {
  const { position, outbox } = memory;
  const rows = [...[...kept, ...outbox.rows].map(linkOf), ...sealed].toSorted((a, b) => a.n - b.n);
  const isBlank = position.lastN === 0 && rows.length === 0;
  if (isBlank) return ok(mark.lastN === 0 ? null : { position: { ...position, ...mark } });
  if (mark.lastN > position.lastN || isOtherHistory(mark, position, rows)) return err('device-forked');
  const stranded = memory.isOutboxWhole ? [] : strandedAfter(mark, outbox.rows);
  const strandedFrom = stranded[0]?.n ?? Infinity;
  const connected = rows.filter(({ n }) => n > mark.lastN && n < strandedFrom).at(-1);
  const last = connected ? { lastN: connected.n, lastHash: connected.hash } : mark;
  const moved = { ...position, ...last };
  const again: Change = kept.length === 0 ? {} : { outboxAdded: kept, keptGone: kept.map(({ n }) => n) };
  if (stranded.length === 0)
    return ok(last.lastN === position.lastN && kept.length === 0 ? null : { ...again, position: moved });
  const quarantined = stranded
    .filter((row) => !outbox.isDoomed(row))
    .map((row) =>
      quarantineRecordOf(row, { verdict: 'refused', code: 'chain-broken', atMs: row.signed.envelope.atMs }),
    );
  return ok({ ...again, outboxGone: stranded, quarantined, ...memory.withFreshClient(moved) });
}

/**
 * Returns the change with what a new epoch adds: the Hub was restored, so that it sends everything anew, what it does not send is no longer
 * there, and client ids of former epochs are left alone.
 */
export function planEpoch(
  epoch: number,
  change: Change,
  { memory, parts }: Pick<ReplicaCore, 'memory' | 'parts'>,
): Change {
  const known = memory.position.epoch ?? parts.identity.epoch;
  const position = change.position ?? memory.position;
  if (known === epoch) return position.epoch === epoch ? change : { ...change, position: { ...position, epoch } };
  // the cursor stays until the first frame: it is the proof of what the Hub has forgotten
  return { ...change, client: null, position: { ...position, epoch, round: position.round + 1, isFetching: true } };
}

/** Returns the numbers of kept envelopes that the Hub answered once and, by its mark, has forgotten. */
export function forgottenAfter(mark: HubMark, { position, outbox, kept }: ReplicaMemory): readonly number[] {
  const answeredN = (outbox.rows[0]?.n ?? position.lastN + 1) - 1;
  return mark.lastN < answeredN ? kept.after(mark.lastN) : [];
}

/** An envelope as a link of the device's chain. */
interface Link {
  readonly n: number;
  readonly hash: Uint8Array;
  readonly prev: Uint8Array;
}

function linkOf({ n, hash, signed }: OutboxRow): Link {
  return { n, hash, prev: signed.envelope.prev };
}

function isOtherHistory({ lastN, lastHash }: HubMark, position: Position, rows: readonly Link[]): boolean {
  const row = rows.find(({ n }) => n === lastN);
  if (row) return !equalBytes(row.hash, lastHash);
  if (lastN === position.lastN) return !equalBytes(position.lastHash, lastHash);
  const next = rows.find(({ n }) => n === lastN + 1);
  return next !== undefined && !equalBytes(next.prev, lastHash);
}

/** Returns the rows after the first gap above the mark. */
function strandedAfter({ lastN }: HubMark, rows: readonly OutboxRow[]): readonly OutboxRow[] {
  let expected = lastN + 1;
  for (const [i, row] of rows.entries()) {
    if (row.n < expected) continue;
    if (row.n !== expected) return rows.slice(i);
    expected += 1;
  }
  return [];
}
