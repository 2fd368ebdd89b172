import type { IncomingMessage } from 'node:http';
import { parseDeviceId } from '@chungtay/core/model/ids';
import type { Hub } from '@chungtay/core/sync/hub';
import * as z from 'zod/mini';
import type { Tickets } from '../auth/tickets.ts';
import type { Answer } from './answer.ts';
import { asJson } from './answer.ts';
import { bytesOfBase64Url, readJson } from './body.ts';

/** What leases over HTTP need of the Hub. */
export interface LeaseNeeds {
  readonly hub: Pick<Hub, 'lease'>;
  readonly tickets: Pick<Tickets, 'isOpenChallenge'>;
}

const NONCE_BYTES = 16;
const SIGNATURE_BYTES = 64;
/** An id of 26 letters and a key of 32 bytes in a box: a fresh public key and a tag beside them. */
const BOX_BYTES = 106;
const askShape = z.object({
  device: z.string(),
  challenge: z.string(),
  nonce: z.string(),
  box: z.string(),
  proof: z.string(),
});

/**
 * Answers POST /lease: `{device, challenge, nonce, box, proof}`, bytes base64url, to `{atMs, key, signature}`: the tablet may go on showing
 * files. The challenge is one of GET /ticket. Rule LSE-8.
 */
export async function answerLeaseAsk(request: IncomingMessage, { hub, tickets }: LeaseNeeds): Promise<Answer> {
  const body = await readJson(request);
  if (!body.ok) return asJson(body.error === 'too-large' ? 413 : 400, { code: body.error });
  const ask = askShape.safeParse(body.value);
  if (!ask.success) return asJson(400, { code: 'malformed' });
  const device = parseDeviceId(ask.data.device);
  const nonce = bytesOfBase64Url(ask.data.nonce, NONCE_BYTES);
  const proof = bytesOfBase64Url(ask.data.proof, SIGNATURE_BYTES);
  const box = ask.data.box === '' ? new Uint8Array(0) : bytesOfBase64Url(ask.data.box, BOX_BYTES);
  if (!device || !nonce || !proof || !box) return asJson(400, { code: 'malformed' });
  if (!tickets.isOpenChallenge(ask.data.challenge)) return asJson(403, { code: 'bad-proof' });
  const challenge = new Uint8Array(Buffer.from(ask.data.challenge, 'base64url'));
  const answer = await hub.lease({ device, challenge, nonce, box, proof });
  if (!answer.ok) return asJson(403, { code: answer.error });
  const { atMs, key, signature } = answer.value;
  return asJson(200, { atMs, key: key && base64Url(key), signature: base64Url(signature) });
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
