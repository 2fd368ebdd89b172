/**
 * The Hub's order to a device that was dismissed: erase what you hold of this person. Given to that device alone, for one nonce of its own, and
 * for the very last envelope that it ever wrote, so that nothing unanswered is erased. Rules ERA-1, ERA-2.
 */
import { encodeAny } from '../base/any.ts';
import { concatBytes } from '../base/bytes.ts';
import type { CryptoPort, PublicKey, Signer } from '../base/world.ts';

/** What a device asks with. */
export interface EraseClaim {
  readonly device: string;
  /** The Hub's: that the question is of now. */
  readonly challenge: Uint8Array;
  /** The device's: that the answer is. 16 bytes. */
  readonly nonce: Uint8Array;
  /** The last envelope that the device wrote, and its hash: nothing waits there. */
  readonly lastN: number;
  readonly lastHash: Uint8Array;
}

/** What the Hub orders. */
export interface EraseOrder extends Omit<EraseClaim, 'challenge'> {
  /** The Hub's time, in ms. */
  readonly atMs: number;
}

/** An order with the signatures of the Hub, and of the device that has obeyed it. */
export interface EraseReceipt extends EraseOrder {
  readonly ordered: Uint8Array;
  readonly obeyed: Uint8Array;
}

const ASK = lettersOf('chungtay/erase-ask/1\n');
const ORDER = lettersOf('chungtay/erase/1\n');
const RECEIPT = lettersOf('chungtay/erased/1\n');

/** Returns the device's proof: 64 bytes. */
export function signEraseClaim(hub: PublicKey, claim: EraseClaim, signer: Signer): Promise<Uint8Array> {
  return signer.sign(claimBytes(hub, claim));
}

/** Says whether the device signed this question to this Hub. */
export function verifyEraseClaim(
  hub: PublicKey,
  claim: EraseClaim,
  proof: Uint8Array,
  device: PublicKey,
  crypto: CryptoPort,
): Promise<boolean> {
  return crypto.verify(device, claimBytes(hub, claim), proof);
}

/** Returns the Hub's signature of its order. */
export function signEraseOrder(order: EraseOrder, signer: Signer): Promise<Uint8Array> {
  return signer.sign(orderBytes(ORDER, order));
}

/** Says whether the Hub ordered this. */
export function verifyEraseOrder(
  order: EraseOrder,
  signature: Uint8Array,
  hub: PublicKey,
  crypto: CryptoPort,
): Promise<boolean> {
  return crypto.verify(hub, orderBytes(ORDER, order), signature);
}

/** Returns the device's word that it has obeyed, signed while it still has its key. */
export function signErased(order: EraseOrder, signer: Signer): Promise<Uint8Array> {
  return signer.sign(orderBytes(RECEIPT, order));
}

/** Says whether this Hub ordered it, and this device says that it has obeyed. */
export async function verifyErased(
  receipt: EraseReceipt,
  keys: { readonly hub: PublicKey; readonly device: PublicKey },
  crypto: CryptoPort,
): Promise<boolean> {
  const { ordered, obeyed } = receipt;
  const isOrdered = await verifyEraseOrder(receipt, ordered, keys.hub, crypto);
  return isOrdered && crypto.verify(keys.device, orderBytes(RECEIPT, receipt), obeyed);
}

function claimBytes(hub: PublicKey, { device, challenge, nonce, lastN, lastHash }: EraseClaim): Uint8Array {
  return concatBytes([ASK, hub, encodeAny([device, challenge, nonce, lastN, lastHash])]);
}

function orderBytes(purpose: Uint8Array, { device, nonce, lastN, lastHash, atMs }: EraseOrder): Uint8Array {
  return concatBytes([purpose, encodeAny([device, nonce, lastN, lastHash, atMs])]);
}

function lettersOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
