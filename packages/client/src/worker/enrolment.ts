import { err, ok, type Result } from '@chungtay/core/base/result';
import type { DeviceKeys } from '../platform/device-keys.ts';
import { base64UrlOf, type Identity, identityOf } from './identity.ts';

/** Why the Hub did not enrol this tablet. */
export type EnrolRefusal = 'offline' | 'bad-code' | 'used-code' | 'expired-code' | 'too-many';

/** Hands the invitation and this device's public keys to the Hub; returns who this tablet is now, or why not. */
export async function askToEnrol(code: string, keys: DeviceKeys): Promise<Result<Identity, EnrolRefusal>> {
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

async function refusalOf(answer: Response): Promise<EnrolRefusal> {
  const body: unknown = await answer.json().catch(() => null);
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  if (code === 'used-code' || code === 'expired-code' || code === 'bad-code' || code === 'too-many') return code;
  if (answer.status === 429) return 'too-many';
  return answer.status >= 500 ? 'offline' : 'bad-code';
}
