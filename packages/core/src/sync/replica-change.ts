/** The one shape of every change of a replica, what of it goes to disk, and how memory follows. */
import { encodeImages, type ImageChange, type ImageKey, type PackBlock } from './device-images.ts';
import {
  encodePosition,
  encodeEntitlement,
  type Position,
  POSITION_KEY,
  type Entitlement,
  ENTITLEMENT_KEY,
} from './device-meta.ts';
import { outboxKey, type OutboxRow } from './outbox.ts';
import type { ReplicaWrite } from './ports.ts';
import { encodeQuarantine, type QuarantineRecord } from './quarantine.ts';
import { apart, areaFor, highAreaOf } from './replica-high.ts';
import { encodeSealedRow, type SealedRow } from './sealed-row.ts';

/** Everything one commit changes; what is left out stays. */
export interface Change {
  readonly images?: readonly ImageChange[];
  /** Packs as they came, and which of `images` stand as these have them: so they are kept, at a fifth of the size. */
  readonly packs?: { readonly blocks: readonly PackBlock[]; readonly images: ReadonlySet<ImageKey> };
  readonly outboxAdded?: readonly OutboxRow[];
  readonly outboxGone?: readonly OutboxRow[];
  /** Answered envelopes that are kept, and the numbers of those that are not any more. */
  readonly keptAdded?: readonly OutboxRow[];
  readonly keptGone?: readonly number[];
  /** Answered envelopes that are kept sealed. */
  readonly sealedAdded?: readonly SealedRow[];
  /** Envelopes sealed as they were written, which wait for their verdict so, and the numbers of those that do not any more. */
  readonly sealedWaiting?: readonly SealedRow[];
  readonly sealedGone?: readonly number[];
  /** Sealed envelopes that the Hub has to be given again, all of them, in order; in memory only: each welcome says it anew. */
  readonly sealedAgain?: readonly SealedRow[];
  /** New or changed quarantine records. A row that has one and stays in the outbox is doomed: sent, but no longer shown. */
  readonly quarantined?: readonly QuarantineRecord[];
  /** Records of envelopes that the Hub stored after all. */
  readonly unquarantined?: readonly string[];
  readonly position?: Position;
  readonly entitlement?: Entitlement;
  /** The client id to write under from now on. */
  readonly client?: number | null;
}

/** The keys of the next log records. */
export interface LogKeys {
  readonly open: string;
  readonly high: string;
}

/** Returns the writes of one commit, the whole change and nothing else. */
export function writesOf(change: Change, logKeys: LogKeys): readonly ReplicaWrite[] {
  const writes: ReplicaWrite[] = [...logWrites(change, logKeys)];
  for (const row of change.outboxAdded ?? [])
    writes.push({ area: areaFor('outbox', row.document), key: outboxKey(row.n), bytes: row.signed.bytes });
  for (const row of change.sealedWaiting ?? [])
    writes.push({ area: 'outbox', key: outboxKey(row.n), bytes: encodeSealedRow(row) });
  for (const row of change.outboxGone ?? []) {
    const area = areaFor('outbox', row.document);
    writes.push({ area, key: outboxKey(row.n), bytes: null });
    // beside it lies the same, sealed
    if (area !== 'outbox') writes.push({ area: 'outbox', key: outboxKey(row.n), bytes: null });
  }
  for (const n of change.sealedGone ?? []) writes.push({ area: 'outbox', key: outboxKey(n), bytes: null });
  for (const n of change.keptGone ?? []) {
    writes.push({ area: 'kept', key: outboxKey(n), bytes: null });
    writes.push({ area: highAreaOf('kept'), key: outboxKey(n), bytes: null });
  }
  for (const row of change.keptAdded ?? [])
    writes.push({ area: areaFor('kept', row.document), key: outboxKey(row.n), bytes: row.signed.bytes });
  for (const row of change.sealedAdded ?? [])
    writes.push({ area: 'kept', key: outboxKey(row.n), bytes: encodeSealedRow(row) });
  for (const record of change.quarantined ?? [])
    writes.push({ area: areaFor('quarantine', record.document), key: record.id, bytes: encodeQuarantine(record) });
  for (const id of change.unquarantined ?? []) {
    writes.push({ area: 'quarantine', key: id, bytes: null });
    writes.push({ area: highAreaOf('quarantine'), key: id, bytes: null });
  }
  if (change.position) writes.push({ area: 'meta', key: POSITION_KEY, bytes: encodePosition(change.position) });
  if (change.entitlement)
    writes.push({ area: 'meta', key: ENTITLEMENT_KEY, bytes: encodeEntitlement(change.entitlement) });
  return writes;
}

function logWrites({ images = [], packs }: Change, keys: LogKeys): readonly ReplicaWrite[] {
  if (images.length === 0) return [];
  const { open, high } = apart(images);
  const writes: ReplicaWrite[] = [];
  if (high.length > 0) writes.push({ area: 'highLog', key: keys.high, bytes: encodeImages(high) });
  // a pack as it came holds documents of both sorts together, and could not lie under either key
  const isMixed = packs !== undefined && high.some(([key]) => packs.images.has(key));
  if (open.length > 0) writes.push({ area: 'log', key: keys.open, bytes: logBytes(open, isMixed ? undefined : packs) });
  return writes;
}

function logBytes(images: readonly ImageChange[], packs: Change['packs']): Uint8Array {
  if (!packs) return encodeImages(images);
  return encodeImages(
    images.filter((change) => !packs.images.has(change[0])),
    packs.images.size > 0 ? packs.blocks : [],
  );
}
