/** Epochs of a Hub: after a restore nobody knows which client ids were leased since the backup, so that new ones come from a new range. Holds ENR-7. */
import { must } from '../base/assert.ts';
import { HUB_MEMBER } from '../model/ids.ts';
import { CLOSE } from '../wire/refusal.ts';
import type { HubCore } from './hub-core.ts';
import type { Overlay } from './hub-overlay.ts';
import { entryBody } from './hub-record.ts';
import { LEASE_SIZES, MAX_EPOCH, epochOf, firstClientOf } from './leases.ts';

/** Blocks of ids that a new epoch may leave out: two that were begun without knowledge of one another seldom give out the same ids. */
const SKIPPED_BLOCKS = 1_024;

/** Makes the first entry of a new store; does nothing in one that has entries. */
export function foundEpoch(core: HubCore): Promise<void> {
  return core.order([], (overlay) => {
    if (overlay.nextSeq === 1) enter(core, overlay, Math.max(1, overlay.epoch), 0);
    return Promise.resolve();
  });
}

/** Begins an epoch later than `above` unless that has happened; returns the epoch that is. Open sessions end and come back. */
export async function beginEpoch(core: HubCore, above: number): Promise<number> {
  let isNew = false;
  const epoch = await core.order([], (overlay) => {
    isNew = overlay.epoch <= above;
    if (!isNew) return Promise.resolve(overlay.epoch);
    const next = Math.max(above, overlay.epoch, epochOf(overlay.takeClientIds(0))) + 1;
    const [low = 0, high = 0] = core.options.world.randomBytes(2);
    enter(core, overlay, next, ((low << 8) | high) % SKIPPED_BLOCKS);
    return Promise.resolve(next);
  });
  if (isNew) for (const session of core.sessions) session.close(CLOSE.restart, 'epoch');
  return epoch;
}

function enter(core: HubCore, overlay: Overlay, epoch: number, skippedBlocks: number): void {
  must(epoch <= MAX_EPOCH ? epoch : null, 'an epoch that fits a client id');
  const { world, commune } = core.options;
  overlay.setEpoch(epoch, firstClientOf(epoch) + skippedBlocks * LEASE_SIZES.block);
  const body = entryBody({ epoch, commune });
  overlay.append({
    atMs: world.nowMs(),
    type: 'epoch',
    document: null,
    member: HUB_MEMBER,
    device: null,
    n: 0,
    body,
  });
}
