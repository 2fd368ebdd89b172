import type { IncomingMessage } from 'node:http';
import { must } from '@chungtay/core/base/assert';
import type { Hub } from '@chungtay/core/sync/hub';
import * as z from 'zod/mini';
import type { Answer } from './answer.ts';
import { asJson } from './answer.ts';
import { bytesOfBase64Url, readJson } from './body.ts';

/** What enrolment over HTTP needs of the Hub. */
export interface EnrolNeeds {
  readonly hub: Pick<Hub, 'enrol' | 'members'>;
  readonly commune: { readonly name: string; readonly isDemo: boolean };
}

const KEY_BYTES = 32;
const askShape = z.object({ code: z.string(), signKey: z.string(), sealKey: z.string() });

/**
 * Answers POST /enrol: `{code, signKey, sealKey}`, keys base64url, to who this device is from now on. A code that is none is
 * refused alike whatever it looks like; the holder of the right one is told why it does not work any more. Rule HUB-6.
 */
export async function answerEnrol(request: IncomingMessage, { hub, commune }: EnrolNeeds): Promise<Answer> {
  const body = await readJson(request);
  if (!body.ok) return asJson(body.error === 'too-large' ? 413 : 400, { code: body.error });
  const ask = askShape.safeParse(body.value);
  const signKey = ask.success ? bytesOfBase64Url(ask.data.signKey, KEY_BYTES) : null;
  const sealKey = ask.success ? bytesOfBase64Url(ask.data.sealKey, KEY_BYTES) : null;
  if (!ask.success || !signKey || !sealKey) return asJson(400, { code: 'malformed' });
  const enrolled = await hub.enrol({ code: ask.data.code, signKey, sealKey });
  if (!enrolled.ok) return asJson(enrolled.error === 'bad-code' ? 404 : 410, { code: enrolled.error });
  const { member, device, epoch, leases, hub: keys, passport } = enrolled.value;
  const person = must(
    hub.members().find((row) => row.member === member),
    'the person of a new device',
  );
  return asJson(200, {
    member,
    device,
    name: person.name,
    commune: commune.name,
    isDemo: commune.isDemo,
    epoch,
    leases,
    principal: person.principal,
    hub: { signKey: base64Url(keys.signKey), sealKey: base64Url(keys.sealKey) },
    passport: base64Url(passport),
  });
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
