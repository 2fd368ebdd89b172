import { createCipheriv, createDecipheriv, createSecretKey, randomFillSync } from 'node:crypto';
import type { Sealer } from '@chungtay/core/sync/ports';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
// asking for randomness costs as much as a seal, whatever the amount
const NONCES_AT_ONCE = 256;

/** Returns the AES-256-GCM sealer of a 32-byte key. */
export function createSealer(keyBytes: Uint8Array): Sealer {
  // parsed once, not at each seal
  const key = createSecretKey(keyBytes);
  const nextNonce = drawNonces();
  return {
    seal(bytes) {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = new Uint8Array(NONCE_BYTES + bytes.length + TAG_BYTES);
      sealed.set(nonce);
      sealed.set(cipher.update(bytes), NONCE_BYTES);
      cipher.final();
      sealed.set(cipher.getAuthTag(), NONCE_BYTES + bytes.length);
      return sealed;
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

/** Returns a function that gives a fresh random nonce each time. */
function drawNonces(): () => Uint8Array {
  const drawn = new Uint8Array(NONCE_BYTES * NONCES_AT_ONCE);
  let at = drawn.length;
  return () => {
    if (at === drawn.length) {
      randomFillSync(drawn);
      at = 0;
    }
    at += NONCE_BYTES;
    return drawn.subarray(at - NONCE_BYTES, at);
  };
}
