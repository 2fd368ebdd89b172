import type { DeviceId, MemberNumber } from '@chungtay/core/model/ids';
import { parseDeviceId } from '@chungtay/core/model/ids';
import type { Sealer } from '@chungtay/core/sync/ports';
import type { RecoveryOf } from '@chungtay/core/wire/recovery';
import * as z from 'zod/mini';

/** Whose tablet a pass is left on. */
export interface PassHolder extends RecoveryOf {
  readonly member: MemberNumber;
  readonly device: DeviceId;
}

const sealedPass = z.object({ use: z.literal('recovery'), member: z.int(), device: z.string() });

/** Returns what a tablet leaves at its own door: by it the Hub knows a tablet that is locked. It opens nothing. Rule VLT-14. */
export function sealRecoveryPass({ member, device }: PassHolder, sealer: Sealer): string {
  return Buffer.from(sealer.seal(Buffer.from(JSON.stringify({ use: 'recovery', member, device })))).toString(
    'base64url',
  );
}

/** Returns whose tablet it was left on, or null when this Hub did not seal it for that. */
export function openRecoveryPass(text: string, sealer: Sealer): PassHolder | null {
  const opened = sealer.open(Buffer.from(text, 'base64url'));
  const parsed = opened && sealedPass.safeParse(JSON.parse(Buffer.from(opened).toString('utf8')));
  const device = parsed?.success ? parseDeviceId(parsed.data.device) : null;
  return parsed?.success && device ? { member: parsed.data.member as MemberNumber, device } : null;
}
