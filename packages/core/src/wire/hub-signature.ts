/** What the Hub signs for readers: packs and extracts carry no device's signature of their own. Both halves build the same bytes here. */
import { encodeAny } from '../base/any.ts';
import { concatBytes } from '../base/bytes.ts';
import type { CryptoPort, PublicKey, Signer } from '../base/world.ts';
import type { HistoryPart } from './frames.ts';

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

/** What is signed of a part of a document's past: of which document, and after which part. */
export interface HistoryClaim {
  readonly document: string;
  /** The `next` that was asked with: nobody can put parts in another order, or leave one out. */
  readonly after: Uint8Array;
  readonly part: HistoryPart;
}

const PACK = domain('chungtay/pack/1\n');
const EXTRACT = domain('chungtay/extract/1\n');
const HISTORY = domain('chungtay/history/1\n');

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

/** Returns the Hub's signature of a part of a document's past. */
export function signHistory(claim: HistoryClaim, signer: Signer): Promise<Uint8Array> {
  return signer.sign(historyBytes(claim));
}

/** Says whether the Hub signed this part. */
export function verifyHistory(
  claim: HistoryClaim,
  signature: Uint8Array,
  hub: PublicKey,
  crypto: CryptoPort,
): Promise<boolean> {
  return crypto.verify(hub, historyBytes(claim), signature);
}

function historyBytes({ document, after, part: { base, entries, next } }: HistoryClaim): Uint8Array {
  return concatBytes([HISTORY, encodeAny([document, after, base, entries, next])]);
}

function extractBytes({ document, extract, atMs, json }: ExtractClaim): Uint8Array {
  return concatBytes([EXTRACT, encodeAny([document, extract, atMs, json])]);
}

function domain(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
