import { type Wire, decodeAny, encodeAny } from '../base/any.ts';
import { concatBytes } from '../base/bytes.ts';
import { type Result, err, ok } from '../base/result.ts';
import type { CryptoPort, PublicKey, Signer } from '../base/world.ts';
import {
  type DeviceId,
  type DocumentId,
  type MemberNumber,
  parseDeviceId,
  parseDocumentId,
  parseUlid,
  type Ulid,
} from '../model/ids.ts';

/** The unit of truth: one transaction of one person on one device, signed, chained, stored and resent as it is. */
export interface Envelope {
  readonly member: MemberNumber;
  readonly device: DeviceId;
  /** The Yjs client id the update writes under, leased by the Hub to this device. */
  readonly client: number;
  /** 1, 2, 3 … per device, without gaps. */
  readonly n: number;
  /** SHA-256 of the device's previous signed envelope; 32 zero bytes for the first. */
  readonly prev: Uint8Array;
  readonly document: DocumentId;
  /** Device time in ms; recorded, never believed. */
  readonly atMs: number;
  /** The cursor the device had applied when it wrote this; empty before the first feed. */
  readonly seen: Uint8Array;
  /** Envelopes admitted or refused together, all `count` of them in one push. */
  readonly group: { readonly id: Ulid; readonly count: number } | null;
  /** Yjs V1 update of exactly this transaction. */
  readonly update: Uint8Array;
}

/** An envelope with the exact bytes that were signed. Both halves keep and resend `bytes`, never re-encode. */
export interface SignedEnvelope {
  readonly envelope: Envelope;
  /** Signed body followed by the 64-byte signature. */
  readonly bytes: Uint8Array;
}

/** Bound of one envelope on the wire. */
export const MAX_ENVELOPE_BYTES = 64 * 1024;
/** Bound of a group: an intake with its case, a household with its children. */
export const MAX_GROUP = 64;

const VERSION = 1;
const SIGNATURE_BYTES = 64;
const HASH_BYTES = 32;
const MAX_SEEN_BYTES = 96;
const DOMAIN = Uint8Array.from('chungtay/envelope/1\n', (letter) => letter.charCodeAt(0));
// the signed bytes are kept as long as the envelope: its parts need no copies
const LIMITS = { maxDepth: 3, maxNodes: 32, maxBytes: MAX_ENVELOPE_BYTES, bytes: true, areViews: true };

/** The `prev` of a device's first envelope. */
export const NO_PREVIOUS: Uint8Array = new Uint8Array(HASH_BYTES);

/** Returns the envelope signed by its device. */
export async function signEnvelope(envelope: Envelope, signer: Signer): Promise<SignedEnvelope> {
  const body = encodeAny([
    VERSION,
    envelope.member,
    envelope.device,
    envelope.client,
    envelope.n,
    envelope.prev,
    envelope.document,
    envelope.atMs,
    envelope.seen,
    envelope.group ? [envelope.group.id, envelope.group.count] : null,
    envelope.update,
  ]);
  const signature = await signer.sign(concatBytes([DOMAIN, body]));
  return { envelope, bytes: concatBytes([body, signature]) };
}

/** Returns the envelope in `bytes`, or why it is none. Checks form only: the signature is `verifyEnvelope`'s. */
export function parseEnvelope(bytes: Uint8Array): Result<SignedEnvelope, 'malformed' | 'too-large'> {
  if (bytes.length > MAX_ENVELOPE_BYTES) return err('too-large');
  if (bytes.length <= SIGNATURE_BYTES) return err('malformed');
  const body = decodeAny(bytes.subarray(0, bytes.length - SIGNATURE_BYTES), LIMITS);
  if (!body.ok || !Array.isArray(body.value) || body.value.length !== 11 || body.value[0] !== VERSION)
    return err('malformed');
  const envelope = envelopeOf(body.value);
  return envelope ? ok({ envelope, bytes }) : err('malformed');
}

/** Says whether `signed` carries the signature of the device key `publicKey`. */
export async function verifyEnvelope(
  signed: SignedEnvelope,
  publicKey: PublicKey,
  crypto: CryptoPort,
): Promise<boolean> {
  const split = signed.bytes.length - SIGNATURE_BYTES;
  return crypto.verify(publicKey, concatBytes([DOMAIN, signed.bytes.subarray(0, split)]), signed.bytes.subarray(split));
}

/** Returns the hash that the device's next envelope names as `prev`. */
export function envelopeHash(signed: SignedEnvelope, crypto: CryptoPort): Uint8Array {
  return crypto.sha256(signed.bytes);
}

export { minutesOf, msOfMinutes } from '../model/minutes.ts';

function envelopeOf(parts: readonly Wire[]): Envelope | null {
  const [, member, device, client, n, prev, document, atMs, seen, group, update] = parts;
  if (!isCount(member) || !isCount(client) || client > 0xffff_ffff || !isCount(n) || n < 1 || !isCount(atMs))
    return null;
  if (typeof device !== 'string' || typeof document !== 'string' || !parseDocumentId(document)) return null;
  const deviceId = parseDeviceId(device);
  const groupOf = parseGroup(group);
  if (!deviceId || groupOf === undefined) return null;
  if (!(prev instanceof Uint8Array) || prev.length !== HASH_BYTES) return null;
  if (!(seen instanceof Uint8Array) || seen.length > MAX_SEEN_BYTES) return null;
  if (!(update instanceof Uint8Array)) return null;
  return {
    member: member as MemberNumber,
    device: deviceId,
    client,
    n,
    prev,
    document: document as DocumentId,
    atMs,
    seen,
    group: groupOf,
    update,
  };
}

function parseGroup(group: Wire | undefined): Envelope['group'] | undefined {
  if (group === null) return null;
  if (!Array.isArray(group) || group.length !== 2) return undefined;
  const [text, count] = group;
  const id = typeof text === 'string' ? parseUlid(text) : null;
  if (!id || !isCount(count) || count < 1 || count > MAX_GROUP) return undefined;
  return { id, count };
}

function isCount(value: Wire | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
