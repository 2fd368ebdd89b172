import type { Signer, World } from '@chungtay/core/base/world';
import type { DeviceId } from '@chungtay/core/model/ids';
import { signEraseClaim, signErased, verifyEraseOrder } from '@chungtay/core/wire/erase';
import * as z from 'zod/mini';
import type { ErasedWord } from '../platform/tablet-registry.ts';
import { exchange } from './hub-exchange.ts';
import { base64UrlOf, bytesOfBase64Url } from './identity.ts';

/** The last envelope that a device wrote. */
export interface LastWritten {
  readonly lastN: number;
  readonly lastHash: Uint8Array;
}

/** Asks the Hub whether this device, which has handed in everything up to `last`, is to erase what it holds; null when it is not, or nobody says. */
export type AskToErase = (last: LastWritten) => Promise<ErasedWord | null>;

const NONCE_BYTES = 16;
const challengeAnswer = z.object({ challenge: z.string() });
const orderAnswer = z.object({ atMs: z.int().check(z.nonnegative()), signature: z.string() });

/** Returns what asks the Hub behind this page's own address. Its order counts only under the key of the enrolment, and for this question alone. */
export function eraseDoor(device: DeviceId, hubKey: Uint8Array, signer: Signer, world: World): AskToErase {
  return async ({ lastN, lastHash }) => {
    const asked = challengeAnswer.safeParse((await exchange('/ticket')).body);
    const challenge = asked.success ? bytesOfBase64Url(asked.data.challenge) : null;
    if (!challenge) return null;
    const claim = { device, challenge, nonce: world.randomBytes(NONCE_BYTES), lastN, lastHash };
    const said = { device, nonce: base64UrlOf(claim.nonce), lastN, lastHash: base64UrlOf(lastHash) };
    const proof = base64UrlOf(await signEraseClaim(hubKey, claim, signer));
    const { body } = await exchange('/erase', { ...said, challenge: base64UrlOf(challenge), proof });
    const answer = orderAnswer.safeParse(body);
    const signature = answer.success ? bytesOfBase64Url(answer.data.signature) : null;
    if (!answer.success || !signature) return null;
    const order = { device, nonce: claim.nonce, lastN, lastHash, atMs: answer.data.atMs };
    if (!(await verifyEraseOrder(order, signature, hubKey, world.crypto))) return null;
    // signed now: afterwards there is no key to sign with
    const obeyed = base64UrlOf(await signErased(order, signer));
    return { ...said, atMs: order.atMs, ordered: base64UrlOf(signature), obeyed };
  };
}

/** Tells the Hub that a device has erased; says whether there is nothing more to tell: it knows, or will never believe it. */
export async function tellErased(word: ErasedWord): Promise<boolean> {
  const { status } = await exchange('/erased', { ...word });
  return status === 200 || status === 403;
}
