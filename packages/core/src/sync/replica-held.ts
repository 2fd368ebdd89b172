/** What this person hears of his held envelopes: was it taken, by whom, when. Pure. Rule QUA-6. */
import { hexOf } from '../base/bytes.ts';
import type { CryptoPort } from '../base/world.ts';
import type { HeldAsk, HeldDecision } from '../wire/frames.ts';
import { HASH_DIGITS } from './outbox.ts';
import type { QuarantineRecord } from './quarantine.ts';
import type { Change } from './replica-change.ts';
import type { ReplicaMemory } from './replica-memory.ts';

/** Most that is asked at once. */
const MAX_ASKED = 500;

/** Returns the questions about held envelopes that nobody has decided about as far as this device knows, oldest first. */
export function heldAsks({ quarantine }: ReplicaMemory, crypto: CryptoPort): HeldAsk[] {
  const waiting = [...quarantine.values()].filter((record) => isHeld(record) && record.decision === null);
  return waiting
    .toSorted((a, b) => a.n - b.n)
    .slice(0, MAX_ASKED)
    .map(({ n, document, bytes }) => [n, document, crypto.sha256(bytes)]);
}

/** Returns the change that decisions make; null when they are about nothing that is here. */
export function planDecisions(lines: readonly HeldDecision[], { quarantine }: ReplicaMemory): Change | null {
  const quarantined = lines.flatMap(([hash, outcome, member, atMs]) => {
    const name = hexOf(hash).slice(0, HASH_DIGITS);
    const record = [...quarantine.values()].find(({ id }) => id.endsWith(`-${name}`));
    return record && isHeld(record) ? [{ ...record, decision: { outcome, member, atMs } }] : [];
  });
  return quarantined.length === 0 ? null : { quarantined };
}

function isHeld({ verdict, status }: QuarantineRecord): boolean {
  return verdict === 'held' && status === 'open';
}
