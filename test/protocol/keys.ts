/** Ed25519 as docs/protocol.md asks for it: raw keys of 32 bytes, raw signatures of 64. */
import { type KeyObject, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

/** A pair of keys; the public half travels as base64url of its 32 bytes. */
export interface Keys {
  readonly publicKey: string;
  sign(...parts: readonly (string | Uint8Array)[]): Buffer;
}

/** Returns new keys to sign with. */
export function makeSignKeys(): Keys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: rawOf(publicKey), sign: (...parts) => sign(null, joined(parts), privateKey) };
}

/** Returns the public half of new keys to seal to. */
export function makeSealKey(): string {
  return rawOf(generateKeyPairSync('x25519').publicKey);
}

/** Says whether the signature is of this key, over the parts one after another. */
export function isSignedBy(key: string, signature: Uint8Array, ...parts: readonly (string | Uint8Array)[]): boolean {
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
  return verify(null, joined(parts), publicKey, signature);
}

function rawOf(key: KeyObject): string {
  return key.export({ format: 'jwk' }).x ?? '';
}

function joined(parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part)));
}
