import { err, ok, type Result } from '@chungtay/core/base/result';
import { ENROL_REFUSALS, type EnrolRefusal } from '@chungtay/core/model/invitation';
import type { DeviceKeys } from '../platform/device-keys.ts';
import { base64UrlOf, type Identity, identityOf } from './identity.ts';

/** Why the Hub did not enrol this tablet: it said no to the code, or nothing yet. */
export type EnrolTrouble = EnrolRefusal | 'offline' | 'too-many';

/** Hands the invitation and this device's public keys to the Hub; returns who this tablet is now, or why not. */
export async function askToEnrol(code: string, keys: DeviceKeys): Promise<Result<Identity, EnrolTrouble>> {
  const answer = await post({ code, signKey: base64UrlOf(keys.signPublic), sealKey: base64UrlOf(keys.sealPublic) });
  if (!answer) return err('offline');
  if (!answer.ok) return err(await refusalOf(answer));
  const identity = identityOf(await answer.json().catch(() => null));
  return identity ? ok(identity) : err('offline');
}

async function post(body: Readonly<Record<string, string>>): Promise<Response | null> {
  try {
    return await fetch('/enrol', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(20_000),
    });
  } catch {
    return null;
  }
}

async function refusalOf(answer: Response): Promise<EnrolTrouble> {
  const body: unknown = await answer.json().catch(() => null);
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  const refusal = ENROL_REFUSALS.find((one) => one === code);
  if (refusal) return refusal;
  // whatever stands between answered instead of the Hub
  return answer.status === 429 ? 'too-many' : 'offline';
}
