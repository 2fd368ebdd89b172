/** Under which client id a device wrote last, as far as the Hub remembers. */
import { must } from '../base/assert.ts';
import type { DeviceId } from '../model/ids.ts';
import { parseEnvelope } from './envelope.ts';
import type { Overlay } from './hub-overlay.ts';
import type { FeedStore } from './ports.ts';

/** How many numbers are looked through: refused envelopes are not kept, and say nothing. */
const LOOKED_BACK = 8;

/** Returns the client id of the device's latest stored envelope, 0 before the first; null when it is not to be found. Rejects with an Outage. */
export async function lastClientOf(
  device: DeviceId,
  overlay: Pick<Overlay, 'device' | 'stored'>,
  store: Pick<FeedStore, 'readStored'>,
): Promise<number | null> {
  const { lastN } = must(overlay.device(device), 'a device that is known');
  for (let n = lastN; n > Math.max(0, lastN - LOOKED_BACK); n -= 1) {
    const entry = overlay.stored(device, n) ?? (await store.readStored(device, n));
    const parsed = entry && parseEnvelope(entry.body);
    if (parsed?.ok) return parsed.value.envelope.client;
  }
  return lastN === 0 ? 0 : null;
}
