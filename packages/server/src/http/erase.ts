import type { IncomingMessage } from 'node:http';
import { type DeviceId, parseDeviceId } from '@chungtay/core/model/ids';
import type { Hub } from '@chungtay/core/sync/hub';
import * as z from 'zod/mini';
import type { Tickets } from '../auth/tickets.ts';
import type { Answer } from './answer.ts';
import { asJson } from './answer.ts';
import { bytesOfBase64Url, readJson } from './body.ts';

/** What erasing over HTTP needs of the Hub. */
export interface EraseNeeds {
  readonly hub: Pick<Hub, 'erase' | 'erased'>;
  readonly tickets: Pick<Tickets, 'isOpenChallenge'>;
}

const NONCE_BYTES = 16;
const SIGNATURE_BYTES = 64;
const HASH_BYTES = 32;
const whole = z.int().check(z.nonnegative());
const lastOnes = { device: z.string(), nonce: z.string(), lastN: whole, lastHash: z.string() };
const askShape = z.object({ ...lastOnes, challenge: z.string(), proof: z.string() });
const receiptShape = z.object({ ...lastOnes, atMs: whole, ordered: z.string(), obeyed: z.string() });

/**
 * Answers POST /erase: `{device, challenge, nonce, lastN, lastHash, proof}`, bytes base64url, to `{atMs, signature}`: the device was
 * dismissed, has handed in everything, and is to erase what it holds. The challenge is one of GET /ticket. Rule ERA-1.
 */
export async function answerEraseAsk(request: IncomingMessage, { hub, tickets }: EraseNeeds): Promise<Answer> {
  const body = await readJson(request);
  if (!body.ok) return asJson(body.error === 'too-large' ? 413 : 400, { code: body.error });
  const ask = askShape.safeParse(body.value);
  const said = ask.success ? lastsOf(ask.data) : null;
  const proof = ask.success ? bytesOfBase64Url(ask.data.proof, SIGNATURE_BYTES) : null;
  if (!ask.success || !said || !proof) return asJson(400, { code: 'malformed' });
  if (!tickets.isOpenChallenge(ask.data.challenge)) return asJson(403, { code: 'bad-proof' });
  const challenge = new Uint8Array(Buffer.from(ask.data.challenge, 'base64url'));
  const answer = await hub.erase({ ...said, challenge, proof });
  if (!answer.ok) return asJson(403, { code: answer.error });
  const { atMs, signature } = answer.value;
  return asJson(200, { atMs, signature: Buffer.from(signature).toString('base64url') });
}

/** Answers POST /erased: the order as it was given, `ordered`, and `obeyed`, the device's own signature under it. Rule ERA-4. */
export async function answerErased(request: IncomingMessage, { hub }: EraseNeeds): Promise<Answer> {
  const body = await readJson(request);
  if (!body.ok) return asJson(body.error === 'too-large' ? 413 : 400, { code: body.error });
  const receipt = receiptShape.safeParse(body.value);
  const said = receipt.success ? lastsOf(receipt.data) : null;
  const ordered = receipt.success ? bytesOfBase64Url(receipt.data.ordered, SIGNATURE_BYTES) : null;
  const obeyed = receipt.success ? bytesOfBase64Url(receipt.data.obeyed, SIGNATURE_BYTES) : null;
  if (!receipt.success || !said || !ordered || !obeyed) return asJson(400, { code: 'malformed' });
  const answer = await hub.erased({ ...said, atMs: receipt.data.atMs, ordered, obeyed });
  return answer.ok ? asJson(200, {}) : asJson(403, { code: answer.error });
}

function lastsOf(said: z.infer<typeof askShape> | z.infer<typeof receiptShape>): {
  readonly device: DeviceId;
  readonly nonce: Uint8Array;
  readonly lastN: number;
  readonly lastHash: Uint8Array;
} | null {
  const device = parseDeviceId(said.device);
  const nonce = bytesOfBase64Url(said.nonce, NONCE_BYTES);
  const lastHash = bytesOfBase64Url(said.lastHash, HASH_BYTES);
  return device && nonce && lastHash ? { device, nonce, lastN: said.lastN, lastHash } : null;
}
