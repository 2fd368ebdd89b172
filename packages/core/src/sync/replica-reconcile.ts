/** Whether the Hub and this device agree on what this device has written. Rules CSE-3, CSE-4. */
import { equalBytes } from '../base/bytes.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { OutboxRow } from './outbox.ts';
import { quarantineRecordOf } from './quarantine.ts';
import type { Change } from './replica-change.ts';
import type { ReplicaMemory } from './replica-memory.ts';

/** The newest envelope of this device that the Hub judged. */
export interface HubMark {
  readonly lastN: number;
  readonly lastHash: Uint8Array;
}

/**
 * Returns the change that makes both agree, usually none: envelopes up to the Hub's mark are resent and answered again. `device-forked`
 * when the Hub knows an envelope of this device that it did not write: a copy of this tablet is at work. Envelopes that can no longer
 * follow the Hub's mark, since one between was lost here or the Hub came back from an older backup, go to quarantine.
 */
export function planReconcile(mark: HubMark, memory: ReplicaMemory): Result<Change | null, 'device-forked'> {
  const { position, outbox } = memory;
  const isBlank = position.lastN === 0 && outbox.rows.length === 0;
  if (isBlank) return ok(mark.lastN === 0 ? null : { position: { ...position, ...mark } });
  if (mark.lastN > position.lastN || isOtherHistory(mark, memory)) return err('device-forked');
  const stranded = strandedAfter(mark, outbox.rows);
  const connected = outbox.rows.filter((row) => row.n > mark.lastN && !stranded.includes(row)).at(-1);
  const last = connected ? { lastN: connected.n, lastHash: connected.hash } : mark;
  if (stranded.length === 0) return ok(last.lastN === position.lastN ? null : { position: { ...position, ...last } });
  const quarantined = stranded
    .filter((row) => !outbox.isDoomed(row))
    .map((row) =>
      quarantineRecordOf(row, { verdict: 'refused', code: 'chain-broken', atMs: row.signed.envelope.atMs }),
    );
  return ok({ outboxGone: stranded, quarantined, ...memory.withFreshClient({ ...position, ...last }) });
}

function isOtherHistory({ lastN, lastHash }: HubMark, { position, outbox }: ReplicaMemory): boolean {
  const row = outbox.find(lastN);
  if (row) return !equalBytes(row.hash, lastHash);
  if (lastN === position.lastN) return !equalBytes(position.lastHash, lastHash);
  const next = outbox.find(lastN + 1);
  return next !== null && !equalBytes(next.signed.envelope.prev, lastHash);
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
