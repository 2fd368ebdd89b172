/** Everything of a replica that lives in memory. Read by the planners, changed only by `follow`, after the commit. */
import type { DocumentId } from '../model/ids.ts';
import { FIRST_POSITION, freshClient, type Position, type Entitlement } from './device-meta.ts';
import { Outbox } from './outbox.ts';
import { PackIndex } from './packs.ts';
import type { QuarantineRecord } from './quarantine.ts';
import type { Change, LogKeys } from './replica-change.ts';
import { apart } from './replica-high.ts';
import { Holdings } from './replica-holdings.ts';
import { Kept } from './replica-kept.ts';
import type { SealedRow } from './sealed-row.ts';

/** The replica's memory. */
export class ReplicaMemory {
  readonly outbox = new Outbox();
  readonly holdings = new Holdings(this.outbox);
  readonly packs = new PackIndex({ log: 'log', packs: 'packs' });
  /** The same of documents of the short lease. */
  readonly highPacks = new PackIndex({ log: 'highLog', packs: 'highPacks' });
  readonly quarantine = new Map<string, QuarantineRecord>();
  readonly kept = new Kept();
  /** Sealed envelopes that a Hub put back has to be given again, in order. */
  sealedAgain: readonly SealedRow[] = [];
  /** False when a waiting envelope was lost on disk: then a gap in the numbers is one. */
  isOutboxWhole = true;
  position: Position = FIRST_POSITION;
  entitlement: Entitlement = { principal: null, leases: [] };
  /** The client id in use; null until the first edit after a start, which takes a fresh one. */
  client: number | null = null;

  /** Returns the part of a change that takes a fresh client id: needed whenever a document is rebuilt without some of its own work. */
  withFreshClient(position: Position): Pick<Change, 'position' | 'client'> {
    const client = freshClient(this.entitlement, position.lastClient);
    return client === null ? { position, client } : { position: { ...position, lastClient: client }, client };
  }

  /** Returns the keys of the next log records. */
  nextLogKeys(): LogKeys {
    return { open: this.packs.nextLogKey(), high: this.highPacks.nextLogKey() };
  }

  /** Follows a commit; returns the documents that look different now. */
  follow(change: Change, logKeys: LogKeys): ReadonlySet<DocumentId> {
    const changed = new Set<DocumentId>();
    for (const line of change.images ?? []) {
      const document = line[1]?.document ?? this.holdings.image(line[0])?.document;
      if (document) changed.add(document);
    }
    for (const row of [...(change.outboxAdded ?? []), ...(change.outboxGone ?? [])]) changed.add(row.document);
    for (const record of change.quarantined ?? []) changed.add(record.document);
    const { open, high } = apart(change.images ?? []);
    if (open.length > 0) this.packs.addLog(logKeys.open, open);
    if (high.length > 0) this.highPacks.addLog(logKeys.high, high);
    this.holdings.apply(change.images ?? []);
    this.outbox.add(change.outboxAdded ?? []);
    this.outbox.remove(change.outboxGone ?? []);
    this.kept.follow(change);
    this.sealedAgain = change.sealedAgain ?? this.sealedAgain;
    this.#followQuarantine(change);
    // refused once, and handed in again to a Hub that forgot it: not shown before it is stored
    this.outbox.doom((change.outboxAdded ?? []).filter((row) => this.quarantine.has(row.id)));
    this.position = change.position ?? this.position;
    this.entitlement = change.entitlement ?? this.entitlement;
    if (change.client !== undefined) this.client = change.client;
    this.holdings.forget(changed);
    return changed;
  }

  #followQuarantine(change: Change): void {
    const doomed = new Set<string>();
    for (const record of change.quarantined ?? []) {
      this.quarantine.set(record.id, record);
      doomed.add(record.id);
    }
    for (const id of change.unquarantined ?? []) this.quarantine.delete(id);
    if (doomed.size > 0) this.outbox.doom(this.outbox.rows.filter((row) => doomed.has(row.id)));
  }
}
