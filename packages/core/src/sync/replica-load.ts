/** From what survived on disk to a replica's memory. Rules REP-5, REP-6. */
import type { World } from '../base/world.ts';
import { decodeImages, imageKeyOf } from './device-images.ts';
import { decodeEntitlement, decodePosition, ENTITLEMENT_KEY, POSITION_KEY } from './device-meta.ts';
import { parseEnvelope } from './envelope.ts';
import { fallOf, type OutboxRow, parseOutboxRow } from './outbox.ts';
import type { ReplicaArea, ReplicaStore } from './ports.ts';
import { decodeQuarantine, quarantineRecordOf } from './quarantine.ts';
import type { Change } from './replica-change.ts';
import { planRefetch } from './replica-feed.ts';
import { firstMisfit } from './replica-holdings.ts';
import { ReplicaMemory } from './replica-memory.ts';
import { decodeSealedRow } from './sealed-row.ts';

/** A loaded replica, and what must be committed before it is used. */
export interface LoadedReplica {
  readonly memory: ReplicaMemory;
  /** Records that could not be read. */
  readonly damaged: number;
  /** What the damage makes necessary; null when there was none. */
  readonly repair: Change | null;
}

/** Reads everything but what is kept for a restored Hub. Damaged records are left out and counted; what the Hub confirmed is fetched again. Rejects with an Outage. */
export async function loadReplica(store: ReplicaStore, world: World): Promise<LoadedReplica> {
  const memory = new ReplicaMemory();
  const [lostMeta, lostPacks, lostLog, lostOutbox, lostQuarantine] = [
    await loadMeta(memory, store),
    await loadPacks(memory, store, world),
    await loadLog(memory, store, world),
    await loadOutbox(memory, store, world),
    await loadQuarantine(memory, store),
  ];
  memory.isOutboxWhole = lostOutbox === 0;
  const lostConfirmed = lostMeta + lostPacks + lostLog;
  const misfits = fallOf(misfitsOf(memory), memory.outbox);
  const damaged = lostConfirmed + lostOutbox + lostQuarantine;
  // a lost envelope may have been stored, and the Hub never sends a device its own work: only a full download shows it again
  const refetch = lostConfirmed + lostOutbox > 0 ? planRefetch(memory) : null;
  if (misfits.length === 0) return { memory, damaged, repair: refetch };
  const quarantined = misfits.map((row) =>
    quarantineRecordOf(row, { verdict: 'refused', code: 'clock-gap', atMs: row.signed.envelope.atMs }),
  );
  const position = refetch?.position ?? memory.position;
  return { memory, damaged, repair: { quarantined, ...memory.withFreshClient(position) } };
}

/** Reads what is kept for a Hub that forgets: thousands of records, of which nothing is needed before the Hub has spoken. Rejects with an Outage. */
export async function loadKept({ kept }: ReplicaMemory, store: ReplicaStore): Promise<void> {
  await eachRecord('kept', store, (_key, bytes) => {
    const signed = parseEnvelope(bytes);
    if (signed.ok) kept.follow({ keptAdded: [signed.value.envelope] });
    const sealed = signed.ok ? null : decodeSealedRow(bytes);
    if (sealed) kept.follow({ sealedAdded: [sealed] });
    return signed.ok || sealed !== null;
  });
}

async function loadMeta(memory: ReplicaMemory, store: ReplicaStore): Promise<number> {
  const { records, damaged } = await store.readAll('meta');
  let lost = damaged;
  for (const { key, bytes } of records) {
    // who opens the vault keeps records of his own in the same area
    if (key !== POSITION_KEY && key !== ENTITLEMENT_KEY) continue;
    const position = key === POSITION_KEY ? decodePosition(bytes) : null;
    const entitlement = key === ENTITLEMENT_KEY ? decodeEntitlement(bytes) : null;
    memory.position = position ?? memory.position;
    memory.entitlement = entitlement ?? memory.entitlement;
    if (!position && !entitlement) lost += 1;
  }
  // without the position nobody knows which client ids were used: wait for new ones
  if (lost > 0) memory.entitlement = { ...memory.entitlement, leases: [] };
  return lost;
}

async function loadPacks(memory: ReplicaMemory, store: ReplicaStore, { deflate }: World): Promise<number> {
  return eachRecord('packs', store, async (key, bytes) => {
    const images = await decodeImages(bytes, deflate);
    if (!images) return false;
    memory.holdings.apply(images);
    memory.packs.addPack(
      key,
      images.flatMap(([, image]) => (image ? [imageKeyOf(image)] : [])),
    );
    return true;
  });
}

async function loadLog(memory: ReplicaMemory, store: ReplicaStore, { deflate }: World): Promise<number> {
  return eachRecord('log', store, async (key, bytes) => {
    const changes = await decodeImages(bytes, deflate);
    if (!changes) return false;
    memory.holdings.apply(changes);
    memory.packs.addLog(key, changes);
    return true;
  });
}

async function loadOutbox(memory: ReplicaMemory, store: ReplicaStore, world: World): Promise<number> {
  const lost = await eachRecord('outbox', store, (_key, bytes) => {
    const row = parseOutboxRow(bytes, world.crypto);
    if (row) memory.outbox.add([row]);
    return row !== null;
  });
  const last = memory.outbox.rows.at(-1);
  const { lastN, lastHash, lastClient } = memory.position;
  const isBehind = last !== undefined && last.n > lastN;
  memory.position = {
    ...memory.position,
    lastN: isBehind ? last.n : lastN,
    lastHash: isBehind ? last.hash : lastHash,
    lastClient: memory.outbox.rows.reduce((max, row) => Math.max(max, row.signed.envelope.client), lastClient),
  };
  return lost;
}

async function loadQuarantine(memory: ReplicaMemory, store: ReplicaStore): Promise<number> {
  const lost = await eachRecord('quarantine', store, (_key, bytes) => {
    const record = decodeQuarantine(bytes);
    if (record) memory.quarantine.set(record.id, record);
    return record !== null;
  });
  memory.outbox.doom(memory.outbox.rows.filter((row) => memory.quarantine.has(row.id)));
  return lost;
}

/** Returns how many records of the area could not be read: by the store, or by `read`, which then says false. */
async function eachRecord(
  area: ReplicaArea,
  store: ReplicaStore,
  read: (key: string, bytes: Uint8Array) => boolean | Promise<boolean>,
): Promise<number> {
  const { records, damaged } = await store.readAll(area);
  let lost = damaged;
  for (const { key, bytes } of records) if (!(await read(key, bytes))) lost += 1;
  return lost;
}

/** Only a lost record can leave waiting work without what it builds on. */
function misfitsOf(memory: ReplicaMemory): readonly OutboxRow[] {
  const misfits: OutboxRow[] = [];
  for (const document of memory.outbox.documents()) {
    const misfit = firstMisfit(memory.holdings.confirmedState(document), document, memory.outbox);
    if (misfit) misfits.push(misfit);
  }
  return misfits;
}
