import { createDecipheriv, createPublicKey, diffieHellman, hkdf } from 'node:crypto';
import { promisify } from 'node:util';
import type { HubKeys } from './keys.ts';

const KEY_BYTES = 32;
const TAG_BYTES = 16;
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex');
/** A key is used once: its nonce may be the same each time. */
const NONCE = Buffer.alloc(12);

const agree = promisify(diffieHellman);
const derive = promisify(hkdf);

/**
 * Resolves to what a device sealed to this Hub, or null when it cannot be opened: an X25519 key of its own, then AES-256-GCM under
 * HKDF-SHA-256 of what both share (docs/protocol.md § 3). The curve is left to the thread pool: a few kilobytes of a frame may hold
 * thousands of boxes. Rule HUB-10.
 */
export async function openSealed(
  { sealKey, sealPrivateKey }: Pick<HubKeys, 'sealKey' | 'sealPrivateKey'>,
  box: Uint8Array,
): Promise<Uint8Array | null> {
  if (box.length < KEY_BYTES + TAG_BYTES) return null;
  const theirs = box.subarray(0, KEY_BYTES);
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([SPKI_X25519, theirs]), format: 'der', type: 'spki' });
    const shared = await agree({ privateKey: sealPrivateKey, publicKey });
    const key = await derive('sha256', shared, Buffer.concat([theirs, sealKey]), 'chungtay/sealed/1', KEY_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', new Uint8Array(key), NONCE);
    decipher.setAuthTag(box.subarray(box.length - TAG_BYTES));
    const body = decipher.update(box.subarray(KEY_BYTES, box.length - TAG_BYTES));
    return new Uint8Array(Buffer.concat([body, decipher.final()]));
  } catch {
    // a damaged box, a point of no order, another Hub's key: all alike
    return null;
  }
}
