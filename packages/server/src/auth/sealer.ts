import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { Sealer } from '@chungtay/core/sync/ports';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Returns the AES-256-GCM sealer of a 32-byte key. */
export function createSealer(keyBytes: Uint8Array): Sealer {
  // parsed once, not at each seal
  const key = createSecretKey(keyBytes);
  return {
    seal(bytes) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = cipher.update(bytes);
      cipher.final();
      return new Uint8Array(Buffer.concat([nonce, body, cipher.getAuthTag()]));
    },
    open(sealed) {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
      const split = sealed.length - TAG_BYTES;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(sealed.subarray(split));
        const body = decipher.update(sealed.subarray(NONCE_BYTES, split));
        decipher.final();
        return new Uint8Array(body);
      } catch {
        return null;
      }
    },
  };
}
