import { concatBytes } from '@chungtay/core/base/bytes';
import type { CryptoPort, DeflatePort, PublicKey, World } from '@chungtay/core/base/world';
import { sha256 } from '@noble/hashes/sha2.js';

/** Returns the browser's World: wall clock, WebCrypto, Compression Streams. */
export function browserWorld(): World {
  return {
    nowMs: () => Date.now(),
    randomBytes: (lengthBytes) => crypto.getRandomValues(new Uint8Array(lengthBytes)),
    after: (delayMs, wake) => {
      const timer = setTimeout(wake, delayMs);
      return () => clearTimeout(timer);
    },
    crypto: browserCrypto,
    deflate: browserDeflate,
  };
}

const browserCrypto: CryptoPort = {
  // WebCrypto's digest is asynchronous; the chain needs the hash inside one step
  sha256: (bytes) => sha256(bytes),
  verify: verifyEd25519,
};

async function verifyEd25519(publicKey: PublicKey, bytes: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey.slice(), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature.slice(), bytes.slice());
  } catch {
    // a malformed key or signature is simply not a proof
    return false;
  }
}

const browserDeflate: DeflatePort = {
  deflate: async (bytes) => {
    const stream = new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  },
  inflate: inflateBounded,
};

async function inflateBounded(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array | null> {
  const reader = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const parts: Uint8Array[] = [];
  let lengthBytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return concatBytes(parts);
      lengthBytes += value.length;
      if (lengthBytes > maxBytes) {
        await reader.cancel();
        return null;
      }
      parts.push(value);
    }
  } catch {
    return null;
  }
}
