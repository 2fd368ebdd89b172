import type { IncomingMessage } from 'node:http';
import type { Result } from '@chungtay/core/base/result';
import type { DeviceId, MemberNumber } from '@chungtay/core/model/ids';
import type { Principal } from '@chungtay/core/model/principal';
import * as z from 'zod/mini';
import type { Answer } from './answer.ts';
import { asJson } from './answer.ts';
import { bytesOfBase64Url, readJson } from './body.ts';

/** A device asking to be enrolled. */
export interface EnrolAsk {
  readonly code: string;
  readonly signKey: Uint8Array;
  readonly sealKey: Uint8Array;
  /** Whether the device is this very machine: demo invitations work nowhere else. */
  readonly isLocal: boolean;
}

/** A device enrolled. */
export interface Enrolled {
  readonly member: MemberNumber;
  readonly device: DeviceId;
  readonly name: string;
  readonly epoch: number;
  readonly leases: readonly (readonly [number, number])[];
  readonly principal: Principal;
}

/** Why an invitation did not work. */
export type EnrolRefusal = 'bad-code' | 'used-code' | 'expired-code';

/** What enrolment over HTTP needs of the Hub. */
export interface EnrolNeeds {
  readonly enrol: (ask: EnrolAsk) => Promise<Result<Enrolled, EnrolRefusal>>;
  readonly commune: { readonly name: string; readonly isDemo: boolean };
  readonly hub: { readonly signKey: Uint8Array; readonly sealKey: Uint8Array };
}

const KEY_BYTES = 32;
const askShape = z.object({ code: z.string(), signKey: z.string(), sealKey: z.string() });

/** Answers POST /enrol: `{code, signKey, sealKey}`, keys base64url, to who this device is from now on. Rule HUB-6. */
export async function answerEnrol(request: IncomingMessage, isLocal: boolean, needs: EnrolNeeds): Promise<Answer> {
  const body = await readJson(request);
  if (!body.ok) return asJson(body.error === 'too-large' ? 413 : 400, { code: body.error });
  const ask = askShape.safeParse(body.value);
  const signKey = ask.success ? bytesOfBase64Url(ask.data.signKey, KEY_BYTES) : null;
  const sealKey = ask.success ? bytesOfBase64Url(ask.data.sealKey, KEY_BYTES) : null;
  if (!ask.success || !signKey || !sealKey) return asJson(400, { code: 'malformed' });
  const enrolled = await needs.enrol({ code: ask.data.code, signKey, sealKey, isLocal });
  if (!enrolled.ok) return asJson(enrolled.error === 'bad-code' ? 404 : 410, { code: enrolled.error });
  const { member, device, name, epoch, leases, principal } = enrolled.value;
  return asJson(200, {
    member,
    device,
    name,
    commune: needs.commune.name,
    isDemo: needs.commune.isDemo,
    epoch,
    leases,
    principal,
    hub: { signKey: base64Url(needs.hub.signKey), sealKey: base64Url(needs.hub.sealKey) },
  });
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
