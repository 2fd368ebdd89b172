/** The audit chain: every entry's hash covers the one before it, so nothing can be changed, removed, inserted or reordered unseen (AUD-1). */
import { encodeAny } from '../base/any.ts';
import { concatBytes } from '../base/bytes.ts';
import type { CryptoPort } from '../base/world.ts';
import type { FeedEntry } from './ports.ts';

/** An entry before it has its place in the chain. */
export type EntryDraft = Omit<FeedEntry, 'hash' | 'seq'>;

/** The `hash` before the first entry. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

/** Returns the draft as the next entry after (`seq`, `hash`). */
export function chainEntry(
  draft: EntryDraft,
  after: { readonly seq: number; readonly hash: Uint8Array },
  crypto: CryptoPort,
): FeedEntry {
  const entry = { ...draft, seq: after.seq + 1 };
  return { ...entry, hash: entryHash(entry, after.hash, crypto) };
}

/** Returns SHA-256 over the previous hash and the entry's canonical bytes. The body is in by its hash: erased later, the chain still holds. */
export function entryHash(entry: Omit<FeedEntry, 'hash'>, previous: Uint8Array, crypto: CryptoPort): Uint8Array {
  const { seq, atMs, type, document, member, device, n, body } = entry;
  const canonical = encodeAny(['chungtay/entry/1', seq, atMs, type, document, member, device, n, crypto.sha256(body)]);
  return crypto.sha256(concatBytes([previous, canonical]));
}
