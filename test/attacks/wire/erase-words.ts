/** What a dismissed device says about erasing, by docs/protocol.md alone. */
import { randomBytes } from 'node:crypto';
import { encode } from '../../protocol/any.ts';
import { isSignedBy } from '../../protocol/keys.ts';
import { type Account, postJson } from './account.ts';

/** The last envelope of a device. */
export interface Last {
  readonly lastN: number;
  readonly lastHash: Uint8Array;
}

/** An order as the Hub gave it, with what it is about. */
export interface Order extends Last {
  readonly device: string;
  readonly nonce: Uint8Array;
  readonly atMs: number;
  readonly signature: Uint8Array;
}

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Asks for the order; `changes` replace parts of what is posted. */
export async function askErase(
  { self, keys, url }: Account,
  { lastN, lastHash }: Last,
  changes: Readonly<Record<string, string | number>> = {},
): Promise<{ readonly status: number; readonly code: string | null; readonly order: Order | null }> {
  const asked = (await (await fetch(`${url}/ticket`)).json()) as { readonly challenge: string; readonly hub: string };
  const nonce = randomBytes(16);
  const challenge = Buffer.from(asked.challenge, 'base64url');
  const signed = encode([self.device, challenge, nonce, lastN, lastHash]);
  const proof = keys.sign('chungtay/erase-ask/1\n', Buffer.from(asked.hub, 'base64url'), signed);
  const answer = await postJson(`${url}/erase`, {
    device: self.device,
    challenge: asked.challenge,
    nonce: base64Url(nonce),
    lastN,
    lastHash: base64Url(lastHash),
    proof: base64Url(proof),
    ...changes,
  });
  const said = (await answer.json()) as { readonly code?: string; readonly atMs?: number; readonly signature?: string };
  const { code = null, atMs, signature } = said;
  const isOrder = atMs !== undefined && signature !== undefined;
  const order = isOrder ? { device: self.device, nonce, lastN, lastHash, atMs } : null;
  return {
    status: answer.status,
    code,
    order: order && { ...order, signature: Buffer.from(signature ?? '', 'base64url') },
  };
}

/** Says whether the Hub of this account signed the order. */
export function isOrdered({ self }: Account, { device, nonce, lastN, lastHash, atMs, signature }: Order): boolean {
  const signed = encode([device, nonce, lastN, lastHash, atMs]);
  return isSignedBy(self.hub.signKey, signature, 'chungtay/erase/1\n', signed);
}

/** Tells the Hub that the device has obeyed; returns the status. */
export async function tellErased({ self, keys, url }: Account, order: Order): Promise<number> {
  const { nonce, lastN, lastHash, atMs, signature } = order;
  const obeyed = keys.sign('chungtay/erased/1\n', encode([order.device, nonce, lastN, lastHash, atMs]));
  const last = { lastN, lastHash: base64Url(lastHash), atMs };
  const signed = { ordered: base64Url(signature), obeyed: base64Url(obeyed) };
  const { status } = await postJson(`${url}/erased`, {
    device: self.device,
    nonce: base64Url(nonce),
    ...last,
    ...signed,
  });
  return status;
}
