import { concatBytes } from '@chungtay/core/base/bytes';
import type { Signer } from '@chungtay/core/base/world';
import type { DeviceId } from '@chungtay/core/model/ids';
import * as z from 'zod/mini';
import { base64UrlOf, bytesOfBase64Url } from './identity.ts';

const challengeAnswer = z.object({ challenge: z.string() });
const ticketAnswer = z.object({ ticket: z.string() });
const DOMAIN = new TextEncoder().encode('chungtay/ticket/1\n');

/** Returns a short-lived ticket for the presence rooms, proven with the device's key; null when the Hub is not to be had. */
export async function askForTicket(device: DeviceId, hubKey: Uint8Array, signer: Signer): Promise<string | null> {
  const asked = challengeAnswer.safeParse(await json('/ticket'));
  if (!asked.success) return null;
  const { challenge } = asked.data;
  const nonce = bytesOfBase64Url(challenge);
  if (!nonce) return null;
  const proof = await signer.sign(concatBytes([DOMAIN, hubKey, nonce]));
  const given = ticketAnswer.safeParse(await json('/ticket', { device, challenge, proof: base64UrlOf(proof) }));
  return given.success ? given.data.ticket : null;
}

async function json(path: string, body?: Readonly<Record<string, string>>): Promise<unknown> {
  const posted = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  try {
    const answer = await fetch(path, { ...posted, credentials: 'omit', cache: 'no-store' });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
