import { createPublicKey, hash, randomBytes, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib';
import type { CryptoPort, DeflatePort, World } from '@chungtay/core/base/world';

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
// of those who write now: OpenSSL needs 2.5 KB for each, and every device that is on line proved itself once
const KEYS_KEPT = 256;
const LEVEL = { level: 6 } as const;
// below these the way to the thread pool and back costs the event loop more than the work (60 µs against 8 for a small inflate)
// zlib goes to the thread pool and back for every chunk of its output: one that is large enough at once, not 50 of 16 KB
const USUAL_RATIO = 6;
const INLINE = { deflateBelowBytes: 6 * 1024, inflateBelowBytes: 8 * 1024, inflatedUpToBytes: 64 * 1024 } as const;

/** Returns the World of this machine: its clock, its randomness, OpenSSL and zlib in the thread pool, off the event loop, where that pays. */
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
    sha256: (bytes) => ownOf(hash('sha256', bytes, 'buffer')),
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
  deflate(bytes) {
    if (bytes.length < INLINE.deflateBelowBytes) return Promise.resolve(copyOf(deflateRawSync(bytes, LEVEL)));
    return new Promise((resolve, reject) => {
      deflateRaw(bytes, LEVEL, (error, out) => (error ? reject(error) : resolve(copyOf(out))));
    });
  },
  inflate(bytes, maxBytes) {
    if (bytes.length < INLINE.inflateBelowBytes) {
      const upToBytes = Math.min(maxBytes, INLINE.inflatedUpToBytes);
      const here = inflateHere(bytes, upToBytes);
      if (here !== 'too-large') return Promise.resolve(here);
      if (upToBytes === maxBytes) return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      const chunkSize = Math.min(maxBytes, Math.max(bytes.length * USUAL_RATIO, INLINE.inflatedUpToBytes));
      inflateRaw(bytes, { maxOutputLength: maxBytes, chunkSize, info: true }, (error, out) => {
        const whole = error ? null : wholeOf(out as unknown as Inflated, bytes.length);
        resolve(whole && ownOf(whole));
      });
    });
  },
};

/** A few kilobytes may hold a thousand times as much: what is more than a little goes to the thread pool after all. */
function inflateHere(bytes: Uint8Array, maxBytes: number): Uint8Array | 'too-large' | null {
  try {
    const out = inflateRawSync(bytes, { maxOutputLength: maxBytes, info: true });
    const whole = wholeOf(out as unknown as Inflated, bytes.length);
    return whole && copyOf(whole);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : null;
  }
}

/** What zlib gives with `info`: its types know only the bytes. */
interface Inflated {
  readonly buffer: Uint8Array<ArrayBuffer>;
  readonly engine: { readonly bytesWritten: number };
}

/** zlib stops at the end of the stream: bytes after it would have come in and be accounted for nowhere. */
function wholeOf({ buffer, engine }: Inflated, lengthBytes: number): Uint8Array<ArrayBuffer> | null {
  return engine.bytesWritten === lengthBytes ? buffer : null;
}

/** As `copyOf`, without the copy where nothing else is behind it: a large output is alone in its memory. */
function ownOf(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.length === bytes.buffer.byteLength ? new Uint8Array(bytes.buffer) : copyOf(bytes);
}

/** A Buffer may be a corner of a shared pool: what is kept must not keep, or show, the rest of it. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
