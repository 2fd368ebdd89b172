/**
 * Everything the outside world gives to core: time, randomness, hashing, signatures, sealing, compression, timers.
 * Injected at the roots, so that a whole commune can be simulated under one seed. Core touches nothing ambient.
 */
export interface World extends Clock, Random, Timers {
  readonly crypto: CryptoPort;
  readonly deflate: DeflatePort;
}

/** Wall time. A device's clock may be years off: no order, right or winner may depend on it (P9). */
export interface Clock {
  /** Returns milliseconds since 1970-01-01T00:00Z. */
  nowMs(): number;
}

/** Unpredictable bytes. */
export interface Random {
  /** Returns `lengthBytes` fresh random bytes. */
  randomBytes(lengthBytes: number): Uint8Array<ArrayBuffer>;
}

/** A stopped timer never fires afterwards. */
export interface Timers {
  /** Calls `wake` once, about `delayMs` later; returns a function that cancels it. */
  after(delayMs: number, wake: () => void): () => void;
}

/** A key pair's public half as raw bytes: Ed25519 and X25519 keys are 32 bytes. */
export type PublicKey = Uint8Array;

/** Signs with one private key that never leaves its holder. */
export interface Signer {
  readonly publicKey: PublicKey;
  /** Returns the 64-byte Ed25519 signature of `bytes`. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Hashes and signature checks, the same on Node and in the browser. */
export interface CryptoPort {
  /** Returns the 32-byte SHA-256 of `bytes`. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** Says whether `signature` is `publicKey`'s Ed25519 signature of `bytes`. Never throws on malformed input: answers false. */
  verify(publicKey: PublicKey, bytes: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

/** Raw deflate, as `deflate-raw` of the Compression Streams standard. */
export interface DeflatePort {
  /** Returns `bytes` compressed. */
  deflate(bytes: Uint8Array): Promise<Uint8Array>;
  /** Returns `bytes` inflated, or null when they are damaged or would exceed `maxBytes`: never allocates much more than `maxBytes`. */
  inflate(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array | null>;
}
