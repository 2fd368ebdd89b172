/** Orders a device that the office dismissed to erase what it holds, once all it ever wrote is answered. Holds ERA-1 … ERA-4. */
import { equalBytes } from '../base/bytes.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { DeviceId } from '../model/ids.ts';
import { type EraseClaim, type EraseReceipt, signEraseOrder, verifyEraseClaim, verifyErased } from '../wire/erase.ts';
import type { HubCore } from './hub-core.ts';
import type { DeviceRow } from './ports.ts';

/** A question with its proof; that the challenge is open is for whoever gave it to say. */
export interface EraseAsk extends EraseClaim {
  readonly device: DeviceId;
  readonly proof: Uint8Array;
}

/** The Hub's time of the order, and its signature. */
export interface EraseAnswer {
  readonly atMs: number;
  readonly signature: Uint8Array;
}

/** Why there is none: nobody known asks; nobody has ordered it; the device has written what the Hub has not answered, or not that. */
export type EraseRefusal = 'bad-proof' | 'not-ordered' | 'owing';

/** Returns the order for whoever is to have it. A device that was known again by its passport was dismissed by nobody, and is never told to. */
export async function answerErase(core: HubCore, ask: EraseAsk): Promise<Result<EraseAnswer, EraseRefusal>> {
  const { world, signer } = core.options;
  const known = core.index().device(ask.device);
  if (!known || !(await verifyEraseClaim(signer.publicKey, ask, ask.proof, known.signKey, world.crypto)))
    return err('bad-proof');
  // asked again: verifying takes a turn in which something may have been handed in
  const row = core.index().device(ask.device);
  if (!row?.revoked || !row.erasure) return err('not-ordered');
  if (!isAnswered(row, ask)) return err('owing');
  const atMs = world.nowMs();
  const { device, nonce, lastN, lastHash } = ask;
  return ok({ atMs, signature: await signEraseOrder({ device, nonce, lastN, lastHash, atMs }, signer) });
}

/** Notes that a device has erased; the first time stands. Rejects with an Outage. */
export async function noteErased(
  core: HubCore,
  receipt: EraseReceipt & { readonly device: DeviceId },
): Promise<Result<void, 'bad-proof'>> {
  const { world, signer } = core.options;
  const known = core.index().device(receipt.device);
  const keys = known && { hub: signer.publicKey, device: known.signKey };
  if (!keys || !(await verifyErased(receipt, keys, world.crypto))) return err('bad-proof');
  return core.order([], (overlay) => {
    const row = overlay.device(receipt.device);
    if (row?.erasure?.erasedAtMs === null)
      overlay.setDevice({ ...row, erasure: { ...row.erasure, erasedAtMs: world.nowMs() } });
    return Promise.resolve(ok(undefined));
  });
}

// by number and hash: a Hub that was put back to an earlier time lacks what it once had answered
function isAnswered(row: DeviceRow, { lastN, lastHash }: EraseClaim): boolean {
  return row.lastN === lastN && equalBytes(row.lastHash, lastHash);
}
