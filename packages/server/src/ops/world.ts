import { createPublicKey, hash, randomBytes, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { CryptoPort, DeflatePort, World } from '@chungtay/core/base/world';

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const KEYS_KEPT = 4_096;
const DEFLATE_LEVEL = 6;

/** Returns the World of this machine: its clock, its randomness, OpenSSL and zlib in the thread pool, off the event loop. */
export function createNodeWorld(): World {
  return {
    nowMs: () => Date.now(),
    randomBytes: (lengthBytes) => {
      const bytes = new Uint8Array(lengthBytes);
      bytes.set(randomBytes(lengthBytes));
      return bytes;
    },
    after(delayMs, wake) {
      const timer = setTimeout(wake, delayMs);
      return () => clearTimeout(timer);
    },
    crypto: createNodeCrypto(),
    deflate: nodeDeflate,
  };
}

function createNodeCrypto(): CryptoPort {
  const keyOf = rememberKeys();
  return {
    sha256: (bytes) => copyOf(hash('sha256', bytes, 'buffer')),
    verify(publicKey, bytes, signature) {
      const key = keyOf(publicKey);
      if (!key) return Promise.resolve(false);
      return new Promise((resolve) => {
        verify(null, bytes, key, signature, (error, isSigned) => resolve(!error && isSigned));
      });
    },
  };
}

/** Parsing a key costs a fifth of a verification, and a device sends many envelopes. */
function rememberKeys(): (publicKey: Uint8Array) => KeyObject | null {
  const known = new Map<string, KeyObject>();
  return (publicKey) => {
    const name = Buffer.from(publicKey).toString('latin1');
    const seen = known.get(name);
    if (seen) return seen;
    const key = parseKey(publicKey);
    if (known.size >= KEYS_KEPT) known.clear();
    if (key) known.set(name, key);
    return key;
  };
}

function parseKey(publicKey: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.concat([SPKI_ED25519, publicKey]), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

const nodeDeflate: DeflatePort = {
  deflate: (bytes) =>
    new Promise((resolve, reject) => {
      deflateRaw(bytes, { level: DEFLATE_LEVEL }, (error, out) => (error ? reject(error) : resolve(copyOf(out))));
    }),
  inflate: (bytes, maxBytes) =>
    new Promise((resolve) => {
      inflateRaw(bytes, { maxOutputLength: maxBytes }, (error, out) => resolve(error ? null : copyOf(out)));
    }),
};

/** A Buffer may be a corner of a shared pool: what is kept must not keep, or show, the rest of it. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
