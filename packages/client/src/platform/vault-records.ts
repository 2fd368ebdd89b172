import { concatBytes } from '@chungtay/core/base/bytes';

const IV_BYTES = 12;

/** Returns `bytes` sealed with AES-256-GCM under a random 96-bit IV; `label` is authenticated, so a record cannot be moved elsewhere. */
export async function sealRecord(key: CryptoKey, label: string, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: labelBytes(label) },
    key,
    bytes.slice(),
  );
  return concatBytes([iv, new Uint8Array(sealed)]);
}

/** Returns the plain bytes of a sealed record, or null when it is damaged, moved or under another key. */
export async function openRecord(key: CryptoKey, label: string, sealed: Uint8Array): Promise<Uint8Array | null> {
  if (sealed.length <= IV_BYTES) return null;
  try {
    const iv = sealed.slice(0, IV_BYTES);
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: labelBytes(label) },
      key,
      sealed.slice(IV_BYTES),
    );
    return new Uint8Array(plain);
  } catch {
    return null;
  }
}

/** Returns 32 raw key bytes as an AES-256-GCM key that scripts cannot read back. It must never be stored: IndexedDB keeps CryptoKeys in the clear. */
export async function recordKeyOf(raw: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw.slice(), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Returns a vault's raw key as `recordKeyOf` does, but one that its holder can read back, to put it behind one more slot (`withRawKey`). */
export async function vaultKeyOf(raw: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw.slice(), 'AES-GCM', true, ['encrypt', 'decrypt']);
}

/** Calls `use` with the raw key, which is zeroed when that has settled. */
export async function withRawKey<T>(key: CryptoKey, use: (raw: Uint8Array) => Promise<T>): Promise<T> {
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', key));
  try {
    return await use(raw);
  } finally {
    raw.fill(0);
  }
}

function labelBytes(label: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(label);
}
