import { decodeAny, encodeAny } from '@chungtay/core/base/any';
import type { Wire } from '@chungtay/core/base/any';
import { assert } from '@chungtay/core/base/assert';
import type { FeedBatch, OutageKind } from '@chungtay/core/sync/ports';

/** What the writing thread is started with. */
export interface WriterSetup {
  readonly path: string;
  /** What rows are sealed with, the newest first. */
  readonly bodyKeys: readonly Uint8Array[];
}

/** One change of the public directory: an update to append, or a snapshot that replaces the updates up to `uptoId`. */
export type DirectoryChange =
  | { readonly type: 'update'; readonly atMs: number; readonly member: number; readonly bytes: Uint8Array }
  | { readonly type: 'snapshot'; readonly uptoId: number; readonly bytes: Uint8Array };

/** What one commit writes. */
export type WriterWork =
  | { readonly to: 'feed'; readonly batch: FeedBatch }
  | { readonly to: 'directory'; readonly change: DirectoryChange };

/** To the writing thread. `packed` is transferred, not copied. */
export type WriterRequest =
  | { readonly verb: 'write'; readonly id: number; readonly packed: Uint8Array }
  /** Seal everything under this key, new work at once; answered when nothing lies under another one. */
  | { readonly verb: 'renew'; readonly id: number; readonly bodyKey: Uint8Array }
  | { readonly verb: 'close' };

/** From the writing thread: these requests ended alike. Id 0 is the start itself. */
export interface WriterReply {
  readonly ids: readonly number[];
  readonly outage: OutageKind | null;
  readonly fault: string | null;
}

const UNBOUNDED = {
  maxDepth: 8,
  maxNodes: Number.MAX_SAFE_INTEGER,
  maxBytes: Number.MAX_SAFE_INTEGER,
  bytes: true,
  // written to the disk and forgotten: no copies in between
  areViews: true,
};

/**
 * Returns the work as one array of bytes. A structured clone would copy the whole buffer behind each small view, and walk every
 * object twice.
 */
export function packWork(work: WriterWork): Uint8Array<ArrayBuffer> {
  return encodeAny(work as unknown as Wire);
}

/** Returns the work that `packWork` packed. */
export function unpackWork(packed: Uint8Array): WriterWork {
  const work = decodeAny(packed, UNBOUNDED);
  assert(work.ok, 'the writer reads what the Hub packed');
  return work.value as unknown as WriterWork;
}
