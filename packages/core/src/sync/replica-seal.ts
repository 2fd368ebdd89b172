/** Work on documents of the short lease is sealed to the Hub as it is written: it can be handed in when nothing here opens it any more. Rules LSE-6, LSE-7. */
import { must } from '../base/assert.ts';
import { isHighDocument } from '../policy/lease.ts';
import type { OutboxRow } from './outbox.ts';
import type { Change } from './replica-change.ts';
import type { ReplicaCore } from './replica-core.ts';
import { sealRow, UNANSWERED } from './sealed-row.ts';

/** What of written rows this tablet may go on reading, and what a commit adds for the rest. */
export interface WrittenRows extends Pick<Change, 'sealedWaiting' | 'sealedAgain' | 'client'> {
  readonly readable: readonly OutboxRow[];
}

/** Returns the rows apart, sealed where they have to be. */
export async function sealWritten(rows: readonly OutboxRow[], { memory, parts }: ReplicaCore): Promise<WrittenRows> {
  const isShut = ({ document }: OutboxRow): boolean => parts.sealsOnly?.(document) ?? false;
  const toSeal = rows.filter((row) => isShut(row) || (parts.seal && isHighDocument(row.document)));
  if (toSeal.length === 0) return { readable: rows };
  const seal = must(parts.seal, 'what seals to the Hub');
  const sealedWaiting = await Promise.all(toSeal.map((row) => sealRow(row, UNANSWERED, seal)));
  const readable = rows.filter((row) => !isShut(row));
  const shut = new Set(rows.filter(isShut).map(({ n }) => n));
  if (shut.size === 0) return { readable, sealedWaiting };
  const sealedAgain = [...memory.sealedAgain, ...sealedWaiting.filter(({ n }) => shut.has(n))];
  // nobody here knows any more how far its clocks have gone: what comes next is written under another id
  return { readable, sealedWaiting, sealedAgain, client: null };
}
