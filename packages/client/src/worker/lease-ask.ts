import type { Signer, World } from '@chungtay/core/base/world';
import type { DeviceId } from '@chungtay/core/model/ids';
import { signLeaseClaim, verifyLeaseWord } from '@chungtay/core/wire/lease';
import * as z from 'zod/mini';
import { exchange } from './hub-exchange.ts';
import { base64UrlOf, bytesOfBase64Url } from './identity.ts';

/** What the Hub said: its time, and the key that lay in the box, or null. */
export type LeaseGiven =
  | { readonly is: 'given'; readonly hubMs: number; readonly key: Uint8Array | null }
  /** This tablet or its person has no right here any more. */
  | { readonly is: 'refused' }
  /** The Hub is not to be had, or whoever answered is not our Hub. */
  | { readonly is: 'offline' };

/** Asks the Hub for leave to go on, with the box when the key is wanted back. */
export type AskForLease = (box: Uint8Array | null) => Promise<LeaseGiven>;

const NONCE_BYTES = 16;
const challengeAnswer = z.object({ challenge: z.string() });
const leaseAnswer = z.object({
  atMs: z.int().check(z.nonnegative()),
  key: z.nullable(z.string()),
  signature: z.string(),
});

/** Returns what asks the Hub behind this page's own address. Its word counts only under the key of the enrolment, and for this question alone. */
export function leaseDoor(device: DeviceId, hubKey: Uint8Array, signer: Signer, world: World): AskForLease {
  return async (wanted) => {
    const asked = challengeAnswer.safeParse((await exchange('/ticket')).body);
    const challenge = asked.success ? bytesOfBase64Url(asked.data.challenge) : null;
    if (!challenge) return { is: 'offline' };
    const claim = { device, challenge, nonce: world.randomBytes(NONCE_BYTES), box: wanted ?? new Uint8Array(0) };
    const proof = await signLeaseClaim(hubKey, claim, signer);
    const { status, body } = await exchange('/lease', {
      device,
      challenge: base64UrlOf(challenge),
      nonce: base64UrlOf(claim.nonce),
      box: base64UrlOf(claim.box),
      proof: base64UrlOf(proof),
    });
    if (status === 403) return { is: 'refused' };
    const answer = leaseAnswer.safeParse(body);
    if (!answer.success) return { is: 'offline' };
    const key = answer.data.key === null ? null : bytesOfBase64Url(answer.data.key);
    const signature = bytesOfBase64Url(answer.data.signature);
    const word = { device, nonce: claim.nonce, atMs: answer.data.atMs, key };
    const isOurHub = signature !== null && (await verifyLeaseWord(word, signature, hubKey, world.crypto));
    return isOurHub ? { is: 'given', hubMs: word.atMs, key } : { is: 'offline' };
  };
}
