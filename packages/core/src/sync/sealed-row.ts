/**
 * Envelopes that their writer may not read back, kept for the day on which the Hub comes back from an older backup: sealed to the Hub's
 * key, so that the tablet itself cannot open them. Rule KEP-7.
 */
import { decodeAny, encodeAny, type Wire } from '../base/any.ts';
import { concatBytes } from '../base/bytes.ts';
import type { DocumentId, Ulid } from '../model/ids.ts';
import type { PushRow } from './client-session-push.ts';
import type { OutboxRow } from './outbox.ts';

/** A sealed envelope, with what of it must be known without opening it. */
export interface SealedRow extends PushRow {
  readonly document: DocumentId;
  /** Hash of the envelope, and of the one before it in the chain. */
  readonly hash: Uint8Array;
  readonly prev: Uint8Array;
  readonly writtenAtMs: number;
  /** When the Hub had it, by the Hub's clock; UNANSWERED before. */
  readonly receivedAtMs: number;
}

/** Stands for `receivedAtMs` while the Hub has not answered: such a row waits in the outbox. */
export const UNANSWERED = Number.MAX_SAFE_INTEGER;

/** Seals bytes to the Hub's public key: afterwards only the Hub can open them. */
export type SealToHub = (bytes: Uint8Array) => Promise<Uint8Array>;

/** A sealed envelope is kept this long. */
export const SEALED_KEPT_MS = 90 * 86_400_000;

/** First byte of a sealed envelope in a push; an envelope begins with that of a list. */
const SEALED = 2;
const N_BYTES = 6;
const HEAD_BYTES = 1 + N_BYTES;
const VERSION = 1;

/** Returns the row of an answered envelope, sealed. */
export async function sealRow(row: OutboxRow, receivedAtMs: number, seal: SealToHub): Promise<SealedRow> {
  const { n, document, group, hash, signed } = row;
  const { prev, atMs } = signed.envelope;
  const bytes = concatBytes([headOf(n), await seal(signed.bytes)]);
  return { n, document, group, hash, prev, writtenAtMs: atMs, receivedAtMs, bytes };
}

/** Returns which envelope lies sealed in an item of a push, and its box; null when it is not a sealed one. */
export function parseSealed(item: Uint8Array): { readonly n: number; readonly box: Uint8Array } | null {
  if (item[0] !== SEALED || item.length <= HEAD_BYTES) return null;
  const n = item.subarray(1, HEAD_BYTES).reduce((sum, byte) => sum * 256 + byte, 0);
  return { n, box: item.subarray(HEAD_BYTES) };
}

/** Returns the bytes of a row, for the device's store. */
export function encodeSealedRow({
  n,
  document,
  group,
  hash,
  prev,
  writtenAtMs,
  receivedAtMs,
  bytes,
}: SealedRow): Uint8Array {
  return encodeAny([VERSION, n, document, group, hash, prev, writtenAtMs, receivedAtMs, bytes]);
}

/** Returns the row in `bytes`, or null when they hold none. */
export function decodeSealedRow(bytes: Uint8Array): SealedRow | null {
  const decoded = decodeAny(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value.length !== 9 || decoded.value[0] !== VERSION)
    return null;
  const [, n, document, group, hash, prev, writtenAtMs, receivedAtMs, box] = decoded.value as readonly Wire[];
  if (typeof n !== 'number' || typeof document !== 'string' || !(box instanceof Uint8Array)) return null;
  if (!(hash instanceof Uint8Array) || !(prev instanceof Uint8Array)) return null;
  if (typeof writtenAtMs !== 'number' || typeof receivedAtMs !== 'number') return null;
  const of = { document: document as DocumentId, group: typeof group === 'string' ? (group as Ulid) : null };
  return { n, ...of, hash, prev, writtenAtMs, receivedAtMs, bytes: box };
}

function headOf(n: number): Uint8Array {
  const head = Uint8Array.of(SEALED, 0, 0, 0, 0, 0, 0);
  let rest = n;
  for (let i = N_BYTES; i > 0; i -= 1) {
    head[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return head;
}
