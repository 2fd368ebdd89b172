import type { SealToHub } from '@chungtay/core/sync/sealed-row';
import { sealFor } from './sealed-box.ts';

const PURPOSE = 'chungtay/sealed/1';

/** Returns what seals bytes so that only the Hub with this X25519 key can open them, not even this tablet. Rule KEP-7. */
export function sealTo(hubKey: Uint8Array): SealToHub {
  return (bytes) => sealFor(hubKey, PURPOSE, bytes);
}
