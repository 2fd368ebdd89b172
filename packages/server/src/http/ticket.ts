import type { IncomingMessage } from 'node:http';
import type { CryptoPort } from '@chungtay/core/base/world';
import { parseDeviceId } from '@chungtay/core/model/ids';
import type { DeviceId, MemberNumber } from '@chungtay/core/model/ids';
import * as z from 'zod/mini';
import { TICKET_LIVES_MS, isTicketProof } from '../auth/tickets.ts';
import type { Tickets } from '../auth/tickets.ts';
import type { Answer } from './answer.ts';
import { asJson } from './answer.ts';
import { bytesOfBase64Url, readJson } from './body.ts';

/** What tickets over HTTP need of the Hub. */
export interface TicketNeeds {
  readonly tickets: Tickets;
  readonly crypto: CryptoPort;
  readonly hubKey: Uint8Array;
  /** Returns the device as it is enrolled now, or null: unknown, revoked, or its person suspended. */
  readonly deviceOf: (device: DeviceId) => { readonly member: MemberNumber; readonly signKey: Uint8Array } | null;
}

const SIGNATURE_BYTES = 64;
const askShape = z.object({ device: z.string(), challenge: z.string(), proof: z.string() });

/** Answers GET /ticket: a challenge to sign. */
export function answerChallenge({ tickets, hubKey }: TicketNeeds): Answer {
  return asJson(200, { challenge: tickets.challenge(), hub: Buffer.from(hubKey).toString('base64url') });
}

/** Answers POST /ticket: `{device, challenge, proof}` to a ticket for the rooms, proven with the device's key. Rule ROOM-2. */
export async function answerTicket(request: IncomingMessage, needs: TicketNeeds): Promise<Answer> {
  const body = await readJson(request);
  if (!body.ok) return asJson(body.error === 'too-large' ? 413 : 400, { code: body.error });
  const ask = askShape.safeParse(body.value);
  const proof = ask.success ? bytesOfBase64Url(ask.data.proof, SIGNATURE_BYTES) : null;
  const device = ask.success ? parseDeviceId(ask.data.device) : null;
  if (!ask.success || !proof || !device) return asJson(400, { code: 'malformed' });
  const enrolled = needs.deviceOf(device);
  if (!enrolled || !needs.tickets.isOpenChallenge(ask.data.challenge)) return asJson(403, { code: 'bad-proof' });
  const isProven = await isTicketProof(needs.crypto, enrolled.signKey, needs.hubKey, ask.data.challenge, proof);
  if (!isProven) return asJson(403, { code: 'bad-proof' });
  return asJson(200, { ticket: needs.tickets.issue({ member: enrolled.member, device }), livesMs: TICKET_LIVES_MS });
}
