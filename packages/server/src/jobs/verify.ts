import type { CryptoPort } from '@chungtay/core/base/world';
import { Outage } from '@chungtay/core/sync/ports';
import { verifyStore } from '@chungtay/core/sync/verify';
import type { Damage, NotedHeads, VerifiedStore } from '@chungtay/core/sync/verify';

/**
 * Something that is not as it must be; `unreadable` = the disk does not give back what was written, `heads` = the file of noted heads
 * holds lines that this Hub did not write.
 */
export type FeedDamage = Damage | { readonly is: 'unreadable' } | { readonly is: 'heads' };

/** What a verification went through, and what it found. */
export interface FeedVerification {
  readonly entries: number;
  readonly documents: number;
  /** Hash of the last entry, hexadecimal: what to keep outside. */
  readonly head: string;
  readonly damages: readonly FeedDamage[];
}

/**
 * Walks the whole Feed (P18, P19, P20): see `verifyStore`. Safe beside a working Hub: documents that were written in meanwhile are left
 * out, and damage on the disk is a finding, not a failure. Rule CLI-3.
 */
export async function verifyFeed(
  store: VerifiedStore,
  crypto: CryptoPort,
  noted?: NotedHeads,
): Promise<FeedVerification> {
  const image = await store.load();
  const head = Buffer.from(image.headHash).toString('hex');
  try {
    const { entries, documents, damages } = await verifyStore(store, crypto, noted);
    if (damages.length === 0) return { entries, documents, head, damages };
    const then = new Map(image.documents.map(({ document, lastSeq }) => [document, lastSeq]));
    const now = await store.load();
    const moved = new Set(
      now.documents.filter(({ document, lastSeq }) => then.get(document) !== lastSeq).map(({ document }) => document),
    );
    const standing = damages.filter((damage) => damage.is !== 'state' || !moved.has(damage.document));
    return { entries, documents, head, damages: standing };
  } catch (error) {
    if (!(error instanceof Outage)) throw error;
    return { entries: image.headSeq, documents: image.documents.length, head, damages: [{ is: 'unreadable' }] };
  }
}
