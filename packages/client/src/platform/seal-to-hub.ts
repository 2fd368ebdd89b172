import { concatBytes } from '@chungtay/core/base/bytes';
import type { SealToHub } from '@chungtay/core/sync/sealed-row';

/** A key is used once: its nonce may be the same each time. */
const NONCE = new Uint8Array(12);
const INFO = new TextEncoder().encode('chungtay/sealed/1');

/**
 * Returns what seals bytes so that only the Hub with this X25519 key can open them, not even this tablet: a fresh key pair each time,
 * AES-256-GCM under HKDF-SHA-256 of what both share (docs/protocol.md § 3). Rule KEP-7.
 */
export function sealTo(hubKey: Uint8Array): SealToHub {
  return async (bytes) => {
    const own = await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
    const hub = await crypto.subtle.importKey('raw', hubKey.slice(), 'X25519', false, []);
    const shared = await crypto.subtle.deriveBits({ name: 'X25519', public: hub }, own.privateKey, 256);
    const ownKey = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey));
    const salt = concatBytes([ownKey, hubKey]).slice();
    const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
    const derivation = { name: 'HKDF', hash: 'SHA-256', salt, info: INFO };
    const key = await crypto.subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
    const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: NONCE }, key, bytes.slice());
    return concatBytes([ownKey, new Uint8Array(body)]);
  };
}
