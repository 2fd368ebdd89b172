/** What the Hub signs for readers: packs and extracts carry no device's signature of their own. Both halves build the same bytes here. */
import { encodeAny } from '../base/any.ts';
import { concatBytes } from '../base/bytes.ts';
import type { CryptoPort, PublicKey, Signer } from '../base/world.ts';

/** A derived read-only view of a document: the signed fields of an `x` item. */
export interface ExtractClaim {
  readonly document: string;
  /** Which view: a name of `derive/extract`. */
  readonly extract: string;
  /** Hub time in ms of the document's last change. */
  readonly atMs: number;
  /** JSON text of the view. */
  readonly json: string;
}

const PACK = domain('chungtay/pack/1\n');
const EXTRACT = domain('chungtay/extract/1\n');

/** Returns the Hub's signature of a pack, over its deflated bytes. */
export function signPack(bytes: Uint8Array, signer: Signer): Promise<Uint8Array> {
  return signer.sign(concatBytes([PACK, bytes]));
}

/** Says whether the Hub signed this pack. */
export function verifyPack(
  bytes: Uint8Array,
  signature: Uint8Array,
  hub: PublicKey,
  crypto: CryptoPort,
): Promise<boolean> {
  return crypto.verify(hub, concatBytes([PACK, bytes]), signature);
}

/** Returns the Hub's signature of an extract. */
export function signExtract(claim: ExtractClaim, signer: Signer): Promise<Uint8Array> {
  return signer.sign(extractBytes(claim));
}

/** Says whether the Hub signed this extract. */
export function verifyExtract(
  claim: ExtractClaim,
  signature: Uint8Array,
  hub: PublicKey,
  crypto: CryptoPort,
): Promise<boolean> {
  return crypto.verify(hub, extractBytes(claim), signature);
}

function extractBytes({ document, extract, atMs, json }: ExtractClaim): Uint8Array {
  return concatBytes([EXTRACT, encodeAny([document, extract, atMs, json])]);
}

function domain(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
