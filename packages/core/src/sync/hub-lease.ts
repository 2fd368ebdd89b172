/** Gives a tablet leave to go on showing files, as long as its person is in office here. Holds LSE-8, LSE-9. */
import { must } from '../base/assert.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { DeviceId } from '../model/ids.ts';
import { hasEnded } from '../policy/access.ts';
import { keyInBox, type LeaseClaim, type LeaseWord, signLeaseWord, verifyLeaseClaim } from '../wire/lease.ts';
import type { HubCore } from './hub-core.ts';
import { principalOf } from './hub-index.ts';

/** A question with its proof; that the challenge is open is for whoever gave it to say. */
export interface LeaseAsk extends LeaseClaim {
  readonly device: DeviceId;
  readonly proof: Uint8Array;
}

/** The Hub's word and its signature. */
export interface LeaseAnswer extends Omit<LeaseWord, 'device' | 'nonce'> {
  readonly signature: Uint8Array;
}

/** Why there is none: nobody known asks, or his right has ended. */
export type LeaseRefusal = 'bad-proof' | 'right-ended';

/** Returns the Hub's word for whoever may have it: not a device that was revoked, nor one whose person is suspended or out of office. */
export async function answerLease(core: HubCore, ask: LeaseAsk): Promise<Result<LeaseAnswer, LeaseRefusal>> {
  const { world, signer, unseal } = core.options;
  const row = core.index().device(ask.device);
  if (!row || !(await verifyLeaseClaim(signer.publicKey, ask, ask.proof, row.signKey, world.crypto)))
    return err('bad-proof');
  const principal = principalOf(must(core.index().member(row.member), 'the member of a device'));
  const atMs = world.nowMs();
  if (row.revoked || hasEnded(principal, atMs)) return err('right-ended');
  const opened = ask.box.length > 0 ? ((await unseal?.(ask.box)) ?? null) : null;
  const key = opened && keyInBox(ask.device, opened);
  // asked again: opening a box takes a turn in which the device may have been revoked
  if (core.index().device(ask.device)?.revoked) return err('right-ended');
  const { device, nonce } = ask;
  return ok({ atMs, key, signature: await signLeaseWord({ device, nonce, atMs, key }, signer) });
}
