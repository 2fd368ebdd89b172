import { createCipheriv, createDecipheriv, createSecretKey, randomFillSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { must } from '@chungtay/core/base/assert';
import { DamagedRow } from '@chungtay/core/sync/ports';

/** Seals what the store writes, so that a copied file or backup yields nothing without the key (P15). */
export interface BodyCipher {
  /** Returns `bytes` sealed; only `open` with the same `label` gives them back, so a row cannot be moved elsewhere. */
  seal(label: string, bytes: Uint8Array): Uint8Array;
  /** Returns the sealed bytes; throws a DamagedRow when they are damaged, moved or under a key that is not held. */
  open(label: string, sealed: Uint8Array): Uint8Array;
  /** Seals under this key from now on, and still opens what lies under those before. The newest one again changes nothing. */
  adopt(key: Uint8Array): void;
  /** Returns the bytes sealed under the newest key, or null when they are already. Throws a DamagedRow as `open` does. */
  renew(label: string, sealed: Uint8Array): Uint8Array | null;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCES_DRAWN = 256;

/**
 * Returns the AES-256-GCM cipher of 32-byte keys, the newest first: nonce, ciphertext, tag; a random nonce each, far below 2^32 rows a
 * key. A row does not say under which key it lies: an authenticated cipher knows by trying, and there are two only during a rotation.
 */
export function createBodyCipher(...keys: readonly Uint8Array[]): BodyCipher {
  // handed over as bytes, a key is parsed anew for each row: 17 µs a seal instead of 6
  const ring = keys.map((bytes) => createSecretKey(bytes));
  const drawNonce = drawNonces();
  const seal = (label: string, bytes: Uint8Array): Uint8Array => {
    const nonce = drawNonce();
    const cipher = createCipheriv('aes-256-gcm', newest(ring), nonce).setAAD(Buffer.from(label));
    const body = cipher.update(bytes);
    cipher.final();
    return Buffer.concat([nonce, body, cipher.getAuthTag()]);
  };
  return {
    seal,
    open: (label, sealed) => openWith(ring, label, sealed).bytes,
    adopt(bytes) {
      const key = createSecretKey(bytes);
      if (!key.equals(newest(ring))) ring.unshift(key);
    },
    renew(label, sealed) {
      const { bytes, at } = openWith(ring, label, sealed);
      return at === 0 ? null : seal(label, bytes);
    },
  };
}

function newest(ring: readonly KeyObject[]): KeyObject {
  return must(ring[0], 'a cipher has a key');
}

function openWith(
  ring: readonly KeyObject[],
  label: string,
  sealed: Uint8Array,
): { readonly bytes: Uint8Array; readonly at: number } {
  for (const [at, key] of ring.entries()) {
    try {
      return { bytes: unseal(key, label, sealed), at };
    } catch {
      // under another key, or damaged: the last one decides
    }
  }
  throw new DamagedRow();
}

/** Returns a function that gives a fresh random nonce each time. */
function drawNonces(): () => Uint8Array {
  const nonces = new Uint8Array(NONCE_BYTES * NONCES_DRAWN);
  let nextNonce = NONCES_DRAWN;
  return () => {
    if (nextNonce === NONCES_DRAWN) {
      randomFillSync(nonces);
      nextNonce = 0;
    }
    nextNonce += 1;
    return nonces.subarray((nextNonce - 1) * NONCE_BYTES, nextNonce * NONCE_BYTES);
  };
}

function unseal(key: KeyObject, label: string, sealed: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(label));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const body = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
  decipher.final();
  return new Uint8Array(body.buffer, body.byteOffset, body.length);
}
