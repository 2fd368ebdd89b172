/** The proof in a hello: the device signs who it talks to, the Hub's nonce and what it claims, so that neither can be replayed elsewhere. */
import { encodeAny } from '../base/any.ts';
import { concatBytes } from '../base/bytes.ts';
import type { CryptoPort, PublicKey, Signer } from '../base/world.ts';

/** From the Hub's challenge. */
export interface Challenge {
  /** The Hub's Ed25519 key. */
  readonly hub: PublicKey;
  readonly nonce: Uint8Array;
}

/** What a device says about itself: the signed fields of the hello. */
export interface HelloClaim {
  readonly protocol: number;
  readonly device: string;
  readonly cursor: Uint8Array;
  readonly lastN: number;
}

const DOMAIN = Uint8Array.from('chungtay/hello/1\n', (letter) => letter.charCodeAt(0));

/** Returns the device's proof for this challenge: 64 bytes. */
export function signHello(challenge: Challenge, claim: HelloClaim, signer: Signer): Promise<Uint8Array> {
  return signer.sign(helloBytes(challenge, claim));
}

/** Says whether `proof` is the signature of `publicKey` over this challenge and claim. */
export function verifyHello(
  challenge: Challenge,
  claim: HelloClaim,
  proof: Uint8Array,
  publicKey: PublicKey,
  crypto: CryptoPort,
): Promise<boolean> {
  return crypto.verify(publicKey, helloBytes(challenge, claim), proof);
}

function helloBytes({ hub, nonce }: Challenge, { protocol, device, cursor, lastN }: HelloClaim): Uint8Array {
  return concatBytes([DOMAIN, hub, nonce, encodeAny([protocol, device, cursor, lastN])]);
}
