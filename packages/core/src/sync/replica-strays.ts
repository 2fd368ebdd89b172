/** Moves what an earlier release kept of the short lease among everything else to where it belongs. Rule LSE-5. */
import { encodeImages, type ImageKey } from './device-images.ts';
import { outboxKey } from './outbox.ts';
import type { ReplicaWrite } from './ports.ts';
import { encodeQuarantine } from './quarantine.ts';
import type { ReplicaCore } from './replica-core.ts';
import { areaFor, isHighKey } from './replica-high.ts';
import type { ReplicaMemory } from './replica-memory.ts';

/** What was found out of its place at a start. */
export interface Strays {
  readonly images: Set<ImageKey>;
  readonly outbox: Set<number>;
  readonly quarantine: Set<string>;
}

/** Returns an empty set of strays. */
export function noStrays(): Strays {
  return { images: new Set(), outbox: new Set(), quarantine: new Set() };
}

/** Moves them, first there and then away from here: cut off in between it is done again. Rejects with an Outage. */
export async function moveStrays(core: ReplicaCore, strays: Strays): Promise<void> {
  if (strays.images.size + strays.outbox.size + strays.quarantine.size === 0) return;
  const { memory } = core;
  await core.commitQuietly(rowsMoved(memory, strays));
  const images = [...strays.images].flatMap((key) => {
    const image = memory.holdings.image(key);
    return image ? [[key, image] as const] : [];
  });
  if (images.length > 0) {
    const key = memory.highPacks.nextLogKey();
    await core.commitQuietly([{ area: 'highLog', key, bytes: encodeImages(images) }]);
    memory.highPacks.addLog(key, images);
  }
  const openImage = (key: ImageKey) => (isHighKey(key) ? null : memory.holdings.image(key));
  let step = memory.packs.planFold(openImage, [...strays.images]);
  while (step) {
    await core.commitQuietly(step.writes);
    memory.packs.follow(step);
    step = memory.packs.planFold(openImage);
  }
}

function rowsMoved(memory: ReplicaMemory, strays: Strays): readonly ReplicaWrite[] {
  const writes: ReplicaWrite[] = [];
  for (const row of memory.outbox.rows) {
    if (!strays.outbox.has(row.n)) continue;
    writes.push({ area: areaFor('outbox', row.document), key: outboxKey(row.n), bytes: row.signed.bytes });
    writes.push({ area: 'outbox', key: outboxKey(row.n), bytes: null });
  }
  for (const record of memory.quarantine.values()) {
    if (!strays.quarantine.has(record.id)) continue;
    writes.push({ area: areaFor('quarantine', record.document), key: record.id, bytes: encodeQuarantine(record) });
    writes.push({ area: 'quarantine', key: record.id, bytes: null });
  }
  return writes;
}
