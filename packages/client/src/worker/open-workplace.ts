import type { Row } from '@chungtay/core/derive/row-types';
import { isHighDocument } from '@chungtay/core/policy/lease';
import { HubClock } from '@chungtay/core/sync/hub-clock';
import { openReplica } from '@chungtay/core/sync/replica';
import type { Welcome } from '@chungtay/core/sync/replica-sync';
import { signerOf } from '../platform/device-keys.ts';
import { sealTo } from '../platform/seal-to-hub.ts';
import type { Opened } from './door.ts';
import { endingStore, withoutHigh } from './ending-store.ts';
import { rowOfHeld } from './held-rows.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { patientStore } from './patient-store.ts';
import { Workplace, type WorkplaceWays } from './workplace.ts';

/** Opens a workplace over an opened vault. Rejects with an Outage. */
export async function openWorkplace(
  opened: Opened,
  lease: LeaseKeeper,
  { world, dial, tell, onSession }: WorkplaceWays,
): Promise<Workplace> {
  const { identity, keys, vault } = opened;
  const { standing } = lease;
  let at: Workplace | null = null;
  const clock = new HubClock(world);
  clock.meet(lease.hubAheadMs);
  const patient = patientStore(vault, world, (trouble) => at?.noteStorage(trouble));
  const store = endingStore(standing === 'whole' ? patient : withoutHigh(patient, () => lease.notePatchy(true)));
  const replica = await openReplica<Row>({
    world,
    store,
    signer: await signerOf(keys),
    identity: {
      member: identity.member,
      device: identity.device,
      hubKey: identity.hubSignKey,
      epoch: identity.epoch,
      passport: identity.passport,
    },
    seal: sealTo(identity.hubSealKey),
    ...(standing === 'whole' ? {} : { sealsOnly: (of) => standing === 'ended' || isHighDocument(of) }),
    rowOf: rowOfHeld,
    hubNowMs: () => clock.nowMs(),
  });
  if (!replica.principal) await replica.sync.welcome(firstWelcome(identity));
  if (standing === 'whole' && lease.isPatchy) {
    await replica.sync.refetch();
    await lease.notePatchy(false);
  }
  at = new Workplace({ opened, lease, standing, replica, store, clock, world, dial, tell, onSession });
  return at;
}

/** The Hub said who this is at enrolment: work can begin before the first session. */
function firstWelcome({ principal, leases, epoch }: Opened['identity']): Welcome {
  return { principal, leases, epoch, lastN: 0, lastHash: new Uint8Array(32) };
}
