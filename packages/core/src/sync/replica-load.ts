/** From what survived on disk to a replica's memory. Rules REP-5, REP-6. */
import type { World } from '../base/world.ts';
import { decodeImages, type ImageChange, imageKeyOf } from './device-images.ts';
import { decodeEntitlement, decodePosition, ENTITLEMENT_KEY, POSITION_KEY } from './device-meta.ts';
import { parseEnvelope } from './envelope.ts';
import { fallOf, type OutboxRow, parseOutboxRow } from './outbox.ts';
import type { PackIndex } from './packs.ts';
import type { ReplicaArea, ReplicaStore } from './ports.ts';
import { decodeQuarantine, quarantineRecordOf } from './quarantine.ts';
import type { Change } from './replica-change.ts';
import { planRefetch } from './replica-feed.ts';
import { areaFor, highAreaOf, isHighKey } from './replica-high.ts';
import { firstMisfit } from './replica-holdings.ts';
import { ReplicaMemory } from './replica-memory.ts';
import { noStrays, type Strays } from './replica-strays.ts';
import { decodeSealedRow } from './sealed-row.ts';

/** A loaded replica, and what must be committed before it is used. */
export interface LoadedReplica {
  readonly memory: ReplicaMemory;
  /** Records that could not be read. */
  readonly damaged: number;
  /** What the damage makes necessary; null when there was none. */
  readonly repair: Change | null;
  /** What an earlier release kept where it does not belong. */
  readonly strays: Strays;
}

/** Reads everything but what is kept for a restored Hub. Damaged records are left out and counted; what the Hub confirmed is fetched again. Rejects with an Outage. */
export async function loadReplica(store: ReplicaStore, world: World): Promise<LoadedReplica> {
  const memory = new ReplicaMemory();
  const strays = noStrays();
  const [lostMeta, lostOpen, lostHigh, lostOutbox, lostQuarantine] = [
    await loadMeta(memory, store),
    await loadImages(memory, memory.packs, { store, world, strays }),
    await loadImages(memory, memory.highPacks, { store, world, strays: null }),
    await loadOutbox(memory, { store, world, strays }),
    await loadQuarantine(memory, { store, strays }),
  ];
  memory.isOutboxWhole = lostOutbox === 0;
  const lostConfirmed = lostMeta + lostOpen + lostHigh;
  const misfits = fallOf(misfitsOf(memory), memory.outbox);
  const damaged = lostConfirmed + lostOutbox + lostQuarantine;
  // a lost envelope may have been stored, and the Hub never sends a device its own work: only a full download shows it again
  const refetch = lostConfirmed + lostOutbox > 0 ? planRefetch(memory) : null;
  if (misfits.length === 0) return { memory, damaged, repair: refetch, strays };
  const quarantined = misfits.map((row) =>
    quarantineRecordOf(row, { verdict: 'refused', code: 'clock-gap', atMs: row.signed.envelope.atMs }),
  );
  const position = refetch?.position ?? memory.position;
  return { memory, damaged, repair: { quarantined, ...memory.withFreshClient(position) }, strays };
}

/** Reads what is kept for a Hub that forgets: thousands of records, of which nothing is needed before the Hub has spoken. Rejects with an Outage. */
export async function loadKept({ kept }: ReplicaMemory, store: ReplicaStore): Promise<void> {
  for (const area of ['kept', 'highKept'] as const) {
    await eachRecord(area, store, (_key, bytes) => {
      const signed = parseEnvelope(bytes);
      if (signed.ok) kept.follow({ keptAdded: [signed.value.envelope] });
      const sealed = signed.ok ? null : decodeSealedRow(bytes);
      if (sealed) kept.follow({ sealedAdded: [sealed] });
      return signed.ok || sealed !== null;
    });
  }
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

interface Shelf {
  readonly store: ReplicaStore;
  readonly world: World;
  /** Notes what belongs elsewhere; null where everything may lie. */
  readonly strays: Strays | null;
}

async function loadImages(memory: ReplicaMemory, index: PackIndex, { store, world, strays }: Shelf): Promise<number> {
  const apply = (changes: readonly ImageChange[]): void => {
    memory.holdings.apply(changes);
    for (const [key] of strays ? changes : []) if (isHighKey(key)) strays?.images.add(key);
  };
  const lostPacks = await eachRecord(index.areas.packs, store, async (key, bytes) => {
    const images = await decodeImages(bytes, world.deflate);
    if (!images) return false;
    apply(images);
    index.addPack(
      key,
      images.flatMap(([, image]) => (image ? [imageKeyOf(image)] : [])),
    );
    return true;
  });
  const lostLog = await eachRecord(index.areas.log, store, async (key, bytes) => {
    const changes = await decodeImages(bytes, world.deflate);
    if (!changes) return false;
    apply(changes);
    index.addLog(key, changes);
    return true;
  });
  return lostPacks + lostLog;
}

async function loadOutbox(memory: ReplicaMemory, { store, world, strays }: Shelf): Promise<number> {
  const loadFrom = (area: ReplicaArea): Promise<number> =>
    eachRecord(area, store, (_key, bytes) => {
      const row = parseOutboxRow(bytes, world.crypto);
      if (!row) return loadSealed(bytes, memory);
      if (memory.outbox.find(row.n)) return true;
      memory.outbox.add([row]);
      if (areaFor('outbox', row.document) !== area) strays?.outbox.add(row.n);
      return true;
    });
  const lost = (await loadFrom(highAreaOf('outbox'))) + (await loadFrom('outbox'));
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

/** What lies there sealed waits so, unless it lies there readable too. */
function loadSealed(bytes: Uint8Array, memory: ReplicaMemory): boolean {
  const sealed = decodeSealedRow(bytes);
  if (sealed && !memory.outbox.find(sealed.n)) memory.sealedAgain = [...memory.sealedAgain, sealed];
  return sealed !== null;
}

async function loadQuarantine(memory: ReplicaMemory, { store, strays }: Omit<Shelf, 'world'>): Promise<number> {
  const loadFrom = (area: ReplicaArea): Promise<number> =>
    eachRecord(area, store, (_key, bytes) => {
      const record = decodeQuarantine(bytes);
      if (!record || memory.quarantine.has(record.id)) return record !== null;
      memory.quarantine.set(record.id, record);
      if (areaFor('quarantine', record.document) !== area) strays?.quarantine.add(record.id);
      return true;
    });
  const lost = (await loadFrom(highAreaOf('quarantine'))) + (await loadFrom('quarantine'));
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
