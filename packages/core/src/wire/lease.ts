/** The Hub's word by which a tablet may go on showing files: asked for by a device, for one nonce of its own, so that none can be shown twice. Rule LSE-8. */
import { encodeAny } from '../base/any.ts';
import { concatBytes, equalBytes } from '../base/bytes.ts';
import type { CryptoPort, PublicKey, Signer } from '../base/world.ts';

/** What a device asks with. */
export interface LeaseClaim {
  readonly device: string;
  /** The Hub's: that the question is of now. */
  readonly challenge: Uint8Array;
  /** The device's: that the answer is. 16 bytes. */
  readonly nonce: Uint8Array;
  /** The device's id and its key of the short lease, sealed to the Hub; empty when it is not asked for. */
  readonly box: Uint8Array;
}

/** What the Hub says. */
export interface LeaseWord {
  readonly device: string;
  readonly nonce: Uint8Array;
  /** The Hub's time, in ms. */
  readonly atMs: number;
  /** What lay in the box; null when there was none, or it could not be opened. */
  readonly key: Uint8Array | null;
}

/** Returns what a device seals to the Hub, so that it gets its key back, and no other device does. */
export function leaseBoxOf(device: string, key: Uint8Array): Uint8Array {
  return concatBytes([lettersOf(device), key]);
}

/** Returns the key in an opened box, or null when it is another device's. */
export function keyInBox(device: string, opened: Uint8Array): Uint8Array | null {
  const owner = lettersOf(device);
  return equalBytes(opened.subarray(0, owner.length), owner) ? opened.slice(owner.length) : null;
}

const ASK = lettersOf('chungtay/lease-ask/1\n');
const WORD = lettersOf('chungtay/lease/1\n');

/** Returns the device's proof: 64 bytes. */
export function signLeaseClaim(hub: PublicKey, claim: LeaseClaim, signer: Signer): Promise<Uint8Array> {
  return signer.sign(claimBytes(hub, claim));
}

/** Says whether the device signed this question to this Hub. */
export function verifyLeaseClaim(
  hub: PublicKey,
  claim: LeaseClaim,
  proof: Uint8Array,
  device: PublicKey,
  crypto: CryptoPort,
): Promise<boolean> {
  return crypto.verify(device, claimBytes(hub, claim), proof);
}

/** Returns the Hub's signature of its word. */
export function signLeaseWord(word: LeaseWord, signer: Signer): Promise<Uint8Array> {
  return signer.sign(wordBytes(word));
}

/** Says whether the Hub said this. */
export function verifyLeaseWord(
  word: LeaseWord,
  signature: Uint8Array,
  hub: PublicKey,
  crypto: CryptoPort,
): Promise<boolean> {
  return crypto.verify(hub, wordBytes(word), signature);
}

function claimBytes(hub: PublicKey, { device, challenge, nonce, box }: LeaseClaim): Uint8Array {
  return concatBytes([ASK, hub, encodeAny([device, challenge, nonce, box])]);
}

function wordBytes({ device, nonce, atMs, key }: LeaseWord): Uint8Array {
  return concatBytes([WORD, encodeAny([device, nonce, atMs, key])]);
}

function lettersOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
