import { concatBytes } from '@chungtay/core/base/bytes';

/** A key is used once: its nonce may be the same each time. */
const NONCE = new Uint8Array(12);
const KEY_BYTES = 32;

/** An X25519 pair; the private half as PKCS #8. */
export interface BoxKeys {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** Returns a fresh pair. */
export async function makeBoxKeys(): Promise<BoxKeys> {
  const pair = await crypto.subtle.generateKey('X25519', true, ['deriveBits']);
  const { privateKey, publicKey } = pair;
  return {
    privateKey: new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)),
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)),
  };
}

/**
 * Returns bytes sealed so that only the holder of this X25519 key can open them, and for this purpose alone: a fresh key pair each time,
 * AES-256-GCM under HKDF-SHA-256 of what both share (docs/protocol.md § 3).
 */
export async function sealFor(publicKey: Uint8Array, purpose: string, bytes: Uint8Array): Promise<Uint8Array> {
  const own = await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
  const theirs = await crypto.subtle.importKey('raw', publicKey.slice(), 'X25519', false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'X25519', public: theirs }, own.privateKey, 256);
  const ownKey = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey));
  const key = await keyOf(shared, concatBytes([ownKey, publicKey]), purpose, 'encrypt');
  const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: NONCE }, key, bytes.slice());
  return concatBytes([ownKey, new Uint8Array(body)]);
}

/** Returns what is in a box, or null: for another key, for another purpose, damaged. */
export async function openBox(own: BoxKeys, purpose: string, box: Uint8Array): Promise<Uint8Array | null> {
  if (box.length <= KEY_BYTES) return null;
  try {
    const theirKey = box.slice(0, KEY_BYTES);
    const key = await crypto.subtle.importKey('pkcs8', own.privateKey.slice(), 'X25519', false, ['deriveBits']);
    const theirs = await crypto.subtle.importKey('raw', theirKey, 'X25519', false, []);
    const shared = await crypto.subtle.deriveBits({ name: 'X25519', public: theirs }, key, 256);
    const opens = await keyOf(shared, concatBytes([theirKey, own.publicKey]), purpose, 'decrypt');
    const body = box.slice(KEY_BYTES);
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: NONCE }, opens, body));
  } catch {
    return null;
  }
}

async function keyOf(
  shared: ArrayBuffer,
  salt: Uint8Array,
  purpose: string,
  use: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode(purpose);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: salt.slice(), info };
  return crypto.subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, [use]);
}
