/** A device as another program would write one: keys, enrolment and tickets over plain HTTP. */
import { concatBytes } from '@chungtay/core/base/bytes';
import { testSigner } from '../fixtures/world.ts';

/** A device enrolled by a test; its keys come from the seed. */
export interface TestDevice {
  readonly seed: number;
  readonly device: string;
  readonly answer: Readonly<Record<string, unknown>>;
}

const enrolled = new Map<number, string>();
const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Returns the invitation codes that the command line printed, in order. */
export function invitationsIn(text: string): readonly string[] {
  return [...text.matchAll(/#i=([0-9A-Z]{16})/gu)].map(([, code]) => code ?? '');
}

/** Enrols a device whose keys come from `seed`; throws `status body` when the Hub refuses. */
export async function enrolDevice(hub: string, code: string, seed: number): Promise<TestDevice> {
  const signKey = base64Url(testSigner(seed).publicKey);
  const sealKey = base64Url(testSigner(seed + 1_000).publicKey);
  const answer = await post(`${hub}/enrol`, { code, signKey, sealKey });
  const device = String(answer['device']);
  enrolled.set(seed, device);
  return { seed, device, answer };
}

/** Returns a ticket for the rooms, proven with the key of `seed`; `device` null = the one enrolled with it, or with seed 1. */
export async function ticketFor(
  hub: string,
  { seed, device }: { readonly seed: number; readonly device: string | null },
): Promise<{ readonly ticket: string }> {
  const asked = (await (await fetch(`${hub}/ticket`)).json()) as { readonly challenge: string; readonly hub: string };
  const challenge = Buffer.from(asked.challenge, 'base64url');
  const signed = concatBytes([Buffer.from('chungtay/ticket/1\n'), Buffer.from(asked.hub, 'base64url'), challenge]);
  const proof = base64Url(await testSigner(seed).sign(signed));
  const answer = await post(`${hub}/ticket`, {
    device: device ?? enrolled.get(seed) ?? enrolled.get(1),
    challenge: asked.challenge,
    proof,
  });
  return { ticket: String(answer['ticket']) };
}

async function post(url: string, body: unknown): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(url, {
    method: 'POST',
    // the next question may come after the Hub has let an idle connection go
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
